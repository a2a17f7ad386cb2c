"""In which order somebody's activities of today stand at the top of their home page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar


class Coming(Protocol):
    """What the rule needs to know of an activity; `NextOut` and the kinds' own candidates have it."""

    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def waiting_for_me(self) -> bool: ...


C = TypeVar("C", bound=Coming)


def first_and_today(coming: Iterable[C], now: datetime, tonight: datetime) -> list[C]:
    """First what has no booked time, because it is live; then one in which somebody waits, the next to come, and one
    past its end. The first is shown whenever it is; of the others those that begin before `tonight`, all of them.
    """

    def is_over(each: C) -> bool:
        return each.ends_at is not None and each.ends_at < now and not each.waiting_for_me

    def press(each: C) -> tuple[bool, bool, bool, datetime]:
        return each.starts_at is not None, not each.waiting_for_me, is_over(each), each.starts_at or now

    in_turn = sorted(coming, key=press)
    return in_turn[:1] + [each for each in in_turn[1:] if (each.starts_at or now) < tonight]
