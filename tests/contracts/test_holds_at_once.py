"""What is kept and booked at the same moments never overlaps, and what is over keeps nobody, on both databases."""

import asyncio
from datetime import datetime, timedelta
from random import Random

import pytest

from telemed.errors import Conflict
from telemed.kit.table import new_id
from telemed.people.rules import Span
from telemed.scheduling import holds
from telemed.scheduling.model import Booking, BookingKind, BookingState, Occupancy
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.scheduling.kit import at, book

pytestmark = pytest.mark.databases_differ

PEOPLE = ["expert", "expert2", "neurologist", "doctor"]


async def keep(world: World, who: list[str], start: float, end: float, now: datetime = NOW) -> Booking | None:
    try:
        async with world.db.write() as db:
            return await holds.keep(
                db,
                held_for=new_id(),
                kind=BookingKind.consultation,
                people=[world.ids[each] for each in who],
                venues=[],
                start=at(start),
                end=at(end),
                by=world.actor("coordinator"),
                now=now,
            )
    except Conflict:
        return None


async def take(world: World, who: list[str], start: float, end: float, now: datetime = NOW) -> Booking | None:
    try:
        return await book(world, who, start, end, now=now)
    except Conflict:
        return None


async def standing(world: World) -> list[Occupancy]:
    return [each for each in await rows(world.db, Occupancy) if each.active]


def apart(taken: list[Occupancy]) -> bool:
    return not any(
        one.id < other.id
        and one.resource_id == other.resource_id
        and Span(one.starts_at, one.ends_at).overlaps(Span(other.starts_at, other.ends_at))
        for one in taken
        for other in taken
    )


async def test_of_many_who_keep_and_book_the_same_time_at_once_one_wins(world: World) -> None:
    both = [keep if n % 2 else take for n in range(24)]
    results = await asyncio.gather(*(each(world, ["expert", "doctor"], 2, 3) for each in both))
    (winner,) = [each for each in results if each is not None]
    taken = await standing(world)
    assert ({each.booking_id for each in taken}, len(taken)) == ({winner.id}, 2)


async def test_times_that_overlap_in_part_are_never_both_given(world: World) -> None:
    random = Random(86)
    attempts = []
    for n in range(40):
        start = random.randrange(8, 40) / 4
        attempts.append((keep if n % 2 else take)(world, random.sample(PEOPLE, 2), start, start + 0.75))
    results = await asyncio.gather(*attempts)
    given = [each for each in results if each is not None]
    taken = await standing(world)
    assert len(given) >= 2
    assert (len(taken), apart(taken)) == (2 * len(given), True)


async def test_each_answer_is_that_of_brute_force_while_time_passes_and_emergencies_come(world: World) -> None:
    random = Random(2026)
    now, kept = NOW, list[tuple[str, float, float, datetime | None]]()

    def free(who: list[str], start: float, end: float) -> bool:
        return not any(
            name in who and start < until and begins < end and (over is None or over > now)
            for name, begins, until, over in kept
        )

    for n in range(80):
        who, start = random.sample(PEOPLE, 2), random.randrange(8, 48) / 4
        end = start + random.choice((0.5, 0.75, 1))
        if n % 7 == 6:
            now += timedelta(minutes=4)
        if n % 11 == 10:
            async with world.db.write() as db:
                people = [world.ids[each] for each in who]
                await holds.give_way(db, people, Span(at(start), at(end)), None, now)
            gone = {each.id for each in await rows(world.db, Booking) if each.state is BookingState.cancelled}
            assert gone.isdisjoint({each.booking_id for each in await standing(world)})
            hit = {
                (over, begins, until)
                for name, begins, until, over in kept
                if over is not None and name in who and start < until and begins < end
            }
            kept = [each for each in kept if (each[3], each[1], each[2]) not in hit]
            continue
        expected = free(who, start, end)
        holding = n % 2 == 0
        made = await (keep if holding else take)(world, who, start, end, now)
        assert (made is not None) is expected, n
        if made is not None:
            kept += [(each, start, end, now + holds.LASTS if holding else None) for each in who]
        assert apart(await standing(world))
