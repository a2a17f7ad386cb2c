"""Which of the coming activities stand on top of the home page."""

from collections.abc import Iterable
from datetime import datetime

from telemed.activities.schemas import NextOut


def first_and_rivals(coming: Iterable[NextOut], now: datetime) -> list[NextOut]:
    """The one that begins first, and each that would hide behind it: at the same time, or with somebody waiting."""
    in_turn = sorted(coming, key=lambda each: each.starts_at or now)
    if not in_turn:
        return []
    ends = in_turn[0].ends_at or now
    rivals = [each for each in in_turn[1:] if each.waiting_for_me or (each.starts_at or now) < ends]
    return [in_turn[0], *rivals]
