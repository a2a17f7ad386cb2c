"""Administrators keep working hours and holidays; a year that nobody has entered is asked for from November on."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import select

from telemed.administration import years
from telemed.audit.model import AuditEvent
from telemed.db import Database
from telemed.people.calendars import working_times
from telemed.people.duty import on_duty
from telemed.people.model import CalendarDay, Hospital
from telemed.people.rules import Hours
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import Call, World, rows

NOVEMBER = datetime(2026, 11, 1, 1, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2026, 12, 31, 16, tzinfo=UTC)  # midnight in Shanghai
NEW_YEAR: dict[str, Any] = {"date": "2027-01-01", "before": None, "kind": "off", "name": "元旦"}


@pytest.fixture(autouse=True)
async def nobody_has_entered_2027(db: Database) -> None:
    """Whatever years the library knows."""
    async with db.write() as session:
        for each in (await session.exec(select(CalendarDay))).all():
            if each.date.year > 2026:
                await session.delete(each)


async def enter(call: Call, who: str, *days: dict[str, Any], of_all: bool = False) -> tuple[int, Any]:
    return await call(who, "PUT", "/admin/calendar/days", json={"of_all": of_all, "days": list(days)})


async def works(world: World, hospital: str, day: date) -> bool:
    async with world.db.read() as db:
        return (await working_times(db, [hospital]))[hospital].works_on(day)


async def waits_for(call: Call, who: str) -> list[int]:
    items = (await call(who, "GET", "/home"))[1]["work"]["items"]
    return [each["note"]["year"] for each in items if each["kind"] == "holidays"]


async def test_the_hubs_administrator_enters_what_holds_for_all_and_a_branch_its_own(world: World, call: Call) -> None:
    day = date(2027, 1, 1)
    assert (await enter(call, "admin", NEW_YEAR, of_all=True))[0] == 204
    assert [await works(world, each, day) for each in ("ruijin", "wuxi")] == [False, False]
    assert (await enter(call, "wuxi_admin", NEW_YEAR | {"kind": "work"}))[0] == 204
    assert [await works(world, each, day) for each in ("ruijin", "wuxi")] == [False, True]
    status, problem = await enter(call, "wuxi_admin", NEW_YEAR, of_all=True)
    assert (status, problem["reason"]) == (403, "hub_administrator")
    assert (await enter(call, "coordinator", NEW_YEAR))[0] == 403


async def test_a_page_shows_a_year_as_its_hospital_has_it(call: Call) -> None:
    await enter(call, "admin", NEW_YEAR, of_all=True)
    await enter(call, "wuxi_admin", NEW_YEAR | {"date": "2027-03-01", "name": "院庆"})
    _, seen = await call("wuxi_admin", "GET", "/admin/calendar", params={"year": "2027"})
    assert [each["name"] for each in (*seen["of_all"], *seen["own"])] == ["元旦", "院庆"]
    assert (seen["this_year"], 2027 in seen["years"], seen["may_edit_all"]) == (2026, True, False)
    _, other = await call("jiashan_admin", "GET", "/admin/calendar", params={"year": "2027"})
    assert other["own"] == []


async def test_of_two_administrators_the_second_is_told_which_days(call: Call) -> None:
    await enter(call, "admin", NEW_YEAR, of_all=True)
    second = NEW_YEAR | {"date": "2027-01-02"}
    status, problem = await enter(call, "admin", NEW_YEAR, second, of_all=True)
    assert (status, problem["reason"], problem["dates"]) == (409, "days_changed", ["2027-01-01"])
    _, seen = await call("admin", "GET", "/admin/calendar", params={"year": "2027"})
    assert [each["date"] for each in seen["of_all"]] == ["2027-01-01"]
    gone = NEW_YEAR | {"before": "off", "kind": None}
    assert (await enter(call, "admin", gone, of_all=True))[0] == 204
    status, problem = await enter(call, "admin", second, second, of_all=True)
    assert (status, problem["reason"]) == (422, "day_twice")


async def test_pages_know_of_which_years_the_holidays_are_entered(call: Call) -> None:
    assert 2027 not in (await call("doctor", "GET", "/session"))[1]["holidays"]
    await enter(call, "wuxi_admin", NEW_YEAR)
    assert 2027 not in (await call("doctor", "GET", "/session"))[1]["holidays"], "its own day says nothing of the year"
    await enter(call, "admin", NEW_YEAR, of_all=True)
    assert 2027 in (await call("doctor", "GET", "/session"))[1]["holidays"]


async def test_who_changed_which_days_is_audited(world: World, call: Call) -> None:
    await enter(call, "admin", NEW_YEAR, of_all=True)
    (audited,) = [each for each in await rows(world.db, AuditEvent) if each.action == "calendar.changed"]
    assert (audited.actor_id, audited.target) == (world.ids["admin"], "all")
    assert audited.change == {"before": {}, "after": {"2027-01-01": {"kind": "off", "name": "元旦"}}}


async def test_a_list_is_looked_at_before_it_is_entered(call: Call) -> None:
    await enter(call, "admin", NEW_YEAR, of_all=True)
    text = "2027-01-01,off,元旦\n2027-01-02,work,\nnonsense\n"
    status, read = await call("admin", "POST", "/admin/calendar/read", json={"of_all": True, "text": text})
    assert (status, read["same"]) == (200, 1)
    assert [(each["date"], each["before"], each["kind"]) for each in read["changes"]] == [("2027-01-02", None, "work")]
    assert [(each["line"], each["reason"]) for each in read["refused"]] == [(3, "no_date")]
    _, seen = await call("admin", "GET", "/admin/calendar", params={"year": "2027"})
    assert len(seen["of_all"]) == 1


async def test_next_year_is_asked_for_from_november_on(world: World, call: Call) -> None:
    await years.review_all(world.db, NOVEMBER - timedelta(days=2))
    assert await waits_for(call, "admin") == []
    for _ in range(2):
        await years.review_all(world.db, NOVEMBER)
    assert (await waits_for(call, "admin"), await waits_for(call, "wuxi_admin")) == ([2027], [])


async def told(world: World, at: datetime) -> set[str]:
    """Who is told at this moment and was not told before."""
    before = {each.id for each in await rows(world.db, Notice)}
    assert await take_due(world.db, at, on_duty) == {}
    names = {id: name for name, id in world.ids.items()}
    return {names[each.staff_id] for each in await rows(world.db, Notice) if each.id not in before}


async def test_who_enters_the_year_is_reminded_each_week_and_nobody_else_is_told(world: World, call: Call) -> None:
    await years.review_all(world.db, NOVEMBER)
    assert await told(world, NEW_YEARS_EVE - timedelta(days=15)) == set()
    assert await told(world, NEW_YEARS_EVE - timedelta(days=14)) == {"admin"}
    assert await told(world, NEW_YEARS_EVE) == {"admin"}
    assert await told(world, NEW_YEARS_EVE + timedelta(days=1)) == set()
    for weeks in (1, 2):
        assert await told(world, NEW_YEARS_EVE + timedelta(weeks=weeks)) == {"admin"}
    await enter(call, "admin", NEW_YEAR, of_all=True)
    (deadline,) = await rows(world.db, Deadline)
    assert deadline.done_at is not None
    assert await told(world, NEW_YEARS_EVE + timedelta(days=30)) == set()


async def test_a_year_that_has_begun_without_its_holidays_is_due_at_once_and_told_once(world: World) -> None:
    late = NEW_YEARS_EVE + timedelta(days=90)
    await years.review_all(world.db, late)
    assert await told(world, late + timedelta(minutes=1)) == set()
    assert {each.due_at for each in await rows(world.db, Deadline)} == {late}
    assert len(await rows(world.db, Notice)) == 1


async def test_a_branchs_own_day_does_not_stand_for_the_years_holidays(world: World, call: Call) -> None:
    await years.review_all(world.db, NOVEMBER)
    await enter(call, "wuxi_admin", NEW_YEAR)
    await years.review_all(world.db, NOVEMBER)
    assert await waits_for(call, "admin") == [2027]
    async with world.db.read() as db:
        assert 2027 not in (await working_times(db, ["wuxi"]))["wuxi"].years
    await enter(call, "admin", NEW_YEAR, of_all=True)
    assert await waits_for(call, "admin") == [], "it is asked for no more as soon as it is entered"
    await years.review_all(world.db, NOVEMBER)
    assert await waits_for(call, "admin") == []


async def test_working_hours_are_a_hospitals_own_by_weekday(world: World, call: Call) -> None:
    week = ["08:00-17:30"] * 5 + ["08:00-12:00", ""]
    hours = {"starts": "08:00", "ends": "17:30", "week": week}
    status, kept = await call("wuxi_admin", "PUT", "/admin/calendar/hours", match=1, json=hours)
    assert (status, kept["version"]) == (200, 2)
    assert (await call("wuxi_admin", "PUT", "/admin/calendar/hours", match=1, json=hours))[0] == 412
    async with world.db.read() as db:
        found = await working_times(db)
    saturday = date(2026, 3, 7)
    assert found["wuxi"].hours_on(saturday) == Hours(time(8), time(12))
    assert found["ruijin"].hours_on(saturday) is None
    assert [each.target for each in await rows(world.db, AuditEvent) if each.action == "hours.changed"] == ["wuxi"]


async def test_hours_that_never_meet_those_of_a_partner_are_refused_and_mended_step_by_step(
    world: World, call: Call
) -> None:
    night = {"starts": "22:00", "ends": "23:00", "week": []}
    status, problem = await call("wuxi_admin", "PUT", "/admin/calendar/hours", match=1, json=night)
    assert (status, problem["reason"]) == (409, "no_common_hours")
    assert (problem["hospitals"], problem["hospitals_en"]) == ("ruijin", "ruijin")
    async with world.db.write() as db:  # as an installation had them before this was looked at
        wuxi = await db.get_one(Hospital, "wuxi")
        wuxi.work_starts, wuxi.work_ends = "22:00", "23:00"
    later = night | {"starts": "21:00"}
    assert (await call("wuxi_admin", "PUT", "/admin/calendar/hours", match=1, json=later))[0] == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends": "07:00"},
        {"ends": "24:00"},
        {"week": ["08:00-12:00"]},
        {"week": [""] * 7},
        {"week": ["12:00-08:00"] + [""] * 6},
    ],
)
async def test_hours_that_no_day_has_are_refused(call: Call, wrong: dict[str, Any]) -> None:
    hours = {"starts": "08:00", "ends": "17:30", "week": []} | wrong
    assert (await call("admin", "PUT", "/admin/calendar/hours", match=1, json=hours))[0] == 422
