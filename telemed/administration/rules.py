"""Pure rules of administration: which roles need a second person, what a telephone number is, when 备案 is ending."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from telemed.access.model import CLINICAL, Role
from telemed.errors import Invalid

WARNED_BEFORE: Final = timedelta(days=60)
MOBILE_DIGITS: Final = 11
FEWEST_DIGITS, MOST_DIGITS = 7, 20
_TELEPHONE: Final = re.compile(r"[0-9+() 转-]*")


def to_confirm(before: Collection[Role], after: Collection[Role]) -> frozenset[Role]:
    """The added roles that wait for a second person: whoever administers accounts must not reach patients alone.

    A clinical role for an administrator; for somebody with clinical roles, that of an administrator.
    """
    had, has = frozenset(before), frozenset(after)
    if Role.administrator not in has or not has & CLINICAL:
        return frozenset()
    added = has - had
    becomes = Role.administrator in added and had & CLINICAL
    return frozenset({Role.administrator}) if becomes else added & CLINICAL


def telephone(written: str) -> str:
    """The number as it is kept, in ordinary digits. Raises Invalid with the number of digits that it has."""
    plain = " ".join(unicodedata.normalize("NFKC", written).split())
    digits = [each for each in plain if each.isdigit()]
    is_mobile = plain.replace(" ", "").startswith("1") and "-" not in plain
    wrong = not _TELEPHONE.fullmatch(plain) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS
    if plain and (wrong or (is_mobile and len(digits) != MOBILE_DIGITS)):
        raise Invalid(
            f"A mobile number has {MOBILE_DIGITS} digits; this one has {len(digits)}.",
            reason="telephone",
            fields=["phone"],
            digits=len(digits),
        )
    return plain


def is_ending(valid_until: date, today: date) -> bool:
    """Whether somebody should see to it: it has ended, or ends within 60 days."""
    return valid_until < today + WARNED_BEFORE
