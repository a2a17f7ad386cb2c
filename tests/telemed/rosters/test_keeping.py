"""Who keeps a roster makes it, fills it and closes it; what is over stays, and nobody else's can be touched."""

from typing import Any

from sqlmodel import select

from telemed.access.model import Account
from telemed.audit.model import AuditEvent
from telemed.rosters.model import Shift
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rosters.rosters import EXPERTS, HOUR, SETTINGS, kept, made, put, shift


async def test_a_week_is_entered_read_and_entered_anew(world: World, call: Call) -> None:
    plan = await kept(call, [shift(world.ids["expert"]), shift(world.ids["expert2"], NOW + HOUR, NOW + 3 * HOUR)])
    assert [each["number"] for each in plan["people"]] == ["expert", "expert2"]
    assert plan["gaps"] == [{"start": "2026-03-02T04:00:00Z", "end": "2026-03-09T00:00:00Z"}]
    (first, second) = plan["shifts"]
    status, again = await put(call, plan["roster"], [second | {"place": 2}])
    assert status == 200
    assert [each["place"] for each in again["shifts"]] == [2]
    asked = f"/admin/rosters/{plan['roster']['id']}?first=2026-03-02"
    assert (await call("coordinator", "GET", asked))[1]["shifts"] == again["shifts"]
    assert first["staff_id"] == str(world.ids["expert"])
    async with world.db.read() as db:
        noted = (await db.exec(select(AuditEvent).where(AuditEvent.action == "roster.shifts"))).all()
    assert len(noted) == 2
    assert str(world.ids["expert"]) in str(noted[-1].change)


async def test_of_two_who_change_it_one_is_told_what_it_is_now(world: World, call: Call) -> None:
    roster = await made(call)
    assert (await put(call, roster, [shift(world.ids["expert"])]))[0] == 200
    status, problem = await put(call, roster, [], "coordinator")
    assert (status, problem["current"]["version"]) == (412, 2)


async def test_each_fault_of_the_shifts_is_named_and_nothing_is_written(world: World, call: Call) -> None:
    roster = await made(call)
    wrong = [
        shift(world.ids["expert"]),
        shift(world.ids["neurologist"]),
        shift(world.ids["expert"], NOW, NOW + HOUR),
        shift(world.ids["expert2"], NOW, NOW - HOUR),
    ]
    status, problem = await put(call, roster, wrong)
    assert (status, problem["reason"]) == (422, "shifts_wrong")
    faults = {(each["n"], each["reason"]) for each in problem["faults"]}
    assert faults == {(1, "not_eligible"), (2, "twice"), (3, "ends_first")}
    assert await rows(world.db, Shift) == []


async def test_what_is_over_stays_as_it_was(world: World, call: Call, clock: FakeClock) -> None:
    plan = await kept(call, [shift(world.ids["expert"])], "coordinator")
    clock.move(hours=2)
    status, problem = await put(call, plan["roster"], [], "coordinator")
    assert (status, problem["reason"]) == (409, "shift_over")
    late = shift(world.ids["expert2"], NOW + HOUR / 2, NOW + HOUR)
    _, problem = await put(call, plan["roster"], [*plan["shifts"], late], "coordinator")
    assert problem["reason"] == "shift_over"
    coming = shift(world.ids["expert2"], NOW + 3 * HOUR, NOW + 4 * HOUR)
    assert (await put(call, plan["roster"], [*plan["shifts"], coming], "coordinator"))[0] == 200


async def test_who_has_left_stands_where_they_stood_and_is_put_nowhere_else(world: World, call: Call) -> None:
    plan = await kept(call, [shift(world.ids["expert"], NOW + HOUR, NOW + 2 * HOUR)])
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).disabled_at = NOW
    status, again = await put(call, plan["roster"], [*plan["shifts"], shift(world.ids["expert2"])])
    assert status == 200
    assert {each["number"]: each["eligible"] for each in again["people"]} == {"expert": False, "expert2": True}
    without = [each for each in again["shifts"] if each["staff_id"] == str(world.ids["expert2"])]
    plan = (await put(call, again["roster"], without))[1]
    assert (await put(call, plan["roster"], again["shifts"]))[0] == 422


async def test_a_closed_roster_keeps_what_was_and_can_be_kept_again(world: World, call: Call, clock: FakeClock) -> None:
    plan = await kept(call, [shift(world.ids["expert"]), shift(world.ids["expert2"], NOW + HOUR, NOW + 2 * HOUR)])
    assert (await call("admin", "POST", "/admin/rosters", json=SETTINGS | EXPERTS))[1]["reason"] == "roster_kept"
    address = f"/admin/rosters/{plan['roster']['id']}"
    assert (await call("admin", "POST", f"{address}/close", match=plan["version"]))[0] == 204
    assert (await call("admin", "GET", f"{address}?first=2026-03-02"))[0] == 404
    assert [each.ends for each in await rows(world.db, Shift)] == [NOW]
    assert (await call("expert", "GET", "/on-duty"))[1]["hospitals"][0]["rosters"] == []
    assert (await made(call))["id"] == plan["roster"]["id"]


async def test_each_makes_those_they_keep(world: World, call: Call) -> None:
    async def makable(who: str) -> set[tuple[str, str]]:
        found = (await call(who, "GET", "/admin/rosters"))[1]["to_make"]
        return {(each["kind"], each["name"] or each["subject"]) for each in found}

    experts = {(kind, name) for kind in ("specialty", "department") for name in ("cardiology", "neurology")}
    roles = {("role", "coordinator"), ("role", "duty_officer")}
    assert await makable("admin") == experts | roles
    assert await makable("coordinator") == experts | {("role", "coordinator")}
    assert await makable("dispatcher") == {("department", "cardiology")}
    assert await makable("wuxi_admin") == {
        ("department", "cardiology"),
        ("role", "duty_officer"),
        ("role", "duty_doctor"),
        ("role", "radiographer"),
    }
    status, problem = await call("dispatcher", "POST", "/admin/rosters", json=SETTINGS | EXPERTS)
    assert (status, problem["reason"]) == (403, "roster_keeper")
    nothing = SETTINGS | {"kind": "role", "subject": "nurse"}
    assert (await call("admin", "POST", "/admin/rosters", json=nothing))[0] == 404


async def test_another_hospitals_roster_is_not_there_and_others_of_ones_own_are_only_read(
    world: World, call: Call
) -> None:
    plan = await kept(call, [shift(world.ids["expert"])])
    address = f"/admin/rosters/{plan['roster']['id']}"
    assert (await put(call, plan["roster"], [], "wuxi_admin"))[0] == 404
    assert (await call("wuxi_admin", "GET", f"{address}?first=2026-03-02"))[0] == 404
    assert (await call("wuxi_admin", "POST", f"{address}/close", match=2))[0] == 404
    status, problem = await put(call, plan["roster"], [], "dispatcher")
    assert (status, problem["reason"]) == (403, "roster_keeper")
    read: dict[str, Any] = (await call("dispatcher", "GET", f"{address}?first=2026-03-02"))[1]
    assert read["roster"]["may_keep"] is False
    for who in ("expert", "doctor", "reviewer", "hub_duty"):
        assert (await call(who, "GET", "/admin/rosters"))[0] == 403
    assert (await call(None, "GET", "/admin/rosters"))[0] == 401


async def test_bad_input_is_refused(world: World, call: Call) -> None:
    for body in ({**SETTINGS, **EXPERTS, "day_starts": "8:00"}, {**SETTINGS, **EXPERTS, "covers": "never"}, {}):
        assert (await call("admin", "POST", "/admin/rosters", json=body))[0] == 422
    roster = await made(call)
    assert (await put(call, roster, [shift(world.ids["expert"], place=10)]))[0] == 422
    assert (await call("admin", "GET", f"/admin/rosters/{roster['id']}?first=2026-03-02&days=99"))[0] == 422
