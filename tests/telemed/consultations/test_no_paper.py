"""The paper of a consent cannot be had: somebody authorised says so, the case goes on, and nothing is opened by it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from telemed.access.model import CaseGrant
from telemed.audit.model import AuditEvent
from telemed.cases import service as cases
from telemed.cases.model import Consent, ConsentKind, NoPaper
from telemed.consultations.model import Consultation
from telemed.consultations.service import CONSENTS_CHANGED, close_when_done
from telemed.consultations.words import State, Urgency
from telemed.history.model import EventRow
from telemed.opinions.printing import record_consents
from telemed.opinions.words import NO_PAPER
from telemed.work.model import WorkItem, WorkKind
from telemed.work.service import finish
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, make_approved, pass_time, state_of, told
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.owed import make_paper_due, running, withdraw_consent
from tests.telemed.requests.helpers import TELEPHONE, complete, consent, upload

WHY: dict[str, Any] = {"code": "unreachable", "reason": "三次致电其子，号码已停用"}


async def give_up(call: Call, consent_id: UUID, who: str = "reviewer") -> tuple[int, Any]:
    return await call(who, "POST", f"/consents/{consent_id}/unobtainable", json=WHY)


async def make_closed(world: World, id: UUID) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.lead_id = State.executing, world.ids["expert"]
        await finish(db, id, [WorkKind.accept], None, NOW)
        await close_when_done(db, row, NOW)


async def file_paper(call: Call, consent_id: UUID) -> tuple[int, Any]:
    body = {"file_id": await upload(call, "consent")}
    return await call("doctor", "POST", f"/consents/{consent_id}/paper", json=body)


async def owed(call: Call, who: str, id: UUID) -> list[str]:
    kinds: list[str] = (await call(who, "GET", f"/consultations/{id}"))[1]["owed"]
    return kinds


@pytest.mark.parametrize("who", ["reviewer", "duty"])
async def test_a_case_whose_paper_cannot_be_had_is_archived_in_its_time(
    world: World, clock: FakeClock, call: Call, submitted: Made, who: str
) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    consent_id = await make_paper_due(world, id)
    await make_closed(world, id)
    assert await told(world, clock, NOW + timedelta(hours=2), "papers") == {"doctor"}
    status, found = await give_up(call, consent_id, who)
    assert (status, found["paper_due"]) == (200, False), found
    assert (found["unobtainable_code"], found["unobtainable_by_name"]) == ("unreachable", who)
    assert (await running(world, "papers"), await owed(call, "doctor", id)) == ([], [])
    (item,) = [each for each in await rows(world.db, WorkItem) if each.kind == "consent"]
    assert (item.outcome, item.done_by) == ("withdrawn", world.ids[who])
    assert await told(world, clock, NOW + timedelta(days=2), "papers") == set()
    await pass_time(world, NOW + timedelta(days=30))
    assert await state_of(call, id) == "archived"


async def test_who_said_it_and_why_is_kept_in_the_record_and_shown_on_the_case(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    consent_id = await make_paper_due(world, id)
    assert (await give_up(call, consent_id))[0] == 200
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "consent.paper_given_up"]
    assert (event.actor_id, event.data["code"], event.data["reason"]) == (world.ids["reviewer"], *WHY.values())
    assert "consent.paper_given_up" in {each.action for each in await rows(world.db, AuditEvent)}
    shown = (await call("doctor", "GET", f"/consultations/{id}"))[1]
    (one,) = shown["consents"]
    assert (one["unobtainable_code"], one["unobtainable_reason"]) == tuple(WHY.values())
    assert "consent.paper_given_up" in {each["type"] for each in shown["history"]}


async def test_only_whom_the_hospital_s_head_has_authorised_says_so_and_says_why(
    world: World, call: Call, submitted: Made
) -> None:
    consent_id = await make_paper_due(world, await make_approved(call, submitted))
    for who, expected in (
        (None, 401),
        ("doctor", 403),
        ("chief", 403),
        ("coordinator", 403),
        ("jiashan_reviewer", 404),
    ):
        status = (await call(who, "POST", f"/consents/{consent_id}/unobtainable", json=WHY))[0]
        assert status == expected, who
    for wrong in ({"code": "unreachable"}, WHY | {"reason": " "}, {"reason": "x"}, WHY | {"code": "lazy"}):
        assert (await call("reviewer", "POST", f"/consents/{consent_id}/unobtainable", json=wrong))[0] == 422
    assert (await give_up(call, consent_id))[0] == 200
    status, problem = await give_up(call, consent_id)
    assert (status, problem["reason"]) == (409, "no_paper_due")


async def test_it_agrees_to_nothing_and_opens_nothing(world: World, call: Call, submitted: Made) -> None:
    """An emergency still waits for its approval, and whom the withdrawn consent let see the case does not see it."""
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    consent_id = await make_paper_due(world, id, kind=ConsentKind.emergency)
    assert all(each.ended_at for each in await rows(world.db, CaseGrant))
    before = {each.id for each in await rows(world.db, CaseGrant)}
    state = (await call("duty", "GET", f"/consents/{consent_id}"))[1]["state"]
    status, found = await give_up(call, consent_id)
    assert (status, found["state"], found["approved_at"]) == (200, state, None)
    grants = await rows(world.db, CaseGrant)
    assert ({each.id for each in grants}, all(each.ended_at for each in grants)) == (before, True)
    assert (await call("coordinator", "GET", f"/consultations/{id}"))[0] == 404
    async with world.db.read() as db:
        assert not await cases.consented(db, id)
        assert not await cases.consent_recorded(db, id)
    assert await owed(call, "duty", id) == ["renew", "approve_consent"]
    assert len(await running(world, "consent_approval")) == 1
    types = {each.type for each in await rows(world.db, EventRow)} - {each.type for each in CONSENTS_CHANGED}
    assert "consent.paper_given_up" in types, "nobody who gives grants after a consent hears of it"


async def test_what_a_consent_says_stands_once_its_paper_cannot_be_had(call: Call) -> None:
    row = await complete(call)
    made = await consent(call, row["id"], **TELEPHONE)
    assert (await give_up(call, UUID(made["id"])))[0] == 404, "a draft is its doctors'"
    assert (await call("doctor", "POST", f"/requests/{row['id']}/submit", match=row["version"]))[0] == 200
    status, found = await give_up(call, UUID(made["id"]))
    assert (status, found["state"]) == (200, "in_force"), "as it was before"
    for other in ({"kind": "patient"}, {"witnesses": ["另一人", "季二"]}):
        status, problem = await call(
            "doctor", "PUT", f"/consents/{made['id']}", match=found["version"], json=TELEPHONE | other
        )
        assert (status, problem["reason"]) == (409, "consent_signed")
    status, same = await call("doctor", "PUT", f"/consents/{made['id']}", match=found["version"], json=TELEPHONE)
    assert (status, same["paper_due"]) == (200, False)


async def test_a_paper_that_comes_after_all_is_filed_until_the_case_is_archived(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    first, second = await make_paper_due(world, id), await make_paper_due(world, id, "C-2")
    await make_closed(world, id)
    for each in (first, second):
        assert (await give_up(call, each))[0] == 200
    status, filed = await file_paper(call, first)
    assert (status, filed["file_id"] is not None, filed["unobtainable_code"]) == (200, True, "unreachable")
    await pass_time(world, NOW + timedelta(days=30))
    assert await state_of(call, id) == "archived"
    status, problem = await file_paper(call, second)
    assert (status, problem["reason"]) == (409, "archived")


async def test_a_paper_that_is_owed_in_an_archived_case_is_still_filed(
    world: World, call: Call, submitted: Made
) -> None:
    """Another consent was taken there, so that the hub can reassess a wrong opinion."""
    id = await make_approved(call, submitted)
    await make_closed(world, id)
    await pass_time(world, NOW + timedelta(days=30))
    assert await state_of(call, id) == "archived"
    assert (await file_paper(call, await make_paper_due(world, id)))[0] == 200


async def test_nobody_waits_for_the_paper_of_a_cancelled_consultation(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    consent_id = await make_paper_due(world, id)
    assert (await act(call, "reviewer", id, "cancel", {"code": "refused", "reason": ""}))[0] == 200
    status, problem = await give_up(call, consent_id)
    assert (status, problem["reason"]) == (409, "no_paper_due")


async def test_the_record_says_that_the_paper_cannot_be_had_until_it_has_come(
    world: World, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    consent_id = await make_paper_due(world, id)
    async with world.db.write() as db:
        row = await db.get_one(Consent, consent_id)
        row.relation, row.scopes = "子女", ["consult", "imaging"]
    assert await printed(world, id) == "书面待补"
    await give_up(call, consent_id)
    assert await printed(world, id) == "书面无法取得：联系不上（三次致电其子，号码已停用）"
    await file_paper(call, consent_id)
    assert await printed(world, id) == "会诊、影像传输"
    assert set(NO_PAPER) == set(NoPaper)


async def printed(world: World, id: UUID) -> str:
    """The last part of the line of consents."""
    async with world.db.read() as db:
        row = (await db.exec(select(Consultation).where(col(Consultation.id) == id))).one()
        return (await record_consents(db, row)).split("　")[-1]
