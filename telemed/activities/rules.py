"""Which of somebody's next activities stand at the top of their home page."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

MOST = 3  # others are in the agenda
ABOUT_TO_BEGIN = timedelta(minutes=30)


class Coming(Protocol):
    """What the rule needs to know of an activity; `NextOut` and the kinds' own candidates have it."""

    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def waiting_for_me(self) -> bool: ...


C = TypeVar("C", bound=Coming)


def first_and_rivals(coming: Iterable[C], now: datetime) -> list[C]:
    """The activities to show. First one in which somebody waits, then the next to come, then one past its end.

    Besides the first, those that it would hide: at the same time, about to begin, with somebody waiting, or past
    their end.
    """

    def is_over(each: C) -> bool:
        return each.ends_at is not None and each.ends_at < now and not each.waiting_for_me

    in_turn = sorted(coming, key=lambda each: (not each.waiting_for_me, is_over(each), each.starts_at or now))
    if not in_turn:
        return []
    first, *rest = in_turn
    ends = max(first.ends_at or now, now + ABOUT_TO_BEGIN)
    rivals = [each for each in rest if each.waiting_for_me or is_over(each) or (each.starts_at or now) < ends]
    return [first, *rivals][:MOST]
