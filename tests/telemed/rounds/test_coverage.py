"""Rounds on days that no agreement of the two hospitals covers: none is made, and the hub's coordinators are asked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.people.model import Agreement
from telemed.rounds.ladders import COVER, COVERING
from telemed.rounds.model import RoundSession
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Deadline, Notice, WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import covered_until, planned, series_of, sessions, sweep


async def asked(world: World) -> list[WorkItem]:
    return [each for each in await rows(world.db, WorkItem) if each.kind == COVER and each.done_at is None]


async def at_home(call: Call) -> list[Any]:
    status, out = await call("coordinator", "GET", "/home")
    assert status == 200, out
    return [each for each in out["work"]["items"] if each["kind"] == COVER]


async def test_coordinators_are_asked_once_until_an_agreement_covers_the_days(
    call: Call, world: World, clock: FakeClock
) -> None:
    await covered_until(world, date(2026, 3, 12))
    series = await planned(call, world)
    (item,) = await asked(world)
    assert (item.about_id, item.role, item.hospital_id) == (UUID(series["id"]), "coordinator", "ruijin")
    assert item.note == {
        "ward": "5 病区",
        "ward_en": "Ward 5",
        "hospital": "wuxi",
        "starts": "2026-03-17T00:30:00+00:00",
        "made": 0,
    }
    # A week before the first that is missing, as of everything that is in a round's way.
    assert item.due_at == datetime(2026, 3, 10, 0, 30, tzinfo=UTC)
    assert [each["note"]["ward"] for each in await at_home(call)] == ["5 病区"]
    await sweep(world, clock)
    assert len(await asked(world)) == 1
    await covered_until(world, date(2030, 1, 1))
    await sweep(world, clock)
    assert await asked(world) == []
    assert len(await sessions(call)) > 2
    assert [each.done_at for each in await rows(world.db, Deadline) if each.ladder == COVERING] == [clock()]


async def test_they_are_told_when_it_is_due(call: Call, world: World, clock: FakeClock) -> None:
    await covered_until(world, date(2026, 3, 12))
    await planned(call, world)
    (item,) = await asked(world)
    assert item.due_at
    clock.now = item.due_at + timedelta(minutes=1)
    assert await take_due(world.db, clock(), on_duty) == {}
    told = [each for each in await rows(world.db, Notice) if each.ladder == COVERING]
    assert {each.staff_id for each in told} == {world.ids["coordinator"]}


async def test_a_series_that_ends_before_asks_nobody(call: Call, world: World, clock: FakeClock) -> None:
    await covered_until(world, date(2026, 3, 12))
    made = await planned(call, world)
    path = f"/rounds/series/{made['id']}/end"
    status, out = await call(
        "coordinator", "POST", path, json={"last": "2026-03-11", "reason": ""}, match=made["version"]
    )
    assert status == 200, out
    assert await asked(world) == []


async def test_of_a_series_that_is_split_the_one_that_goes_on_asks(call: Call, world: World) -> None:
    await covered_until(world, date(2026, 3, 12))
    made = await planned(call, world)
    new = series_of(world, at="10:00") | {"since": "2026-03-10"}
    path = f"/rounds/series/{made['id']}"
    status, out = await call("coordinator", "PUT", path, json=new, match=made["version"])
    assert status == 200, out
    assert [str(each.about_id) for each in await asked(world)] == [out["id"]]


async def test_rounds_that_stand_when_an_agreement_is_cut_short_are_counted(
    call: Call, world: World, clock: FakeClock
) -> None:
    await planned(call, world)
    assert await asked(world) == []
    assert len(await rows(world.db, RoundSession)) == 8
    await covered_until(world, date(2026, 3, 12))
    clock.now = NOW + timedelta(days=1)
    await sweep(world, clock)
    (item,) = await asked(world)
    assert item.note["made"] == 6


async def test_the_preview_knows_an_agreement_that_follows(call: Call, world: World) -> None:
    await covered_until(world, date(2026, 3, 12))
    async with world.db.write() as db:
        (old,) = (await db.exec(select(Agreement).where(Agreement.branch_id == "wuxi"))).all()
        again = old.model_dump(exclude={"id"}) | {
            "valid_from": date(2026, 3, 13),
            "valid_until": date(2027, 3, 12),
        }
        db.add(Agreement(**again))
    _, out = await call("coordinator", "POST", "/rounds/series/preview", json=series_of(world))
    assert not any(each["not_covered"] for each in out["items"])
