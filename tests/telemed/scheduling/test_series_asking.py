"""A time of a series that could not be booked is asked of its coordinators, until it is seen to by whatever way."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.scheduling.model import BookingSeries
from telemed.scheduling.series_asking import BOOK, UNBOOKED, keep_all
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Deadline, Notice, WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.scheduling.series_kit import PATH, Json, live, planned, put, put_one, series, series_of

FIRST = "2026-03-03"


async def asked(call: Call, who: str = "coordinator") -> list[dict[str, Any]]:
    items = (await call(who, "GET", "/home"))[1]["work"]["items"]
    return [each for each in items if each["kind"] == BOOK]


async def busy(call: Call, day: str, who: str = "expert") -> Json:
    """Something of theirs that day, half an hour into the teleclinic."""
    starts, ends = f"{day}T05:30:00Z", f"{day}T06:30:00Z"
    body = {"kind": "clinic", "title": "特需门诊", "starts_at": starts, "ends_at": ends}
    status, out = await call(who, "POST", "/calendar/busy", json=body)
    assert status == 201, out
    return out["items"][0]  # type: ignore[no-any-return]


async def blocked(call: Call, world: World, day: str = "2026-03-10", **more: Any) -> Json:
    await busy(call, day)
    return await planned(call, world, **more)


async def version(call: Call, made: Json) -> Json:
    return next(each for each in await series(call) if each["id"] == made["id"])


async def test_the_coordinators_are_asked_with_what_is_in_the_way(call: Call, world: World, clock: FakeClock) -> None:
    made = await blocked(call, world)
    (item,) = await asked(call)
    assert (item["about_id"], item["role"], item["activity"]) == (made["id"], "coordinator", None)
    assert item["due_at"] == "2026-03-03T06:00:00Z"  # a week before it
    note = item["note"]
    assert (note["kind"], note["title"], note["on"]) == ("teleclinic", "心内科远程门诊", "2026-03-10")
    assert (note["starts"], note["others"], note["more"]) == ("2026-03-10T06:00:00+00:00", 0, 0)
    assert (note["clash"]["name"], note["clash"]["kind"], note["clash"]["title"]) == ("expert", "clinic", "")
    assert await keep_all(world.db, clock()) == {}
    assert len(await rows(world.db, WorkItem)) == 1  # a second look asks nothing again


@pytest.mark.parametrize("who", ["expert", "doctor", "reviewer", "jiashan_doctor", "wuxi_admin", "admin"])
async def test_nobody_else_is_asked_nor_another_hospital(call: Call, world: World, who: str) -> None:
    await blocked(call, world)
    assert await asked(call, who) == []


async def test_the_notice_leads_to_the_series_until_it_is_seen_to(call: Call, world: World, clock: FakeClock) -> None:
    made = await blocked(call, world)

    async def about() -> list[str | None]:
        found = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
        return [each["about_id"] for each in found if each["ladder"] == UNBOOKED]

    clock.move(days=2)
    assert await take_due(world.db, clock(), on_duty) == {}
    assert await about() == [made["id"]]
    assert (await put_one(call, (await series(call))[0], "2026-03-10", change="left_out"))[0] == 200
    assert await about() == [None]


async def test_one_that_is_far_is_asked_for_two_weeks_before_it(call: Call, world: World, clock: FakeClock) -> None:
    await blocked(call, world, "2026-03-24")
    assert await keep_all(world.db, clock()) == {}
    assert await asked(call) == []
    clock.now = NOW.replace(month=3, day=10, hour=6)
    assert await keep_all(world.db, clock()) == {}
    (item,) = await asked(call)
    assert (item["note"]["on"], item["due_at"]) == ("2026-03-24", "2026-03-17T06:00:00Z")


async def test_one_that_is_nearer_than_a_week_is_due_a_day_later_and_stays_so(
    call: Call, world: World, clock: FakeClock
) -> None:
    await blocked(call, world, FIRST)
    (item,) = await asked(call)
    assert item["due_at"] == "2026-03-03T01:00:00Z"
    clock.move(hours=3)
    assert await keep_all(world.db, clock()) == {}
    assert [(each["id"], each["due_at"]) for each in await asked(call)] == [(item["id"], item["due_at"])]


async def test_of_a_series_the_next_one_is_asked_for_and_the_others_are_counted(call: Call, world: World) -> None:
    await busy(call, "2026-03-10")
    await blocked(call, world, FIRST)
    (item,) = await asked(call)
    assert (item["note"]["on"], item["note"]["others"]) == (FIRST, 1)
    (before,) = [each for each in await rows(world.db, WorkItem) if each.done_at is None]
    status, _ = await put_one(call, (await series(call))[0], FIRST, change="left_out")
    assert status == 200
    (item,) = await asked(call)
    assert (item["note"]["on"], item["note"]["others"], item["due_at"]) == ("2026-03-10", 0, "2026-03-03T06:00:00Z")
    (done,) = [each for each in await rows(world.db, WorkItem) if each.id == before.id]
    assert (done.done_by, done.outcome) == (world.ids["coordinator"], "done")


async def test_it_ends_once_the_time_is_left_out(call: Call, world: World) -> None:
    made = await blocked(call, world)
    assert (await put_one(call, made, "2026-03-10", change="left_out", reason="停诊一次"))[0] == 200
    assert await asked(call) == []
    assert [each.done_at for each in await rows(world.db, Deadline) if each.ladder == UNBOOKED] == [NOW]


async def test_it_ends_once_it_has_another_time(call: Call, world: World) -> None:
    made = await blocked(call, world)
    status, out = await put_one(call, made, "2026-03-10", change="moved", starts_at="2026-03-10T07:00:00Z")
    assert status == 200, out
    assert await asked(call) == []
    assert len(await live(world)) == 8


async def test_it_is_still_asked_for_where_the_new_time_is_taken_too(call: Call, world: World) -> None:
    made = await blocked(call, world)
    status, out = await put_one(call, made, "2026-03-10", change="moved", starts_at="2026-03-10T05:00:00Z")
    assert (status, out["reason"]) == (409, "clash")
    assert len(await asked(call)) == 1


async def test_it_ends_once_what_was_in_the_way_is_gone_and_it_is_booked(
    call: Call, world: World, clock: FakeClock
) -> None:
    entry = await busy(call, "2026-03-10")
    await planned(call, world)
    assert (await call("expert", "DELETE", f"/calendar/busy/{entry['id']}", match=entry["version"]))[0] == 204
    assert await keep_all(world.db, clock()) == {}
    assert await asked(call) == []
    assert len(await live(world)) == 8


async def test_it_ends_once_the_time_is_over_or_the_series(call: Call, world: World, clock: FakeClock) -> None:
    made = await blocked(call, world, FIRST)
    clock.now = NOW.replace(day=3, hour=6, minute=0)
    assert await keep_all(world.db, clock()) == {}
    assert await asked(call) == []
    await busy(call, "2026-03-11")
    made = await version(call, made)
    wednesdays = series_of(world, rrule="FREQ=WEEKLY;BYDAY=WE")
    status, changed = await put(call, made, wednesdays)
    assert status == 200, changed
    (item,) = await asked(call)
    assert item["note"]["on"] == "2026-03-11"
    end = {"last": "2026-03-10", "reason": "项目结束"}
    status, out = await call("coordinator", "POST", f"{PATH}/{made['id']}/end", json=end, match=changed["version"])
    assert status == 200, out
    assert await asked(call) == []


async def test_a_split_series_asks_for_its_later_times_itself(call: Call, world: World) -> None:
    made = await blocked(call, world)
    status, later = await put(call, made, series_of(world, since="2026-03-09"))
    assert status == 200, later
    (item,) = await asked(call)
    assert item["about_id"] == later["id"] != made["id"]
    status, _ = await put(call, later, series_of(world, at="16:00"))
    assert status == 200
    assert await asked(call) == []


async def test_a_limit_is_said_and_ends_it_once_it_is_passed_over(call: Call, world: World, clock: FakeClock) -> None:
    made = await planned(call, world, kind="clinic", title="")
    hours = {"week": [], "tele": ["", "", "14:00-16:00", "", "", "", ""], "buffer_minutes": 0}
    path = f"/calendar/availability/{world.ids['expert']}"
    assert (await call("expert", "PUT", path, json=hours, match=0))[0] == 200
    status, made = await put_one(call, made, FIRST, change="left_out")
    assert status == 200
    brought_back = {"change": "moved", "starts_at": "2026-03-04T06:00:00Z"}  # a Wednesday, which is for telemedicine
    assert (await put_one(call, made, FIRST, **brought_back))[1]["reason"] == "limits"
    status, made = await put_one(call, made, FIRST, **brought_back, override="临时加诊")
    assert status == 200, made
    assert await asked(call) == []


async def test_a_time_outside_hours_names_the_limit(call: Call, world: World, clock: FakeClock) -> None:
    await planned(call, world, kind="clinic", title="")
    hours = {"week": [], "tele": ["", "14:00-16:00", "", "", "", "", ""], "buffer_minutes": 0}
    path = f"/calendar/availability/{world.ids['expert']}"
    assert (await call("expert", "PUT", path, json=hours, match=0))[0] == 200
    clock.move(days=50)  # those of the next eight weeks are made while it is so
    assert await keep_all(world.db, clock()) == {}
    (item,) = await asked(call)
    assert (item["note"]["limit"]["limit"], item["note"]["limit"]["name"]) == ("tele", "expert")
    made = (await series(call))[0]
    status, out = await put_one(call, made, item["note"]["on"], change="moved", override="门诊量大")
    assert status == 200, out
    assert [each["note"]["on"] for each in await asked(call)] != [item["note"]["on"]]


async def test_of_who_has_left_it_says_their_name(call: Call, world: World, clock: FakeClock) -> None:
    made = await blocked(call, world)
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).disabled_at = NOW
    assert await keep_all(world.db, clock()) == {}
    (item,) = await asked(call)
    assert item["note"]["left"]["name"] == "doctor"
    assert "clash" not in item["note"]
    alone = series_of(world, at="16:00", resources=[str(world.ids["expert"])])
    assert (await put(call, made, alone))[0] == 200
    assert await asked(call) == []


async def test_where_there_is_no_coordinator_the_medical_office_is_asked(
    call: Call, world: World, clock: FakeClock
) -> None:
    await busy(call, "2026-03-10", "doctor")
    theirs = series_of(world, resources=[str(world.ids["doctor"])])
    status, out = await call("reviewer", "POST", PATH, json=theirs)
    assert status == 201, out
    assert len(await asked(call, "reviewer")) == 1
    assert await asked(call) == []


async def test_a_rule_that_cannot_be_read_keeps_nobody_from_being_asked(
    call: Call, world: World, clock: FakeClock
) -> None:
    await busy(call, "2026-03-10")
    made, other = await planned(call, world), await planned(call, world, at="14:15")
    assert {each["about_id"] for each in await asked(call)} == {made["id"], other["id"]}
    async with world.db.write() as db:
        (await db.get_one(BookingSeries, UUID(other["id"]))).rrule = "FREQ=DAILY"
    await keep_all(world.db, clock())
    assert {each["about_id"] for each in await asked(call)} == {made["id"]}


async def test_it_climbs_and_is_told_again_until_it_is_seen_to(call: Call, world: World, clock: FakeClock) -> None:
    await blocked(call, world)

    async def told() -> list[Notice]:
        assert await take_due(world.db, clock(), on_duty) == {}
        return [each for each in await rows(world.db, Notice) if each.ladder == UNBOOKED]

    assert await told() == []
    clock.now = NOW.replace(day=3, hour=6, minute=0)
    assert [each.staff_id for each in await told()] == [world.ids["coordinator"]]
    clock.move(hours=24)
    assert [each.staff_id for each in await told()] == [world.ids["coordinator"]] * 2
    assert (await put_one(call, (await series(call))[0], "2026-03-10", change="left_out"))[0] == 200
    clock.move(hours=48)
    assert len(await told()) == 2
