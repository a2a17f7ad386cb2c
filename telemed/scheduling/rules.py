"""Finds the earliest times at which everybody and one venue are free."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from telemed.people.rules import Span

GRID = timedelta(minutes=15)
HORIZON = timedelta(days=60)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Hours(Protocol):
    def hold(self, span: Span) -> bool:
        """Whether all of it lies in them."""


class Slot(NamedTuple):
    span: Span
    venue: UUID | None
    in_hours: bool


def on_grid(moment: datetime) -> datetime:
    """The first step of the grid at or after `moment`."""
    return moment + (EPOCH - moment) % GRID


def free_slots(
    wishes: Iterable[Span],
    *,
    people: Sequence[Span],
    venues: Mapping[UUID, Sequence[Span]],
    hours: Iterable[Hours],
    duration: timedelta,
    now: datetime,
    limit: int = 3,
    any_hour: bool = False,
    venue_needed: bool = True,
) -> list[Slot]:
    """The earliest free times within the wishes, none overlapping; those outside working hours come last.

    `people`: times at which any of them is busy. `venues`: their busy times, the preferred venue first.
    `any_hour`: treat times outside working hours like the others (urgent).
    """
    working = list(hours)
    spare: list[Slot] = []
    found: list[Slot] = []
    for span in _candidates(wishes, duration, now):
        if len(found) == limit:
            break
        if any(span.overlaps(taken.span) for taken in found) or any(span.overlaps(busy) for busy in people):
            continue
        venue = next((id for id, busy in venues.items() if not any(span.overlaps(each) for each in busy)), None)
        if venue is None and venue_needed:
            continue
        in_hours = all(each.hold(span) for each in working)
        if in_hours or any_hour:
            found.append(Slot(span, venue, in_hours))
        elif len(spare) < limit and not any(span.overlaps(taken.span) for taken in spare):
            spare.append(Slot(span, venue, in_hours))
    fitting = [each for each in spare if not any(each.span.overlaps(taken.span) for taken in found)]
    return found + fitting[: limit - len(found)]


def _candidates(wishes: Iterable[Span], duration: timedelta, now: datetime) -> Iterator[Span]:
    starts: set[datetime] = set()
    for wish in wishes:
        start, end = on_grid(max(wish.start, now)), min(wish.end, now + HORIZON)
        while start + duration <= end:
            starts.add(start)
            start += GRID
    for start in sorted(starts):
        yield Span(start, start + duration)
