"""From submitted to scheduled over HTTP: who may do what, what follows from it, and what strangers learn."""

import asyncio
from datetime import timedelta

import pytest

from telemed.access import grants
from telemed.access.model import AccountRole, CaseGrant, Role
from telemed.audit.model import AuditEvent
from telemed.cases.events import ConsentRecorded
from telemed.cases.model import ConsentKind
from telemed.consultations.hearing import consents_changed
from telemed.consultations.model import Consultation
from telemed.consultations.words import Mode, Urgency
from telemed.db import Database
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.opinions.service import OpinionsOf
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, home_kinds, make_approved, version_of
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.news import news


async def test_it_goes_from_the_senior_doctor_to_the_reviewer_to_the_hub(call: Call, submitted: Made) -> None:
    id = await submitted()
    assert (await home_kinds(call, "chief"), await home_kinds(call, "reviewer")) == (["endorse"], [])
    assert (await act(call, "chief", id, "endorse"))[1]["state"] == "submitted"
    assert (await home_kinds(call, "chief"), await home_kinds(call, "reviewer")) == ([], ["review"])
    assert (await act(call, "reviewer", id, "approve"))[1]["state"] == "approved"
    assert (await home_kinds(call, "reviewer"), await home_kinds(call, "coordinator")) == ([], ["accept"])


async def test_the_reviewer_cannot_pass_over_the_endorsement(call: Call, submitted: Made) -> None:
    id = await submitted()
    status, problem = await act(call, "reviewer", id, "approve")
    assert (status, problem["reason"]) == (409, "not_endorsed")


async def test_where_endorsement_is_off_it_goes_straight_to_review(call: Call, submitted: Made) -> None:
    id = await submitted("jiashan_doctor")
    assert (await act(call, "jiashan_reviewer", id, "approve"))[1]["state"] == "approved"


async def test_the_duty_officer_does_both_steps_in_one_action(call: Call, submitted: Made, db: Database) -> None:
    id = await submitted()
    assert (await act(call, "duty", id, "approve"))[1]["state"] == "approved"
    kinds = [each.type for each in await rows(db, EventRow)]
    assert kinds == ["consultation.submitted", "consultation.endorsed", "consultation.approved"]


@pytest.mark.parametrize("step", ["endorse", "approve"])
async def test_nobody_is_asked_for_a_review_that_the_endorsement_brings_along(
    call: Call, submitted: Made, world: World, step: str
) -> None:
    async with world.db.write() as db:
        db.add(AccountRole(account_id=world.ids["chief"], role=Role.reviewer))
    assert (await act(call, "chief", await submitted(), step))[1]["state"] == "approved"
    asked = [each.kind for each in await rows(world.db, WorkItem) if each.hospital_id == "wuxi"]
    assert asked == [WorkKind.endorse]


async def test_the_hub_sees_nothing_before_the_approval(call: Call, submitted: Made) -> None:
    id = await submitted()
    for who in ("coordinator", "expert", "dispatcher"):
        assert (await call(who, "GET", f"/consultations/{id}"))[0] == 404
    await act(call, "chief", id, "endorse")
    await act(call, "reviewer", id, "approve")
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 200
    assert (await call("expert", "GET", f"/consultations/{id}"))[0] == 404


async def test_another_branch_and_an_administrator_get_404_for_everything(call: Call, submitted: Made) -> None:
    id = await make_approved(call, submitted)
    for who in ("jiashan_doctor", "jiashan_reviewer"):
        assert (await call(who, "GET", f"/consultations/{id}"))[0] == 404
        assert (await call(who, "GET", "/consultations"))[1]["items"] == []
        assert (await call(who, "GET", f"/rooms/{id}/messages"))[0] == 404
        assert (await call(who, "POST", f"/rooms/{id}/ticket", json={}))[0] == 404
    assert (await call("admin", "GET", f"/consultations/{id}"))[0] == 404
    assert (await call("jiashan_reviewer", "POST", f"/consultations/{id}/approve", match=1))[0] == 404


async def test_a_stranger_is_asked_to_sign_in_and_the_wrong_role_is_refused_and_audited(
    call: Call, submitted: Made, db: Database
) -> None:
    id = await submitted()
    assert (await call(None, "GET", f"/consultations/{id}"))[0] == 401
    assert (await call("doctor", "POST", f"/consultations/{id}/approve", match=1))[0] == 403
    assert "not_allowed" in {each.outcome for each in await rows(db, AuditEvent)}


async def test_returned_with_what_is_missing_it_waits_for_the_requester(call: Call, submitted: Made) -> None:
    id = await submitted()
    why = {"missing": ["consent", "checklist.ecg"], "reason": "请补知情同意书"}
    assert (await act(call, "chief", id, "return", why))[1]["state"] == "returned"
    _, found = await call("doctor", "GET", f"/consultations/{id}")
    assert (found["missing"], found["state_reason"]) == (why["missing"], why["reason"])
    assert await home_kinds(call, "doctor") == ["complete"]


async def test_a_return_without_a_reason_is_refused(call: Call, submitted: Made) -> None:
    id = await submitted()
    assert (await act(call, "chief", id, "return", {"missing": [], "reason": " "}))[0] == 422


async def test_two_who_accept_at_once_one_wins_and_the_other_learns_what_it_is_now(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    version = await version_of(call, "coordinator", id)
    accept = {"lead_id": str(world.ids["expert"])}
    answers = await asyncio.gather(
        *(call("coordinator", "POST", f"/consultations/{id}/accept", match=version, json=accept) for _ in range(2))
    )
    assert sorted(status for status, _ in answers) == [200, 412]
    assert next(body for status, body in answers if status == 412)["current"]["state"] == "accepted"


async def test_a_department_is_named_its_dispatcher_names_the_lead(call: Call, submitted: Made, world: World) -> None:
    id = await make_approved(call, submitted)
    department = str(world.departments["ruijin", "cardiology"])
    assert (await act(call, "coordinator", id, "accept", {"department_id": department}))[0] == 200
    assert await home_kinds(call, "dispatcher") == ["name_lead"]
    assert (await act(call, "dispatcher", id, "lead", {"lead_id": str(world.ids["expert"])}))[0] == 200
    assert (await home_kinds(call, "dispatcher"), await home_kinds(call, "coordinator")) == ([], ["book"])
    assert (await call("expert", "GET", f"/consultations/{id}"))[1]["lead"]["name"] == "expert"


async def test_somebody_who_is_no_expert_of_the_hub_cannot_lead(call: Call, submitted: Made, world: World) -> None:
    id = await make_approved(call, submitted)
    for who in ("doctor", "coordinator"):
        status, problem = await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids[who])})
        assert (status, problem["reason"]) == (422, "not_an_expert")


async def test_declining_needs_a_code_and_a_reason_and_ends_the_grants(
    call: Call, submitted: Made, db: Database
) -> None:
    id = await make_approved(call, submitted)
    assert (await act(call, "coordinator", id, "decline", {"code": "no_expert"}))[0] == 422
    why = {"code": "no_expert", "reason": "建议转邀请心外科"}
    assert (await act(call, "coordinator", id, "decline", why))[1]["state"] == "declined"
    assert all(each.ended_at for each in await rows(db, CaseGrant))
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 404


async def test_a_written_one_goes_to_the_expert_without_a_time(call: Call, submitted: Made, world: World) -> None:
    id = await make_approved(call, submitted, mode=Mode.written)
    accepted = await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    assert accepted[1]["state"] == "answering"
    assert await home_kinds(call, "expert") == ["sign"]


async def test_stat_rings_at_once_and_the_first_who_takes_it_is_in(call: Call, submitted: Made, db: Database) -> None:
    id = await submitted(urgency=Urgency.stat)
    _, ringing = await call("expert", "GET", "/home/ringing")
    assert [each["activity_id"] for each in ringing["items"]] == [str(id)]
    assert (await call("neurologist", "GET", "/home/ringing"))[1]["items"] == []
    assert (await call("coordinator", "GET", "/home/ringing"))[1]["items"][0]["names_lead"] is True
    called = (await call("expert", "GET", f"/consultations/{id}"))[1]["participants"]
    assert [each["person"]["name"] for each in called] == ["doctor"]  # may wait before anybody has taken it
    versions = [await version_of(call, who, id) for who in ("expert", "expert2")]
    answers = await asyncio.gather(
        *(
            call(who, "POST", f"/consultations/{id}/take", match=version, json={})
            for who, version in zip(("expert", "expert2"), versions, strict=True)
        )
    )
    assert sorted(status for status, _ in answers) == [200, 412]
    assert (await call("coordinator", "GET", "/home/ringing"))[1]["items"] == []
    (row,) = await rows(db, Consultation)
    assert row.lead_id is not None


async def test_the_story_tells_what_each_person_may_do_next(call: Call, submitted: Made) -> None:
    id = await submitted()
    may = {
        "chief": {"endorse", "return", "replace_accompanying"},
        "doctor": {"cancel", "replace_accompanying"},
        "nurse": set(),
    }
    for who, actions in may.items():
        assert set((await call(who, "GET", f"/consultations/{id}"))[1]["actions"]) == actions


async def test_the_state_line_says_when_by_whom_and_how_long(call: Call, submitted: Made, clock: FakeClock) -> None:
    id = await submitted()
    clock.move(minutes=10)
    await act(call, "chief", id, "endorse")
    await act(call, "reviewer", id, "approve")
    clock.move(minutes=5)
    _, found = await call("doctor", "GET", f"/consultations/{id}")
    steps = {each["key"]: each for each in found["steps"]}
    assert (steps["approved"]["by_name"], steps["approved"]["seconds"]) == ("reviewer", 600)
    assert steps["approved"]["current"] is True
    assert steps["approved"]["holder"] == "coordinator"
    assert steps["accepted"]["reached_at"] is None
    assert len(steps) == 10


async def test_the_state_line_waits_for_the_senior_doctor_before_the_reviewer(call: Call, submitted: Made) -> None:
    id = await submitted()

    async def holder() -> str:
        _, found = await call("doctor", "GET", f"/consultations/{id}")
        return next(str(each["holder"]) for each in found["steps"] if each["current"])

    assert await holder() == "senior_doctor"
    await act(call, "chief", id, "endorse")
    assert await holder() == "reviewer"


async def test_cancelling_needs_a_coded_reason_and_withdraws_the_work(call: Call, submitted: Made) -> None:
    id = await submitted()
    assert (await act(call, "doctor", id, "cancel", {"code": "because"}))[0] == 422
    assert (await act(call, "doctor", id, "cancel", {"code": "transferred"}))[1]["state"] == "cancelled"
    assert await home_kinds(call, "chief") == []


async def test_lists_go_on_with_a_cursor_that_is_no_use_to_others(call: Call, submitted: Made) -> None:
    ids = [str(await submitted()) for _ in range(3)]
    _, first = await call("doctor", "GET", "/consultations", params={"limit": 2})
    _, rest = await call("doctor", "GET", "/consultations", params={"limit": 2, "after": first["next"]})
    assert [each["id"] for each in first["items"] + rest["items"]] == ids[::-1]
    assert rest["next"] is None
    assert (await call("chief", "GET", "/consultations", params={"after": first["next"]}))[0] == 422


async def test_the_clock_is_one_from_submitted_to_signed(submitted: Made, db: Database) -> None:
    await submitted(urgency=Urgency.urgent)
    (row,) = await rows(db, Consultation)
    assert (row.sign_due_at, row.state_due_at) == (NOW + timedelta(hours=2), NOW + timedelta(minutes=5))


@pytest.mark.parametrize("what", ["accept", "booking", "take", "miss"])
async def test_a_branch_cannot_take_the_hubs_actions(call: Call, submitted: Made, what: str) -> None:
    id = await make_approved(call, submitted)
    assert (await call("doctor", "POST", f"/consultations/{id}/{what}", match=1, json={}))[0] == 403


async def test_a_new_consent_after_a_withdrawn_one_opens_the_case_again(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    async with world.db.write() as db:
        await grants.end(db, id, NOW)
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 404
    (item,) = (await call("coordinator", "GET", "/home"))[1]["work"]["items"]
    assert (item["patient"], item["place"], item["version"]) == (None, None, None)
    async with world.db.write() as db:
        recorded = ConsentRecorded(id=new_id(), number="", kind=ConsentKind.patient)
        await consents_changed(db, news(recorded, About("wuxi", activity="consultation", activity_id=id)), OpinionsOf())
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 200


async def test_the_document_of_the_interface_is_open_and_complete(call: Call) -> None:
    status, found = await call(None, "GET", "/openapi.json")
    assert status == 200
    assert "/api/consultations/{id}/booking" in found["paths"]
