"""Secrets that people read from paper and type: made of characters that are not taken for one another."""

import secrets
import unicodedata
from hashlib import sha256
from typing import Final

ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 and o, no 1, i and l: five bits less a little each


def made(length: int, group: int) -> str:
    """So many random characters, in groups."""
    plain = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(plain[at : at + group] for at in range(0, length, group))


def digest(typed: str) -> str:
    """Of the letters and digits alone, however they were typed: in capitals, full width, without the lines."""
    plain = unicodedata.normalize("NFKC", typed).lower()
    return sha256("".join(each for each in plain if each.isalnum()).encode()).hexdigest()
