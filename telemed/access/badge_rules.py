"""What a badge and a PIN must be like. Pure."""

import unicodedata
from collections.abc import Iterable
from typing import Final

from telemed.errors import Invalid

SHORTEST, LONGEST = 4, 64  # letters and digits of a badge
PIN_DIGITS: Final = 6
UP, DOWN = "0123456789" * 2, "9876543210" * 2


def plain(typed: str) -> str:
    """Its letters and digits, however they were typed or read: in full width, in small letters, with marks between."""
    return "".join(each for each in unicodedata.normalize("NFKC", typed).upper() if each.isascii() and each.isalnum())


def check(badge: str, pin: str, own: Iterable[str]) -> str:
    """Returns the PIN as it is kept. Raises Invalid: `badge_unreadable`, `pin_digits` or `pin_simple`.

    `own`: numbers that others know of the person; a PIN that is part of one is no secret.
    """
    number, digits = plain(badge), plain(pin)
    if not SHORTEST <= len(number) <= LONGEST:
        raise Invalid("This is no badge's number.", reason="badge_unreadable")
    if len(digits) != PIN_DIGITS or not digits.isdigit():
        raise Invalid("A PIN has six digits.", reason="pin_digits")
    known = [number, *(plain(each) for each in own)]
    if _repeats(digits) or digits in UP or digits in DOWN or any(digits in each for each in known):
        raise Invalid("This PIN is guessed too easily.", reason="pin_simple")
    return digits


def _repeats(digits: str) -> bool:
    """111111, 121212, 123123."""
    return any(digits == digits[:part] * (PIN_DIGITS // part) for part in (1, 2, 3))
