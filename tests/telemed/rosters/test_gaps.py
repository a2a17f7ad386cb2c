"""A gap of the next seven days is asked of whoever keeps the roster, until it is filled."""

from datetime import timedelta
from typing import Any

from telemed.access.model import Account
from telemed.administration.roster_gaps import GAP, GAPS, review_all
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rosters.rosters import HOUR, kept, put, shift

DAY = timedelta(days=1)


async def asked(call: Call, who: str) -> list[dict[str, Any]]:
    items = (await call(who, "GET", "/home"))[1]["work"]["items"]
    return [each for each in items if each["kind"] == GAP]


async def test_the_coordinators_are_asked_to_fill_a_gap_of_the_experts_until_somebody_has(
    world: World, call: Call, clock: FakeClock
) -> None:
    covered = shift(world.ids["expert"], NOW - HOUR, NOW + 2 * DAY)
    plan = await kept(call, [covered], "coordinator")
    assert await review_all(world.db, clock()) == {}
    (item,) = await asked(call, "coordinator")
    assert item["about_id"] == plan["roster"]["id"]
    assert item["due_at"] == "2026-03-04T01:00:00Z"
    assert (item["note"]["kind"], item["note"]["name"]) == ("specialty", "cardiology")
    assert await asked(call, "admin") == []
    assert await review_all(world.db, clock()) == {}
    assert len(await asked(call, "coordinator")) == 1  # a second look asks nothing again
    clock.move(days=1)
    assert await take_due(world.db, clock(), on_duty) == {}
    told = [each for each in await rows(world.db, Notice) if each.ladder == GAPS]
    assert {each.staff_id for each in told} == {world.ids["coordinator"]}
    filled = shift(world.ids["expert2"], NOW + 2 * DAY, NOW + 8 * DAY)
    status, _ = await put(call, plan["roster"], [covered, filled], "coordinator")
    assert status == 200
    assert await review_all(world.db, clock() - DAY) == {}
    assert await asked(call, "coordinator") == []


async def test_a_gap_that_has_begun_stays_asked_for_as_the_same(world: World, call: Call, clock: FakeClock) -> None:
    await kept(call, [shift(world.ids["expert"], NOW - HOUR, NOW + HOUR)], "coordinator")
    await review_all(world.db, clock())
    (before,) = await asked(call, "coordinator")
    clock.move(minutes=90)
    await review_all(world.db, clock())
    (after,) = await asked(call, "coordinator")
    assert after["note"]["starts"] == before["note"]["starts"]


async def test_of_a_department_its_dispatcher_is_asked_and_at_a_branch_the_administrator(
    world: World, call: Call, clock: FakeClock
) -> None:
    department = str(world.departments["ruijin", "cardiology"])
    await kept(call, [shift(world.ids["expert"])], "dispatcher", kind="department", subject=department)
    await kept(call, [shift(world.ids["duty"])], "wuxi_admin", kind="role", subject="duty_officer")
    await review_all(world.db, clock())
    assert len(await asked(call, "dispatcher")) == 1
    assert len(await asked(call, "wuxi_admin")) == 1
    assert await asked(call, "coordinator") == []


async def test_a_roster_without_any_shift_asks_for_nothing(world: World, call: Call, clock: FakeClock) -> None:
    await kept(call, [], "coordinator")
    await review_all(world.db, clock())
    assert await asked(call, "coordinator") == []


async def test_a_closed_roster_asks_no_more(world: World, call: Call, clock: FakeClock) -> None:
    plan = await kept(call, [shift(world.ids["expert"])], "coordinator")
    await review_all(world.db, clock())
    address = f"/admin/rosters/{plan['roster']['id']}/close"
    assert (await call("coordinator", "POST", address, match=plan["version"]))[0] == 204
    await review_all(world.db, clock())
    assert await asked(call, "coordinator") == []


async def test_a_shift_of_who_can_no_longer_be_called_is_a_gap(world: World, call: Call, clock: FakeClock) -> None:
    covered = shift(world.ids["expert"], NOW - HOUR, NOW + 6 * DAY)
    beside = shift(world.ids["expert2"], NOW - HOUR, NOW + 2 * DAY, place=2)
    plan = await kept(call, [covered, beside], "coordinator")
    path, week = f"/admin/rosters/{plan['roster']['id']}", {"first": "2026-03-02", "days": 3}
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).disabled_at = NOW
    assert await review_all(world.db, clock()) == {}
    (item,) = await asked(call, "coordinator")
    assert item["due_at"] == "2026-03-04T01:00:00Z"
    (gap,) = (await call("coordinator", "GET", path, params=week))[1]["gaps"]
    assert gap == {"start": "2026-03-04T01:00:00Z", "end": "2026-03-05T00:00:00Z"}
    clock.move(days=7)  # whoever was called then covered what is over
    assert (await call("coordinator", "GET", path, params=week))[1]["gaps"] == []
