"""Another hub is asked instead: same number, the time runs on, the former hub sees nothing any more."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account, CaseGrant
from telemed.audit.model import AuditEvent
from telemed.cases.events import ConsentRecorded
from telemed.cases.model import ConsentKind
from telemed.consultations.hearing import consents_changed
from telemed.consultations.model import Consultation
from telemed.consultations.words import Urgency
from telemed.db import Database
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.opinions.service import OpinionsOf
from telemed.work.model import RING, Deadline, Notice, WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, home_kinds, make_approved, told, version_of
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.second_hub import HUB, open_second_hub
from tests.telemed.news import news
from tests.telemed.requests.helpers import TELEPHONE


def to(hub: str = HUB, code: str = "no_expert", reason: str = "") -> dict[str, str]:
    return {"hub_id": hub, "code": code, "reason": reason}


async def status(call: Call, who: str, path: str) -> int:
    return (await call(who, "GET", path))[0]


async def redirected(call: Call, submitted: Made, **more: Any) -> UUID:
    """Without a consent in the case, as a draft of a test has none: nothing names the former hub."""
    id = await make_approved(call, submitted, **more)
    answer, changed = await act(call, "coordinator", id, "redirect", to())
    assert (answer, changed["state"]) == (200, "approved"), changed
    return id


async def refused(call: Call, id: UUID, body: dict[str, str]) -> tuple[int, Any]:
    answer, problem = await act(call, "coordinator", id, "redirect", body)
    return answer, problem.get("reason")


async def test_the_other_hub_accepts_it_under_its_number_and_the_former_one_sees_nothing(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    department = await open_second_hub(world)
    id = await make_approved(call, submitted)
    before = (await rows(db, Consultation))[0]
    clock.move(minutes=30)
    stale = await version_of(call, "coordinator", id)
    assert await status(call, "their_coordinator", f"/consultations/{id}") == 404

    answer, changed = await act(call, "coordinator", id, "redirect", to())
    assert (answer, changed["state"]) == (200, "approved"), changed

    assert await status(call, "coordinator", f"/consultations/{id}") == 404
    assert await status(call, "coordinator", f"/patients/{before.patient_id}") == 404
    assert "accept" not in await home_kinds(call, "coordinator")
    live = {each.grantee for each in await rows(db, CaseGrant) if each.ended_at is None}
    assert live == {f"role:{HUB}:coordinator"}

    row = (await rows(db, Consultation))[0]
    kept = ("number", "state", "state_since", "state_due_at", "sign_due_at", "submitted_at")
    assert {each: getattr(row, each) for each in kept} == {each: getattr(before, each) for each in kept}
    assert (row.hub_id, row.wanted_department_id, row.version) == (HUB, department, before.version + 1)

    answer, again = await call("coordinator", "POST", f"/consultations/{id}/redirect", match=stale, json=to())
    assert answer == 404, again  # the second of two clicks
    assert "accept" in await home_kinds(call, "their_coordinator")
    answer, changed = await act(call, "their_coordinator", id, "accept", {"lead_id": str(world.ids["their_expert"])})
    assert (answer, changed["state"]) == (200, "accepted"), changed
    assert await status(call, "their_expert", f"/consultations/{id}") == 200


async def test_it_is_told_recorded_and_asked_of_the_other_hub(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    await open_second_hub(world)
    id = await redirected(call, submitted)
    events = {each.type: each for each in await rows(db, EventRow)}
    left, came = events["consultation.redirected"], events["consultation.received"]
    assert (left.partner_id, left.actor_id) == ("ruijin", world.ids["coordinator"])
    said = {"hub_id": "ruijin", "to_hub_id": HUB, "code": "no_expert", "target": "approved"}
    assert {name: left.data[name] for name in said} == said
    assert (came.partner_id, came.data["hub_id"]) == (HUB, HUB)
    assert "consultation.redirect" in {each.action for each in await rows(db, AuditEvent)}
    items = [(each.hospital_id, each.outcome) for each in await rows(db, WorkItem) if each.kind == "accept"]
    assert sorted(items, key=str) == [(HUB, None), ("ruijin", "withdrawn")]
    notices = [(each.staff_id, each.ladder) for each in await rows(db, Notice)]
    assert (world.ids["doctor"], "elsewhere") in notices
    _, shown = await call("doctor", "GET", f"/consultations/{id}")
    assert shown["hub_id"] == HUB


async def test_time_already_used_counts_and_the_other_hub_is_told_when_it_is_due(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    due = (await rows(db, Consultation))[0].state_due_at
    assert due is not None
    clock.now = due - timedelta(minutes=1)
    assert (await act(call, "coordinator", id, "redirect", to()))[0] == 200
    (running,) = [each for each in await rows(db, Deadline) if each.kind == "state" and each.done_at is None]
    assert (running.due_at, running.hub_id, running.partner_id) == (due, HUB, HUB)
    assert running.agreement_id is not None
    assert await told(world, clock, due, "acceptance") == {"their_coordinator"}
    assert await told(world, clock, due + timedelta(minutes=10), "acceptance") == {"their_duty"}


async def test_what_is_late_already_is_late_at_the_other_hub_too(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    due = (await rows(db, Consultation))[0].state_due_at
    assert due is not None
    await told(world, clock, due + timedelta(minutes=1))
    assert (await act(call, "coordinator", id, "redirect", to()))[0] == 200
    hub_told = {each.staff_id for each in await rows(db, Notice) if each.ladder == "acceptance" and not each.ended_at}
    assert world.ids["their_coordinator"] in hub_told  # who must act, and whom the rungs reached would pass over
    at_ruijin = {world.ids["coordinator"], world.ids["hub_duty"]}
    assert [each for each in await rows(db, Notice) if each.staff_id in at_ruijin and each.ended_at is None] == []
    _, late = await call("their_coordinator", "GET", "/home/exceptions")
    assert [each["activity_id"] for each in late["items"]] == [str(id)]
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []


async def test_only_hubs_whose_agreement_covers_it_today_are_offered_and_taken(
    call: Call, submitted: Made, world: World
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    _, offered = await call("coordinator", "GET", f"/consultations/{id}/hubs")
    named = {
        "id": HUB,
        "name": "岷江医院",
        "name_en": "Minjiang",
        "department": "心内科",
        "department_en": "Cardiology",
    }
    assert offered["items"] == [named]
    for who, answer in (("their_coordinator", 404), ("doctor", 403), ("expert", 403)):
        assert await status(call, who, f"/consultations/{id}/hubs") == answer
    assert await refused(call, id, to("ruijin")) == (409, "same_hub")
    assert (await refused(call, id, to("jiashan")))[0] == 404  # a branch
    assert (await refused(call, id, to("nowhere")))[0] == 404
    assert (await refused(call, id, to(code="other")))[0] == 422  # which says nothing without words
    answer, problem = await call("coordinator", "POST", f"/consultations/{id}/redirect", match=1, json=to())
    assert answer == 412, problem


async def test_a_hub_where_nobody_could_take_it_on_is_neither_offered_nor_taken(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    async with db.write() as session:
        for who in ("their_coordinator", "their_duty"):
            (await session.get_one(Account, world.ids[who])).disabled_at = NOW
    assert (await call("coordinator", "GET", f"/consultations/{id}/hubs"))[1] == {"items": []}
    assert await refused(call, id, to()) == (409, "nobody_there")


@pytest.mark.parametrize(
    "agreed", [{"services": ("reading",)}, {"valid_until": date(2026, 3, 1)}], ids=["another service", "expired"]
)
async def test_an_agreement_that_does_not_cover_it_today_is_none(
    call: Call, submitted: Made, world: World, agreed: dict[str, Any]
) -> None:
    await open_second_hub(world, **agreed)
    id = await make_approved(call, submitted)
    assert (await call("coordinator", "GET", f"/consultations/{id}/hubs"))[1] == {"items": []}
    answer, problem = await act(call, "coordinator", id, "redirect", to())
    assert (answer, problem["reason"]) == (409, "no_agreement")
    assert await status(call, "coordinator", f"/consultations/{id}") == 200


async def test_once_accepted_it_is_not_redirected(call: Call, submitted: Made, world: World) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    answer, problem = await act(call, "coordinator", id, "redirect", to())
    assert (answer, problem["reason"]) == (409, "wrong_state")
    assert (await call("coordinator", "GET", f"/consultations/{id}/hubs"))[1]["reason"] == "wrong_state"


async def test_a_stat_one_falls_silent_at_the_one_and_rings_at_the_other(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    await open_second_hub(world)
    id = await submitted(urgency=Urgency.stat)
    assert (await act(call, "coordinator", id, "redirect", to(code="no_time")))[0] == 200
    rings = {each.staff_id for each in await rows(db, Notice) if each.kind == RING and each.ended_at is None}
    assert rings == {world.ids["their_expert"]}
    assert await status(call, "expert", f"/consultations/{id}") == 404
    answer, changed = await act(call, "their_expert", id, "take", {})
    assert (answer, changed["state"]) == (200, "accepted"), changed


async def test_a_consent_that_names_the_former_hub_is_outdated_and_the_other_waits_for_one_that_names_it(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    assert (await act(call, "coordinator", id, "redirect", to()))[0] == 200
    assert await status(call, "their_coordinator", f"/consultations/{id}") == 404
    assert [each for each in await rows(db, CaseGrant) if each.ended_at is None] == []
    _, shown = await call("doctor", "GET", f"/requests/{id}")
    assert [each["state"] for each in shown["consents"]] == ["outdated"]
    _, waiting = await call("doctor", "GET", f"/consultations/{id}")
    assert [each["holder"] for each in waiting["steps"] if each["holder"]] == ["requester"]
    assert "renew" in await home_kinds(call, "doctor")
    assert "accept" not in await home_kinds(call, "their_coordinator")
    assert "consultation.received" not in {each.type for each in await rows(db, EventRow)}
    due = (await rows(db, Consultation))[0].state_due_at
    assert due is not None
    assert await told(world, clock, due, "acceptance") == set()  # nobody of a hub that sees nothing
    assert (await call("their_coordinator", "GET", "/home/exceptions"))[1]["items"] == []
    old = shown["consents"][0]
    answer, problem = await call("doctor", "POST", f"/consents/{old['id']}/withdraw", json={"reason": "反悔"})
    assert (answer, problem["reason"]) == (409, "outdated")
    answer, problem = await call("doctor", "GET", f"/consents/{old['id']}/form")  # which would name the other hub
    assert (answer, problem["reason"]) == (409, "outdated")


async def test_a_consent_taken_on_a_page_that_still_showed_the_former_hub_is_not_taken_for_the_other(
    call: Call, submitted: Made, world: World
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    path, emergency = f"/consultations/{id}/consents", {"kind": "emergency", "reason": "生命垂危", "attempts": "未接"}
    _, kept = await call("doctor", "POST", path, json=emergency | {"hub_id": "ruijin"})
    assert (await act(call, "coordinator", id, "redirect", to()))[0] == 200
    answer, problem = await call("doctor", "POST", path, json=TELEPHONE | {"hub_id": "ruijin"})
    assert (answer, problem["reason"]) == (409, "outdated")
    answer, _ = await call("doctor", "PUT", f"/consents/{kept['id']}", match=kept["version"], json=TELEPHONE)
    assert answer == 412  # which named nobody, and would now name the other hub
    assert (await call("doctor", "POST", path, json=TELEPHONE | {"hub_id": HUB}))[0] == 201


async def test_once_a_consent_names_it_the_other_hub_sees_it_and_is_asked(
    call: Call, submitted: Made, world: World, db: Database, clock: FakeClock
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    assert (await act(call, "coordinator", id, "redirect", to()))[0] == 200
    clock.move(minutes=20)
    answer, made = await call("doctor", "POST", f"/consultations/{id}/consents", json=TELEPHONE)
    assert (answer, made["state"]) == (201, "in_force"), made
    async with db.write() as session:
        recorded = ConsentRecorded(id=UUID(made["id"]), number="", kind=ConsentKind.telephone)
        await consents_changed(
            session, news(recorded, About("wuxi", activity="consultation", activity_id=id)), OpinionsOf()
        )
    (asked,) = [each for each in await rows(db, WorkItem) if each.kind == "renew"]
    assert asked.outcome == "done"
    row = (await rows(db, Consultation))[0]
    assert "consultation.received" in {each.type for each in await rows(db, EventRow)}
    assert "accept" in await home_kinds(call, "their_coordinator")
    (running,) = [each for each in await rows(db, Deadline) if each.kind == "state" and each.done_at is None]
    assert (running.ladder, running.due_at, running.partner_id) == ("acceptance", row.state_due_at, HUB)
    answer, changed = await act(call, "their_coordinator", id, "accept", {"lead_id": str(world.ids["their_expert"])})
    assert (answer, changed["state"]) == (200, "accepted"), changed
    assert await status(call, "coordinator", f"/consultations/{id}") == 404


async def test_an_emergency_without_consent_names_no_hub_and_goes_on_at_once(
    call: Call, submitted: Made, world: World, db: Database
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    emergency = {"kind": "emergency", "reason": "生命垂危", "attempts": "电话三次未接"}
    assert (await call("doctor", "POST", f"/consultations/{id}/consents", json=emergency))[0] == 201
    assert (await act(call, "coordinator", id, "redirect", to()))[0] == 200
    assert await status(call, "their_coordinator", f"/consultations/{id}") == 200
