"""A month's roster planned: 60 people with leave and wishes, 28 days, three shifts a day.

Half of the months are asked of people who may have one shift each, so that seats stay empty: then it is proven that no
more can be filled.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter, process_time
from uuid import UUID

from telemed.people.rules import Span
from telemed.rosters import planning, solving
from telemed.rosters.planning import ANYBODY, Counts, Limits, Person, Question, Slot
from tests.bench.workshop import Measured, Workshop, p95

PEOPLE, DAYS, SHIFTS = 60, 28, 3
FIRST = date(2026, 12, 1)
HOUR = timedelta(hours=1)
LONG = 24 * HOUR / SHIFTS
LIMITS = Limits(rest=16 * HOUR, nights=1, most=None, ranks=(ANYBODY,))
PATIENCE = 60.0  # seconds


def month(seed: int) -> Question:
    rng, days = random.Random(seed), [FIRST + timedelta(days=n) for n in range(DAYS)]
    slots = [
        Slot(day, n == SHIFTS - 1, day.weekday() >= 5, Span(_at(day) + n * LONG, _at(day) + (n + 1) * LONG))
        for day in days
        for n in range(SHIFTS)
    ]
    return Question(tuple(slots), tuple(_person(rng, n, days) for n in range(PEOPLE)), (), LIMITS)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(8), UTC)


def _person(rng: random.Random, n: int, days: list[date]) -> Person:
    """One in ten has no nights; two in five are away for most of a week; each wishes for four days."""
    away, first = rng.choice([0, 0, 0, 5, 7]), _at(rng.choice(days))
    wished = rng.sample(days, 4)
    return Person(
        UUID(int=n),
        nights=rng.random() < 0.9,
        leave=(Span(first, first + timedelta(days=away)),) if away else (),
        off=frozenset(wished[:3]),
        on=frozenset(wished[3:]),
        before=Counts(rng.randint(3, 6), rng.randint(0, 2), rng.randint(0, 2)),
    )


def roster_60x28x3(shop: Workshop) -> Measured:
    """The p95 until the plan is proven to be the best there is."""
    tries = shop.often(20)
    times, busy, empty = list[float](), list[float](), 0
    for n in range(tries):
        asked = month(n)
        if n % 2:
            asked = replace(asked, limits=replace(LIMITS, most=1))
        began, worked = perf_counter(), process_time()
        answer = solving.solve(asked, PATIENCE)
        times.append(perf_counter() - began)
        busy.append(process_time() - worked)
        assert answer.fewest, "it was not proven in a minute"
        assert answer.best, "it was not proven in a minute"
        left = len(planning.gaps(asked, answer.chosen))
        assert (left > 0) is bool(n % 2)
        empty += left > 0
    middle = sorted(times)[len(times) // 2]
    said = f"median {middle:.2f} s, p95 of the processor {p95(busy):.2f} s; {empty} of {tries} cannot be filled"
    return Measured(p95(times), tries, said)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"roster_60x28x3": roster_60x28x3}
