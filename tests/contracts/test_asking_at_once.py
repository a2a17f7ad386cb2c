"""Times that are not booked are asked for by several servers while coordinators see to them: each once, while so."""

import asyncio

import pytest

from telemed.scheduling.series_asking import BOOK, UNBOOKED, keep_all
from telemed.work.model import Deadline, WorkItem
from tests.contracts.overlaps import overlaps
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.scheduling.series_kit import Json, planned, put_one

pytestmark = pytest.mark.databases_differ

ATS = ("14:00", "14:10", "14:20")
SECOND = "2026-03-24"  # of the Tuesdays, one that is not near yet when they are planned


async def open_ones(world: World) -> list[WorkItem]:
    return [each for each in await rows(world.db, WorkItem) if each.kind == BOOK and each.done_at is None]


async def blocked(call: Call, world: World) -> list[Json]:
    body = {"kind": "clinic", "title": "", "starts_at": f"{SECOND}T05:30:00Z", "ends_at": f"{SECOND}T08:00:00Z"}
    assert (await call("expert", "POST", "/calendar/busy", json=body))[0] == 201
    theirs = {"resources": [str(world.ids["expert"])], "minutes": 10}
    return [await planned(call, world, at=at, **theirs) for at in ATS]


async def test_several_servers_ask_once_for_each_series(call: Call, world: World, clock: FakeClock) -> None:
    made = await blocked(call, world)
    assert await open_ones(world) == []
    clock.move(days=10)
    assert await asyncio.gather(*(keep_all(world.db, clock.now) for _ in range(3))) == [{}, {}, {}]
    assert sorted(str(each.about_id) for each in await open_ones(world)) == sorted(each["id"] for each in made)


async def test_what_is_left_out_meanwhile_is_asked_for_no_more(call: Call, world: World, clock: FakeClock) -> None:
    made = await blocked(call, world)
    clock.move(days=10)
    left_out = (put_one(call, each, SECOND, change="left_out") for each in made)
    failed, *answers = await asyncio.gather(keep_all(world.db, clock.now), *left_out)
    assert failed == {}
    assert [status for status, _ in answers] == [200, 200, 200], answers
    assert await open_ones(world) == []
    assert [each for each in await rows(world.db, Deadline) if each.ladder == UNBOOKED and each.done_at is None] == []
    assert await overlaps(world.db) == 0
