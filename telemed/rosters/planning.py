"""What a plan of a roster must hold, and why nobody can stand where nobody stands. Pure: no clock, no database.

A slot is one shift of one day, with a seat for each of its places (顺位). A duty is somebody's time in it: kept as it
is, or chosen (solving.py). What is kept is the keeper's own decision: rules bind only what is chosen beside it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from telemed.people.rules import Span

ANYBODY: Final = -1  # the rank of those whose title has none, and of a place for which any will do
DAY: Final = timedelta(days=1)


class Slot(NamedTuple):
    """`day`: on which it begins; `holiday`: which is no working day, be it a weekend's or a public holiday."""

    day: date
    night: bool
    holiday: bool
    span: Span


class Seat(NamedTuple):
    slot: Slot
    place: int


class Duty(NamedTuple):
    """`counts`: it begins in the planned days; the others are there because of the rest after or before them."""

    person: UUID
    span: Span
    day: date
    night: bool
    holiday: bool
    place: int
    counts: bool = True


class Counts(NamedTuple):
    shifts: int = 0
    nights: int = 0
    holidays: int = 0


NOTHING: Final = Counts()


class WhyNot(StrEnum):
    """Why somebody cannot be in a seat; of several the first."""

    kind = "kind"  # they have only days, or only nights
    rank = "rank"
    leave = "leave"
    cannot = "cannot"  # the keeper says so
    elsewhere = "elsewhere"  # on duty by another roster then, or without rest in between
    taken = "taken"  # on duty at that time, in another place
    rest = "rest"
    nights = "nights"  # too many in a row
    most = "most"  # shifts in the plan
    none = "none"  # nothing: there was no time to look further


@dataclass(frozen=True)
class Person:
    """`before`: what they had in the months before. Of `off` and `on` they wish to be free, or on duty."""

    id: UUID
    rank: int = ANYBODY
    days: bool = True
    nights: bool = True
    leave: tuple[Span, ...] = ()
    elsewhere: tuple[Span, ...] = ()
    cannot: frozenset[date] = frozenset()
    off: frozenset[date] = frozenset()
    on: frozenset[date] = frozenset()
    before: Counts = NOTHING


@dataclass(frozen=True)
class Limits:
    """`rest`: between two shifts of one person; `nights`: in a row; `most`: shifts in the plan; `ranks`: of each place
    the lowest that will do.
    """

    rest: timedelta
    nights: int
    most: int | None
    ranks: tuple[int, ...]


@dataclass(frozen=True)
class Question:
    """Whom to choose for the seats of these slots, which are in order, where nobody is kept."""

    slots: tuple[Slot, ...]
    people: tuple[Person, ...]
    kept: tuple[Duty, ...]
    limits: Limits

    @cached_property
    def seats(self) -> list[Seat]:
        """Those to fill: a place in which somebody is kept for a part of the time is left to the keeper."""
        places = range(1, len(self.limits.ranks) + 1)
        return [
            Seat(slot, place)
            for slot in self.slots
            for place in places
            if not any(each.place == place and each.span.overlaps(slot.span) for each in self.kept)
        ]

    def kept_of(self, person: UUID) -> list[Duty]:
        return [each for each in self.kept if each.person == person]


class Gap(NamedTuple):
    """A seat that stays empty, and for each reason those who cannot have it because of it."""

    seat: Seat
    why: dict[WhyNot, list[UUID]]


def duty(seat: Seat, person: UUID) -> Duty:
    slot = seat.slot
    return Duty(person, slot.span, slot.day, slot.night, slot.holiday, seat.place)


def too_near(one: Span, other: Span, rest: timedelta) -> bool:
    return one.start < other.end + rest and other.start < one.end + rest


def why_not(person: Person, seat: Seat, duties: Collection[Duty], limits: Limits) -> WhyNot | None:
    """Why this person, who has these duties, cannot have this seat as well."""
    slot, rank = seat.slot, limits.ranks[seat.place - 1] if seat.place <= len(limits.ranks) else ANYBODY
    reasons = {
        WhyNot.kind: not (person.nights if slot.night else person.days),
        WhyNot.rank: person.rank < rank,
        WhyNot.leave: any(each.overlaps(slot.span) for each in person.leave),
        WhyNot.cannot: slot.day in person.cannot,
        WhyNot.elsewhere: any(too_near(each, slot.span, limits.rest) for each in person.elsewhere),
        WhyNot.taken: any(each.span.overlaps(slot.span) for each in duties),
        WhyNot.rest: any(too_near(each.span, slot.span, limits.rest) for each in duties),
        WhyNot.nights: slot.night and _run({each.day for each in duties if each.night}, slot.day) > limits.nights,
        WhyNot.most: limits.most is not None and sum(each.counts for each in duties) >= limits.most,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _run(days: Collection[date], day: date) -> int:
    """How many days in a row these are around `day`, with it."""
    first = last = day
    while first - DAY in days:
        first -= DAY
    while last + DAY in days:
        last += DAY
    return (last - first).days + 1


def gaps(question: Question, chosen: Sequence[Duty]) -> list[Gap]:
    filled = {(each.span, each.place) for each in chosen}
    by_person = of_each([*question.kept, *chosen])
    found = []
    for seat in question.seats:
        if (seat.slot.span, seat.place) in filled:
            continue
        why: dict[WhyNot, list[UUID]] = defaultdict(list)
        for each in question.people:
            why[why_not(each, seat, by_person[each.id], question.limits) or WhyNot.none].append(each.id)
        found.append(Gap(seat, {reason: why[reason] for reason in WhyNot if reason in why}))
    return found


def broken(question: Question) -> list[tuple[Duty, WhyNot]]:
    """What the keeper keeps though a rule forbids it: of two that are too near, the later."""
    people = {each.id: each for each in question.people}
    slots = {each.span: each for each in question.slots}
    before: dict[UUID, list[Duty]] = defaultdict(list)
    found = []
    for each in sorted(question.kept, key=lambda duty: (duty.span, duty.place)):
        slot = slots.get(each.span, Slot(each.day, each.night, each.holiday, each.span))
        person = people.get(each.person)
        if each.counts and person is not None:
            why = why_not(person, Seat(slot, each.place), before[each.person], question.limits)
            found += [(each, why)] if why is not None else []
        before[each.person].append(each)
    return found


def of_each(duties: Iterable[Duty]) -> dict[UUID, list[Duty]]:
    found: dict[UUID, list[Duty]] = defaultdict(list)
    for each in duties:
        found[each.person].append(each)
    return found


def counts(duties: Iterable[Duty]) -> Counts:
    those = [each for each in duties if each.counts]
    return Counts(len(those), sum(each.night for each in those), sum(each.holiday for each in those))


def free_days(question: Question, person: Person) -> int:
    """On how many of the planned days this person is there at all; those away for half a month do half as much."""
    there = {
        slot.day
        for slot in question.slots
        if slot.day not in person.cannot and not any(each.overlaps(slot.span) for each in person.leave)
    }
    return max(1, len(there))


def wishes(person: Person, duties: Collection[Duty]) -> tuple[int, int]:
    """How many were said for the planned days, and how many of them are met."""
    days = {each.day for each in duties if each.counts}
    return len(person.off) + len(person.on), len(person.off - days) + len(person.on & days)
