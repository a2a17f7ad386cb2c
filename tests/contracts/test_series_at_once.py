"""A series of times is changed, taken from and carried on at the same moments: nothing overlaps, nothing fails."""

import asyncio
from collections import Counter

import pytest
from sqlmodel import col, select

from telemed.scheduling.model import LIVE, Booking
from telemed.scheduling.series_making import make_all
from tests.contracts.overlaps import overlaps
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.scheduling.series_kit import PATH, agenda, live, planned, put, series_of

pytestmark = pytest.mark.databases_differ

TURNS = 5


async def test_two_change_it_one_takes_one_back_and_the_clock_carries_it_on(
    call: Call, world: World, clock: FakeClock
) -> None:
    made = await planned(call, world)
    for n in range(TURNS):
        clock.move(days=7)
        first = (await agenda(call, "doctor"))[n % 2]
        new = series_of(world, at=f"{15 - n:02}:00")
        answers = await asyncio.gather(
            put(call, made, new),
            put(call, made, new | {"minutes": 45}),
            call("doctor", "DELETE", f"/calendar/busy/{first['id']}", match=first["version"]),
            call("coordinator", "POST", PATH, json=series_of(world, at=f"{15 - n:02}:30", kind="teaching")),
        )
        failed = await make_all(world.db, clock.now)
        assert failed == {}
        statuses = [status for status, _ in answers]
        assert sorted(statuses[:2]) == [200, 412], answers  # whoever came second is told
        assert statuses[2] in (204, 412), answers
        assert statuses[3] == 201, answers
        made = next(body for status, body in answers[:2] if status == 200)
        assert await overlaps(world.db) == 0
    days = Counter((each.series_id, each.on) for each in await live(world))
    assert set(days.values()) == {1}


async def test_its_next_times_are_booked_once_by_two_servers(call: Call, world: World, clock: FakeClock) -> None:
    await planned(call, world)
    clock.move(days=21)
    assert await asyncio.gather(*(make_all(world.db, clock.now) for _ in range(3))) == [{}, {}, {}]
    async with world.db.read() as db:
        query = select(col(Booking.on)).where(LIVE, col(Booking.series_id).is_not(None))
        found = (await db.exec(query)).all()
    assert len(found) == len(set(found)) == 11
