"""The keeper of a roster has its days planned, looks, edits, asks again and saves; nobody else can."""

import asyncio
import threading
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from telemed.access.model import Account
from telemed.people.model import Staff, Title
from telemed.rosters import planner
from telemed.rosters.model import Shift
from telemed.rosters.planning import Question
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.rosters.rosters import EXPERTS, HOUR, SETTINGS, kept, made, shift

WEEK = {"first": "2026-03-09", "days": 7}
DAILY = SETTINGS | EXPERTS | {"night_starts": "08:00"}


def asked(world: World, **more: Any) -> dict[str, Any]:
    """A plan for the two cardiologists, a week ahead."""
    people = [{"staff_id": str(world.ids[each])} for each in ("expert", "expert2")]
    limits = {"places": [None], "rest_hours": 10, "nights_in_a_row": 1, "most_shifts": None}
    return {**WEEK, **limits, "people": people, "wishes": [], "kept": []} | more


async def planned(call: Call, id: str, body: dict[str, Any], who: str | None = "coordinator") -> tuple[int, Any]:
    return await call(who, "POST", f"/admin/rosters/{id}/planning", json=body)


async def daily(call: Call, who: str = "coordinator") -> dict[str, Any]:
    """A roster with one shift a day."""
    status, found = await call(who, "POST", "/admin/rosters", json=DAILY)
    assert status == 201
    assert isinstance(found, dict)
    return found


async def test_a_week_is_planned_and_saved_as_any_other(world: World, call: Call) -> None:
    roster = await daily(call)
    status, plan = await planned(call, roster["id"], asked(world))
    assert (status, plan["gaps"], plan["fewest"], plan["best"]) == (200, [], True, True)
    who = [each["staff_id"] for each in plan["shifts"]]
    assert all(one != other for one, other in pairwise(who)), "nobody has two days in a row"
    assert sorted(each["shifts"] for each in plan["people"]) == [3, 4]
    assert await rows(world.db, Shift) == [], "nothing is saved"
    address = f"/admin/rosters/{roster['id']}/shifts"
    body = WEEK | {"shifts": plan["shifts"]}
    status, saved = await call("coordinator", "PUT", address, match=1, json=body)
    assert (status, saved["gaps"], len(saved["shifts"])) == (200, [], 7)
    status, problem = await call("admin", "PUT", address, match=1, json=body)
    assert (status, problem["current"]["version"]) == (412, 2), "of two who save at once the second is told"


async def test_what_is_kept_stays_and_the_rest_is_planned_around_it(world: World, call: Call) -> None:
    roster = await daily(call)
    monday = NOW.replace(hour=0) + timedelta(days=7)
    fixed = [
        shift(world.ids["expert2"], monday + n * timedelta(days=1), monday + (n + 1) * timedelta(days=1))
        for n in (1, 3)
    ]
    _, plan = await planned(call, roster["id"], asked(world, kept=fixed))
    assert len(plan["shifts"]) == 5
    by_day = {each["starts"][:10]: each["staff_id"] for each in [*fixed, *plan["shifts"]]}
    assert [by_day[f"2026-03-{9 + n:02}"] == str(world.ids["expert2"]) for n in range(7)] == [False, True] * 3 + [False]
    again = [shift(world.ids["expert2"], monday, monday + timedelta(days=2))]
    _, plan = await planned(call, roster["id"], asked(world, kept=[*fixed[1:], *again], rest_hours=48))
    assert [(each["reason"], each["starts"][:10]) for each in plan["broken"]] == [("rest", "2026-03-12")]


async def test_what_nobody_can_have_is_said_with_each_reason_and_what_would_help(world: World, call: Call) -> None:
    roster = await made(call, "coordinator")
    leave = {"kind": "leave", "starts_at": "2026-03-11T00:00:00+08:00", "ends_at": "2026-03-12T00:00:00+08:00"}
    status, entered = await call("expert2", "POST", "/calendar/busy", json=leave)
    assert status == 201, entered
    _, plan = await planned(call, roster["id"], asked(world))
    assert plan["fewest"]
    wednesday = [each for each in plan["gaps"] if each["starts"].startswith("2026-03-11")]
    assert wednesday
    assert all("leave" in [why["reason"] for why in each["why"]] for each in wednesday)
    assert all(len([one for why in each["why"] for one in why["people"]]) == 2 for each in plan["gaps"])
    best = plan["easings"][0]
    assert best["left"] < len(plan["gaps"])
    _, eased = await planned(call, roster["id"], asked(world, **{"rest": {"rest_hours": best["value"]}}[best["limit"]]))
    assert len(eased["gaps"]) == best["left"]


async def test_nobody_with_the_title_leaves_the_place_empty(world: World, call: Call) -> None:
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["expert"])).title = Title.attending
        (await db.get_one(Staff, world.ids["expert2"])).title = Title.attending
    roster = await daily(call)
    _, plan = await planned(call, roster["id"], asked(world, places=["chief"]))
    assert len(plan["gaps"]) == 7
    assert {why["reason"] for each in plan["gaps"] for why in each["why"]} == {"rank"}
    assert plan["easings"] == [{"limit": "rank", "place": 1, "value": 0, "left": 0}]


async def test_wishes_are_met_and_what_cannot_be_is_not_planned(world: World, call: Call) -> None:
    roster, one = await daily(call), str(world.ids["expert"])
    wishes = [
        {"staff_id": one, "day": "2026-03-09", "wish": "on"},
        {"staff_id": one, "day": "2026-03-10", "wish": "off"},
        {"staff_id": str(world.ids["expert2"]), "day": "2026-03-15", "wish": "cannot"},
    ]
    _, plan = await planned(call, roster["id"], asked(world, wishes=wishes))
    first = next(each for each in plan["people"] if each["staff_id"] == one)
    assert (first["wishes"], first["met"]) == (2, 2)
    by_day = {each["starts"][:10]: each["staff_id"] for each in plan["shifts"]}
    assert (by_day["2026-03-09"], by_day["2026-03-15"]) == (one, one)


async def test_who_is_on_duty_by_another_roster_is_not_planned_then(world: World, call: Call) -> None:
    roster, monday = await daily(call), NOW.replace(hour=0) + timedelta(days=7)
    other = await made(call, "admin", kind="department", subject=await _department(world))
    body = WEEK | {"shifts": [shift(world.ids["expert"], monday + 3 * HOUR, monday + 5 * HOUR)]}
    assert (await call("admin", "PUT", f"/admin/rosters/{other['id']}/shifts", match=1, json=body))[0] == 200
    _, plan = await planned(call, roster["id"], asked(world, days=1))
    assert [each["staff_id"] for each in plan["shifts"]] == [str(world.ids["expert2"])]


async def _department(world: World) -> str:
    async with world.db.read() as db:
        return str((await db.get_one(Staff, world.ids["expert"])).department_id)


async def test_the_basis_says_holidays_leave_and_what_was_before(world: World, call: Call) -> None:
    plan = await kept(call, [shift(world.ids["expert"], NOW + HOUR, NOW + 2 * HOUR)], "coordinator")
    leave = {"kind": "leave", "starts_at": "2026-03-10T08:00:00+08:00", "ends_at": "2026-03-11T08:00:00+08:00"}
    assert (await call("expert2", "POST", "/calendar/busy", json=leave))[0] == 201
    surgery = {"kind": "surgery", "starts_at": "2026-03-12T08:00:00+08:00", "ends_at": "2026-03-12T10:00:00+08:00"}
    assert (await call("expert2", "POST", "/calendar/busy", json=surgery))[0] == 201
    address = f"/admin/rosters/{plan['roster']['id']}/planning?first=2026-03-09&days=7"
    status, basis = await call("coordinator", "GET", address)
    assert status == 200
    assert basis["installed"]
    assert basis["holidays"] == ["2026-03-14", "2026-03-15"]
    december = await call("coordinator", "GET", address.replace("2026-03-09&days=7", "2026-12-01&days=31"))
    january = await call("coordinator", "GET", address.replace("2026-03-09", "2027-01-01"))
    assert (basis["unknown"], december[1]["unknown"], january[1]["unknown"]) == ([], [], [2027])
    assert [(each["staff_id"], each["span"]["start"]) for each in basis["leave"]] == [
        (str(world.ids["expert2"]), "2026-03-10T00:00:00Z")
    ]
    had = {each["staff_id"]: (each["shifts"], each["nights"]) for each in basis["before"]}
    assert had == {str(world.ids["expert"]): (1, 0), str(world.ids["expert2"]): (0, 0)}


async def test_what_has_begun_is_not_planned(world: World, call: Call) -> None:
    roster = await daily(call)
    _, plan = await planned(call, roster["id"], asked(world, first="2026-03-01", days=3))
    assert [each["starts"] for each in plan["shifts"]] == ["2026-03-03T00:00:00Z"]


async def test_in_working_hours_only_working_days_are_planned(world: World, call: Call) -> None:
    roster = (await call("coordinator", "POST", "/admin/rosters", json=DAILY | {"covers": "working"}))[1]
    _, plan = await planned(call, roster["id"], asked(world))
    assert [each["starts"][:10] for each in plan["shifts"]] == [f"2026-03-{day:02}" for day in range(9, 14)]


async def test_who_has_left_cannot_be_planned_or_saved(world: World, call: Call) -> None:
    roster = await daily(call)
    _, plan = await planned(call, roster["id"], asked(world))
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).disabled_at = NOW
    status, problem = await planned(call, roster["id"], asked(world))
    assert (status, problem["reason"], problem["people"]) == (409, "people_changed", [str(world.ids["expert"])])
    body = WEEK | {"shifts": plan["shifts"]}
    status, problem = await call("coordinator", "PUT", f"/admin/rosters/{roster['id']}/shifts", match=1, json=body)
    assert (status, problem["reason"]) == (422, "shifts_wrong")
    assert {each["reason"] for each in problem["faults"]} == {"not_eligible"}


async def test_only_its_keeper_plans_a_roster(world: World, call: Call) -> None:
    roster = await daily(call)
    for who, status in ((None, 401), ("expert", 403), ("dispatcher", 403), ("wuxi_admin", 404), ("coordinator", 200)):
        assert (await planned(call, roster["id"], asked(world), who))[0] == status, who
        address = f"/admin/rosters/{roster['id']}/planning?first=2026-03-09"
        assert (await call(who, "GET", address))[0] == status, who


async def test_bad_input_is_refused(world: World, call: Call) -> None:
    roster = await daily(call)
    faulty: list[dict[str, Any]] = [
        {"places": []},
        {"places": ["nurse"]},
        {"rest_hours": -1},
        {"nights_in_a_row": 0},
        {"days": 43},
    ]
    for wrong in faulty:
        assert (await planned(call, roster["id"], asked(world, **wrong)))[0] == 422, wrong
    twice = [shift(world.ids["expert"], NOW + timedelta(days=8), NOW + timedelta(days=8) + n * HOUR) for n in (1, 2)]
    status, problem = await planned(call, roster["id"], asked(world, kept=twice))
    assert (status, problem["reason"], problem["faults"]) == (422, "shifts_wrong", [{"n": 1, "reason": "twice"}])


async def test_more_than_can_be_planned_at_once_is_refused(
    world: World, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = await daily(call)
    monkeypatch.setattr(planner, "MOST_CHOICES", 13)
    status, problem = await planned(call, roster["id"], asked(world))
    assert (status, problem["reason"]) == (422, "plan_too_large")
    monkeypatch.setattr(planner, "MOST_CHOICES", 14)
    monkeypatch.setattr(planner, "MOST_WAITING", 0)
    status, problem = await planned(call, roster["id"], asked(world))
    assert (status, problem["code"]) == (503, "busy")


async def test_without_the_extra_the_page_and_the_route_say_so(
    world: World, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = await daily(call)
    monkeypatch.setattr(planner, "find_spec", lambda name: None)
    status, problem = await planned(call, roster["id"], asked(world))
    assert (status, problem["reason"]) == (503, "planner_missing")
    address = f"/admin/rosters/{roster['id']}/planning?first=2026-03-09"
    assert (await call("coordinator", "GET", address))[1]["installed"] is False
    _, plan = await call("coordinator", "GET", f"/admin/rosters/{roster['id']}?first=2026-03-09")
    assert plan["roster"]["may_keep"], "rosters are kept by hand as before"


async def test_the_server_answers_others_while_it_plans(
    world: World, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, answered = threading.Event(), threading.Event()

    def solved(question: Question) -> planner.Solved:
        begun.set()
        answered.wait(10)
        return [], True, True, []

    monkeypatch.setattr(planner, "_solved", solved)
    roster = await daily(call)
    planning = asyncio.ensure_future(planned(call, roster["id"], asked(world)))
    assert await asyncio.to_thread(begun.wait, 10)
    assert (await call("coordinator", "GET", "/admin/rosters"))[0] == 200
    assert not planning.done()
    answered.set()
    assert (await planning)[0] == 200
