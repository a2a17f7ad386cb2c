"""Administrators change ladders: each their own, for what begins afterwards, and it is on record."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import Account
from telemed.audit.model import AuditEvent
from telemed.consultations.words import Urgency
from telemed.people.model import Agreement
from telemed.work.model import Deadline, Rung
from tests.telemed.conftest import NOW, Call, FakeClock, World, add_hub, rows
from tests.telemed.consultations.actions import told
from tests.telemed.consultations.conftest import Made, submitted

__all__ = ["submitted"]
DUE = {"when": "due", "minutes": 0, "to": "asked"}
REVIEWER = {"when": "after", "minutes": 5, "to": "role", "role": "reviewer"}
OFFICER = {"when": "after", "minutes": 5, "to": "role", "role": "duty_officer"}
RINGS = {"when": "due", "minutes": 0, "to": "on_duty", "at_hub": True}
RINGS_DUTY = {"when": "after", "minutes": 2, "to": "role", "role": "duty_officer", "at_hub": True, "again": True}
Save = Callable[..., Awaitable[tuple[int, Any]]]


@pytest.fixture
def save(call: Call) -> Save:
    async def put(who: str, *rungs: dict[str, Any], ladder: str = "approval", match: int = 0, **of: Any) -> Any:
        return await call(who, "PUT", f"/admin/ladders/{ladder}", match=match, json={"rungs": list(rungs)} | of)

    return put


async def due(world: World) -> datetime:
    (running,) = [each for each in await rows(world.db, Deadline) if each.done_at is None and each.kind == "state"]
    return running.due_at


async def agreement_of(world: World, branch: str) -> UUID:
    return next(each.id for each in await rows(world.db, Agreement) if each.branch_id == branch)


async def scope(call: Call, who: str, ladder: str = "approval", **of: Any) -> dict[str, Any] | None:
    wanted = {"hospital_id": "", "agreement_id": None, "urgency": None} | of
    found = (await call(who, "GET", "/admin/ladders"))[1]["scopes"]
    return next(
        (each for each in found if each["ladder"] == ladder and wanted.items() <= each.items()),
        None,
    )


async def test_a_branchs_own_ladder_holds_for_what_begins_after_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, save: Save
) -> None:
    await submitted()
    clock.move(minutes=1)
    assert (await save("wuxi_admin", DUE, REVIEWER, hospital_id="wuxi"))[0] == 200
    at = await due(world)
    await told(world, clock, at)
    assert await told(world, clock, at + timedelta(minutes=5)) == set()
    assert await told(world, clock, at + timedelta(minutes=10)) == {"duty"}, "what had begun keeps its ladder"
    await submitted(now=clock())
    at = max(each.due_at for each in await rows(world.db, Deadline) if each.kind == "state")
    await told(world, clock, at)
    assert await told(world, clock, at + timedelta(minutes=5)) == {"reviewer"}


async def test_an_agreement_s_ladder_comes_before_the_branchs_own(
    world: World, clock: FakeClock, submitted: Made, save: Save
) -> None:
    assert (await save("wuxi_admin", DUE, REVIEWER, hospital_id="wuxi"))[0] == 200
    id = str(await agreement_of(world, "wuxi"))
    assert (await save("admin", DUE, OFFICER, agreement_id=id))[0] == 200
    clock.move(minutes=1)
    await submitted(now=clock())
    at = await due(world)
    await told(world, clock, at)
    assert await told(world, clock, at + timedelta(minutes=5)) == {"duty"}
    assert {str(each.agreement_id) for each in await rows(world.db, Deadline)} == {id}


async def test_a_stat_call_has_the_agreement_too(world: World, submitted: Made) -> None:
    await submitted(urgency=Urgency.stat)
    (rings,) = [each for each in await rows(world.db, Deadline) if each.kind == "ring"]
    assert rings.agreement_id == await agreement_of(world, "wuxi")


@pytest.mark.parametrize(
    ("who", "of", "status", "reason"),
    [
        ("admin", {}, 200, None),
        ("wuxi_admin", {}, 403, "hub_administrator"),
        ("wuxi_admin", {"hospital_id": "wuxi"}, 200, None),
        ("wuxi_admin", {"hospital_id": "jiashan"}, 404, None),
        ("admin", {"hospital_id": "ruijin"}, 404, None),
        ("admin", {"hospital_id": "wuxi"}, 403, "hub_administrator"),
        ("coordinator", {}, 403, "role"),
    ],
)
async def test_each_administrator_changes_their_own(
    call: Call, save: Save, who: str, of: dict[str, str], status: int, reason: str | None
) -> None:
    before = await scope(call, "admin", **of)
    answered, body = await save(who, DUE, OFFICER, match=before["version"] if before else 0, **of)
    assert (answered, body.get("reason")) == (status, reason)


async def test_an_agreement_is_the_hubs_and_another_branch_does_not_see_it(
    world: World, call: Call, save: Save
) -> None:
    id = str(await agreement_of(world, "wuxi"))
    assert (await save("wuxi_admin", DUE, agreement_id=id))[0] == 403
    assert (await save("jiashan_admin", DUE, agreement_id=id))[0] == 404
    assert (await save("admin", DUE, agreement_id=id))[0] == 200
    assert (await save("wuxi_admin", DUE, hospital_id="wuxi"))[0] == 200
    assert await scope(call, "wuxi_admin", agreement_id=id)
    assert await scope(call, "admin", hospital_id="wuxi"), "the hub reads what its branches have"
    _, seen = await call("jiashan_admin", "GET", "/admin/ladders")
    assert {each["agreement_id"] for each in seen["scopes"]} == {None}
    assert {each["hospital_id"] for each in seen["scopes"]} == {""}
    assert {(each["hospital_id"], each["may_edit"]) for each in seen["owners"]} == {("", False), ("jiashan", True)}


async def test_of_two_administrators_the_second_reads_first(call: Call, save: Save) -> None:
    version = (await scope(call, "admin") or {})["version"]
    status, saved = await save("admin", DUE, OFFICER, match=version)
    assert status == 200
    status, problem = await save("admin", DUE, match=version)
    assert (status, problem["current"]) == (412, {"version": saved["version"]})


async def test_a_change_may_be_planned_and_withdrawn(call: Call, clock: FakeClock, save: Save) -> None:
    version = (await scope(call, "admin") or {})["version"]
    later = (NOW + timedelta(days=3)).isoformat()
    _, planned = await save("admin", DUE, REVIEWER, match=version, valid_from=later)
    assert [each["until"] is None for each in planned["sets"]] == [True, False]
    again = await save("admin", DUE, OFFICER, match=planned["version"], valid_from=later)
    assert [len(each["rungs"]) for each in again[1]["sets"]] == [2, 4], "one planned for the same moment is replaced"
    withdrawn = {"planned_only": True}
    path = "/admin/ladders/approval/give-up"
    status, left = await call("admin", "POST", path, match=again[1]["version"], json=withdrawn)
    assert (status, [each["until"] for each in left["sets"]]) == (200, [None])
    status, problem = await call("admin", "POST", path, match=left["version"], json=withdrawn)
    assert (status, problem["reason"]) == (409, "nothing_planned")
    status, problem = await save("admin", DUE, match=left["version"], valid_from=(NOW - timedelta(hours=1)).isoformat())
    assert (status, problem["reason"]) == (422, "past")


async def test_what_is_given_up_holds_no_more_and_none_before_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, save: Save
) -> None:
    default = (await scope(call, "admin") or {})["version"]
    path = "/admin/ladders/approval/give-up"
    status, problem = await call("admin", "POST", path, match=default, json={"planned_only": False})
    assert (status, problem["reason"]) == (409, "ladder_needed")
    first = (await save("wuxi_admin", DUE, REVIEWER, hospital_id="wuxi"))[1]
    clock.move(minutes=1)
    second = (await save("wuxi_admin", DUE, REVIEWER, hospital_id="wuxi", match=first["version"]))[1]
    clock.move(minutes=1)
    gone = {"hospital_id": "wuxi", "planned_only": False}
    status, left = await call("wuxi_admin", "POST", path, match=second["version"], json=gone)
    assert status == 200
    assert all(each["until"] is not None for each in left["sets"])
    clock.move(minutes=1)
    await submitted(now=clock())
    at = await due(world)
    await told(world, clock, at)
    assert await told(world, clock, at + timedelta(minutes=10)) == {"duty"}, "the default of all holds again"


async def test_the_products_own_rules_for_routine_cannot_be_given_up_and_hold_again_after_saved_ones(
    world: World, call: Call, save: Save, clock: FakeClock, submitted: Made
) -> None:
    def held(of: dict[str, Any]) -> int:
        (one,) = [each for each in of["sets"] if each["until"] is None]
        return int(one["rungs"][-1]["minutes"])

    path, gone = "/admin/ladders/approval/give-up", {"urgency": "routine", "planned_only": False}
    own = await scope(call, "admin", urgency="routine") or {}
    four_hours = held(own)
    status, problem = await call("admin", "POST", path, match=own["version"], json=gone)
    assert (status, problem["reason"]) == (409, "nothing_planned")
    clock.move(minutes=1)
    saved = (await save("admin", DUE, OFFICER, match=own["version"], urgency="routine"))[1]
    assert held(saved) == 5
    clock.move(minutes=1)
    status, left = await call("admin", "POST", path, match=saved["version"], json=gone)
    assert (status, held(left)) == (200, four_hours)
    clock.move(minutes=1)
    await submitted(now=clock())
    at = await due(world)
    await told(world, clock, at)
    assert await told(world, clock, at + timedelta(minutes=9)) == set(), "not after the five of the saved ones"
    assert await told(world, clock, at + timedelta(minutes=10)) == {"duty"}


async def test_every_change_is_audited_with_what_it_said_before_and_after(world: World, call: Call, save: Save) -> None:
    version = (await scope(call, "admin") or {})["version"]
    await save("admin", DUE, OFFICER, match=version)
    (audited,) = [each for each in await rows(world.db, AuditEvent) if each.action == "ladder.changed"]
    said = audited.change or {}
    assert (audited.actor_id, audited.target) == (world.ids["admin"], "approval:::")
    assert [each["role"] for each in said["before"]["rungs"]] == ["", "duty_officer"] * 2
    assert said["after"]["rungs"][1]["minutes"] == 5
    (_, newest), *_ = sorted((each["valid_from"], each) for each in (await scope(call, "admin") or {})["sets"])[::-1]
    assert newest["saved_by"] == {"name": "admin", "name_en": "admin"}


@pytest.mark.parametrize(
    ("rungs", "faults"),
    [
        ([REVIEWER], [(None, "one_due")]),
        ([DUE, {**REVIEWER, "minutes": 0}], [(1, "minutes")]),
        ([DUE, {**REVIEWER, "role": "expert"}], [(1, "role")]),
        ([DUE, {**REVIEWER, "at_hub": True}], [(1, "role")]),
        ([{**DUE, "to": "on_duty", "at_hub": True}], [(0, "to")]),
        ([DUE, {**REVIEWER, "again": True}], [(None, "too_often")]),
    ],
)
async def test_a_ladder_that_makes_no_sense_is_refused_rung_by_rung(
    save: Save, rungs: list[dict[str, Any]], faults: list[tuple[int | None, str]]
) -> None:
    status, problem = await save("wuxi_admin", *rungs, hospital_id="wuxi")
    assert (status, problem["reason"]) == (422, "ladder_wrong")
    assert [(each["n"], each["reason"]) for each in problem["faults"]] == faults


async def test_of_what_only_tells_people_are_told_once(call: Call, save: Save) -> None:
    version = (await scope(call, "admin", "cancelled") or {})["version"]
    owners = {**DUE, "to": "owners"}
    status, problem = await save("admin", owners, OFFICER, ladder="cancelled", match=version)
    assert (status, [each["reason"] for each in problem["faults"]]) == (422, ["only_told"])
    assert (await save("admin", {**owners, "channels": []}, ladder="cancelled", match=version))[0] == 200


async def test_a_call_must_end_at_somebody(world: World, call: Call, save: Save) -> None:
    version = (await scope(call, "admin", "stat") or {})["version"]
    stat = {"ladder": "stat", "match": version}
    _, problem = await save("admin", RINGS, {**RINGS, "when": "after", "minutes": 1, "place": 1}, **stat)
    assert [each["reason"] for each in problem["faults"]] == ["somebody", "until_taken"]
    assert (await save("admin", RINGS, RINGS_DUTY, **stat))[0] == 200
    async with world.db.write() as db:
        account = (await db.exec(select(Account).where(Account.username == "hub_duty"))).one()
        account.disabled_at = NOW
    _, problem = await save("admin", RINGS, RINGS_DUTY, ladder="stat", match=version + 1)
    assert (problem["reason"], problem["hospital_id"]) == ("ladder_nobody", "ruijin")


@pytest.mark.parametrize(
    ("who", "branch", "agreement", "status"),
    [("admin", "wuxi", True, 200), ("wuxi_admin", "wuxi", False, 200), ("admin", "", False, 409)],
)
async def test_somebody_must_be_where_it_rings_and_nowhere_else(
    world: World, call: Call, save: Save, who: str, branch: str, agreement: bool, status: int
) -> None:
    """A hub with which nobody here has an agreement has no duty officer."""
    await add_hub(world, "zhongshan")
    of = {"agreement_id": str(await agreement_of(world, branch))} if agreement else {"hospital_id": branch}
    match = 0 if branch else (await scope(call, "admin", "stat") or {})["version"]
    answered, problem = await save(who, RINGS, RINGS_DUTY, ladder="stat", match=match, **of)
    assert answered == status, problem
    assert status == 200 or (problem["reason"], problem["hospital_id"]) == ("ladder_nobody", "zhongshan")


@pytest.mark.parametrize("ladder", ["stat", "lead_awaited"])
@pytest.mark.parametrize(
    "deaf",
    [{"role": "dispatcher"}, {"at_hub": False}, {"role": "senior_doctor", "at_hub": False}],
)
async def test_an_emergency_rings_only_at_those_whose_pages_ring_and_who_can_take_it(
    call: Call, save: Save, ladder: str, deaf: dict[str, Any]
) -> None:
    first = RINGS if ladder == "stat" else {**DUE, "to": "owners"}
    wrong = {**RINGS_DUTY, "again": False, **deaf}
    of = {"ladder": ladder, "hospital_id": "wuxi"}
    status, problem = await save("wuxi_admin", first, wrong, RINGS_DUTY, **of)
    assert (status, [(each["n"], each["reason"]) for each in problem["faults"]]) == (422, [(1, "role")])
    right = {**RINGS_DUTY, "again": False, "role": "coordinator"}
    assert (await save("wuxi_admin", first, right, RINGS_DUTY, **of))[0] == 200


async def test_a_ladder_that_no_feature_declares_is_not_found(save: Save) -> None:
    assert (await save("admin", DUE, ladder="nonsense"))[0] == 404


async def test_no_rung_is_ever_edited(world: World, call: Call, save: Save) -> None:
    before = {each.id: each for each in await rows(world.db, Rung)}
    version = (await scope(call, "admin") or {})["version"]
    assert (await save("admin", DUE, OFFICER, match=version))[0] == 200
    after = {each.id: each for each in await rows(world.db, Rung)}
    assert all(after[id].model_dump() == each.model_dump() for id, each in before.items())
