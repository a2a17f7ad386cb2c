"""How numbers and sign-in names are spelled as they are kept, however they were typed."""

import unicodedata


def number(written: str) -> str:
    """Full-width characters become ordinary ones, spaces go: `Ｗ０００７` is `W0007`."""
    return "".join(unicodedata.normalize("NFKC", written).split())


def sign_in_name(written: str) -> str:
    """As a number, in lower case: nobody remembers how a name was capitalised, and two must not differ by it alone."""
    return number(written).lower()
