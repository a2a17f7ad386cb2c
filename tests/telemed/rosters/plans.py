"""Small plans of a roster for tests: days with a shift by day and one by night, or one all day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from telemed.people.rules import Span
from telemed.rosters.planning import ANYBODY, Duty, Limits, Person, Question, Seat, Slot, duty

FIRST = date(2026, 12, 5)  # a Saturday
HOUR = timedelta(hours=1)
LIMITS = Limits(rest=10 * HOUR, nights=1, most=None, ranks=(ANYBODY,))


def person(n: int, **more: object) -> Person:
    return Person(UUID(int=n), **more)  # type: ignore[arg-type]


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def on(n: int) -> date:
    return FIRST + timedelta(days=n)


def slot(n: int, night: bool) -> Slot:
    """The shift of the n-th day from 8 to 18, or of its night."""
    day = on(n)
    span = Span(at(day, 18), at(on(n + 1), 8)) if night else Span(at(day, 8), at(day, 18))
    return Slot(day, night, day.weekday() >= 5, span)


def whole(n: int) -> Slot:
    day = on(n)
    return Slot(day, True, day.weekday() >= 5, Span(at(day, 8), at(on(n + 1), 8)))


def kept(who: Person, where: Slot, place: int = 1) -> Duty:
    return duty(Seat(where, place), who.id)


def question(
    days: int, people: Iterable[Person], keeps: Iterable[Duty] = (), limits: Limits = LIMITS, two: bool = True
) -> Question:
    slots = [slot(n, night) for n in range(days) for night in (False, True)] if two else [whole(n) for n in range(days)]
    return Question(tuple(slots), tuple(people), tuple(keeps), limits)
