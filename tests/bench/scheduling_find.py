"""Finding a time for three people and one of ten rooms within four weeks, and what blocks where there is none.

Beside it the grid of quarter hours that the product's first proposals use, over the same bookings.
`BENCH_BOOKINGS=10000` makes the large one small, to try it.
"""

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID

from telemed.access.model import Actor, Role
from telemed.db import Database
from telemed.people.calendars import working_times
from telemed.people.rules import Span
from telemed.scheduling import queries
from telemed.scheduling.find_a_time import find_a_time
from telemed.scheduling.find_schemas import FindIn, FindLine, FindWindow
from telemed.scheduling.rules import free_slots
from telemed.serve import open_database
from tests.bench.many_bookings import NOW, PEOPLE, ROOMS, fill, hospital, person, room
from tests.bench.workshop import Measured, Workshop, p95
from tests.contracts.postgres import create_database, postgres

LARGE = int(os.environ.get("BENCH_BOOKINGS", "1_000_000"))
SMALL = 10_000
WEEKS = 4  # of the questions
QUIET, FULL = 500, 7_000  # bookings a day; of 7,000 everybody is busy for half of the working time
GRID = timedelta(minutes=15)
ASKER = Actor(person(0), UUID(int=1), "hub", "asker", frozenset({Role.coordinator}))


@dataclass
class Took:
    """Milliseconds; and what the grid made of the questions that have an answer."""

    found: list[float] = field(default_factory=list)
    blocked: list[float] = field(default_factory=list)
    grid: list[float] = field(default_factory=list)
    lost: int = 0
    later: int = 0

    def said(self) -> str:
        of = f"of {len(self.found)} answers {self.lost} lost, {self.later} later by 15 min"
        return f"grid of 15 min {p95(self.grid):.1f} ms, {of}"


def _took(shop: Workshop, postgresql: bool, count: int, a_day: int, tries: int) -> Took:
    if not postgresql:
        return asyncio.run(_measured(f"sqlite:///{shop.folder}/find_{count}_{a_day}.db", count, a_day, tries))
    with postgres() as socket:
        return asyncio.run(_of_postgresql(socket, count, a_day, tries))


async def _of_postgresql(socket: Path, count: int, a_day: int, tries: int) -> Took:
    return await _measured(await create_database(socket, "find"), count, a_day, tries)


async def _measured(url: str, count: int, a_day: int, tries: int) -> Took:
    async with open_database(url) as db:
        await hospital(db)
        await fill(db, count, a_day, max(1, min(WEEKS * 2, count // (a_day * 5))))
        rng, took = random.Random(1), Took()
        for n in range(tries + 10):
            await _one(db, _question(rng, (40, 50, 60)[n % 3]), took if n >= 10 else Took())
        return took


def _question(rng: random.Random, minutes: int) -> FindIn:
    who, first = rng.sample(range(PEOPLE), 3), rng.randrange(ROOMS - 10)
    lines = [FindLine(key=f"p{n}", people=[person(each)], stays=n == 0) for n, each in enumerate(who)]
    lines.append(FindLine(key="room", venues=[room(first + n) for n in range(10)], stays=True))
    window = FindWindow(starts_at=NOW, ends_at=NOW + timedelta(weeks=WEEKS))
    return FindIn(lines=lines, minutes=minutes, windows=[window])


async def _one(db: Database, asked: FindIn, took: Took) -> None:
    began = perf_counter()
    async with db.read() as session:
        out = await find_a_time(session, ASKER, asked, NOW)
    (took.found if out.found else took.blocked).append((perf_counter() - began) * 1000)
    assert out.found or out.relaxations
    if out.found:
        since = perf_counter()
        on_grid = await _on_grid(db, asked)
        took.grid.append((perf_counter() - since) * 1000)
        took.lost += on_grid is None
        took.later += on_grid is not None and on_grid.start - out.found[0].starts_at >= GRID


async def _on_grid(db: Database, asked: FindIn) -> Span | None:
    span = Span(asked.windows[0].starts_at, asked.windows[0].ends_at)
    people, venues = [id for line in asked.lines for id in line.people], asked.lines[-1].venues
    async with db.read() as session:
        busy = await queries.busy(session, [*people, *venues], span, NOW)
        hours = list((await working_times(session, {"hub"})).values())
    slots = free_slots(
        [span],
        people=[each for id in people for each in busy[id]],
        venues={id: busy[id] for id in venues},
        hours=hours,
        duration=timedelta(minutes=asked.minutes),
        now=NOW + timedelta(hours=1),
    )
    return next((each.span for each in slots if each.in_hours), None)


def find_sqlite(shop: Workshop) -> Measured:
    took = shop.once(_took, False, LARGE, FULL, tries := shop.often(200))
    return Measured(p95(took.found), tries, f"{LARGE:,} bookings; {took.said()}")


def find_postgres(shop: Workshop) -> Measured:
    took = shop.once(_took, True, LARGE, FULL, tries := shop.often(200))
    return Measured(p95(took.found), tries, f"{LARGE:,} bookings; {took.said()}")


def find_blocked(shop: Workshop) -> Measured:
    """The worse of both databases."""
    tries = shop.often(200)
    sqlite, postgresql = (p95(shop.once(_took, each, LARGE, FULL, tries).blocked) for each in (False, True))
    return Measured(max(sqlite, postgresql), tries, f"SQLite {sqlite:.1f} ms, PostgreSQL {postgresql:.1f} ms")


def find_growth(shop: Workshop) -> Measured:
    """At equal days, with a longer history: the worse of both databases."""
    tries = shop.often(200)
    ratios = []
    for postgresql in (False, True):
        small, large = (p95(shop.once(_took, postgresql, each, QUIET, tries).found) for each in (SMALL, LARGE))
        ratios.append(large / small)
    return Measured(max(ratios), tries, f"SQLite {ratios[0]:.2f}, PostgreSQL {ratios[1]:.2f}")


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "find_a_time_p95_sqlite": find_sqlite,
    "find_a_time_p95_postgres": find_postgres,
    "find_a_time_blocked_p95": find_blocked,
    "find_a_time_growth": find_growth,
}
