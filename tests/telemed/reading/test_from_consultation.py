"""A reading that comes from a consultation: who asks for it, what its reader is told, and who sees how far it is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import CaseGrant, Role
from telemed.activities import participants
from telemed.app import kinds
from telemed.bridge.grants import by_activity
from telemed.cases.events import ConsentWithdrawn
from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation, activity
from telemed.consultations.words import ParticipantRole, State
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.model import Agreement
from telemed.reading import hearing
from telemed.reading.model import Reading
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import STUDY, Made, everything_ready, submitted
from tests.telemed.reading.helpers import act, issued, listed

__all__ = ("submitted",)
ASK: dict[str, Any] = {"study_uid": STUDY, "part": "chest", "urgency": "urgent", "question": "夹层累及哪些分支？"}


@pytest.fixture
async def case(world: World, submitted: Made) -> UUID:
    """Accepted, with the expert as its lead and all its images."""
    id = await submitted()
    await everything_ready(world, id)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        assert row.case_id
        assert row.patient_id
        row.state, row.approved_at, row.lead_id = State.accepted, NOW, world.ids["expert"]
        for who, role in (("expert", ParticipantRole.lead), ("expert2", ParticipantRole.expert)):
            await participants.put(db, activity(id), world.ids[who], role)
            db.add(
                CaseGrant(
                    case_id=row.case_id, patient_id=row.patient_id, activity="consultation", activity_id=id,
                    grantee=str(world.ids[who]), hospital_id="wuxi", allows=["read"], purpose="lead the consultation",
                    granted_by=None, valid_from=NOW, until=NOW + timedelta(days=30), rev=100,
                )
            )  # fmt: skip
    return id


async def ask(call: Call, who: str | None, case: UUID, **more: Any) -> Any:
    return await call(who, "POST", f"/consultations/{case}/readings", json=ASK | more)


async def shown(call: Call, who: str, case: UUID) -> Any:
    status, found = await call(who, "GET", f"/consultations/{case}/readings")
    assert status == 200, found
    return found


async def test_it_is_asked_for_anonymous_forbidden_invalid_good(call: Call, case: UUID) -> None:
    assert (await ask(call, None, case))[0] == 401
    assert (await ask(call, "neurologist", case))[0] == 404, "who takes no part sees no consultation"
    assert (await ask(call, "jiashan_doctor", case))[0] == 404
    for who in ("radiographer", "nurse"):
        assert (await ask(call, who, case))[1]["reason"] == "asks_for_readings", who
    assert (await ask(call, "expert", case, question=" "))[0] == 422
    assert (await ask(call, "expert", case, study_uid="1.2.9"))[0] == 404, "a study that is not of the consultation"
    status, found = await ask(call, "expert", case)
    assert (status, [each["state"] for each in found["items"]]) == (201, ["requested"])
    assert found["studies"] == [], "it is being read"
    assert (await ask(call, "doctor", case))[1]["reason"] == "already_requested"


async def test_the_form_begins_with_what_the_consultation_asks(call: Call, case: UUID) -> None:
    found = await shown(call, "expert", case)
    assert (found["question"], found["urgency"]) == ("是否有急诊 TEVAR 指征？", "routine")
    assert [each["study_uid"] for each in found["studies"]] == [STUDY]
    assert (await shown(call, "radiographer", case))["studies"] == [], "nothing is offered to who may not ask"


async def test_the_reader_sees_what_the_consultation_asks_and_not_the_consultation(call: Call, case: UUID) -> None:
    await ask(call, "expert", case)
    (row,) = (await listed(call, "reader"))["items"]
    _, out = await call("reader", "GET", f"/readings/{row['id']}")
    assert (out["requester"], out["history"]) == ("expert", "急性主动脉夹层\n突发胸背部撕裂样疼痛。")
    told = out["consultation"]
    assert (out["basis"], out["by_rule"]) == (f"远程医疗知情同意书 C-{case}", False), "of the consultation's case"
    assert (told["id"], told["purpose"], told["may_open"]) == (str(case), "是否有急诊 TEVAR 指征？", False)
    assert [each["name"] for each in told["tests"]] == ["D-二聚体"]
    assert (await call("reader", "GET", f"/consultations/{case}"))[0] == 404
    _, seen = await call("expert", "GET", f"/readings/{row['id']}")
    assert seen["consultation"]["may_open"]
    assert seen["actions"] == [], "an expert waits for it and does not act"


async def test_who_waits_for_it_sees_that_study_alone_until_a_week_after(
    call: Call, world: World, clock: FakeClock, case: UUID
) -> None:
    await ask(call, "expert2", case)
    (row,) = await rows(world.db, Reading)
    async with world.db.read() as db:
        found = await by_activity(db, kinds(), NOW, {})
    of_this = {grant.subject: grant.study_uid for grant in found[row.id].values()}
    lead, expert = str(world.ids["expert"]), str(world.ids["expert2"])
    assert of_this == dict.fromkeys(("role:ruijin:radiologist", lead, expert), STUDY)
    _, reading = await call("reader", "GET", f"/readings/{row.id}")
    await issued(call, reading)
    assert (await call("expert", "GET", f"/readings/{row.id}"))[0] == 200
    clock.move(days=7, seconds=1)
    assert (await call("expert", "GET", f"/readings/{row.id}"))[0] == 404
    (one,) = (await shown(call, "expert", case))["items"]
    assert (one["state"], one["may_open"]) == ("issued", False), "how far it has come is still said"


async def test_its_branch_and_who_asked_are_told_of_the_report(call: Call, world: World, case: UUID) -> None:
    await ask(call, "expert2", case)
    (row,) = await rows(world.db, Reading)
    assert (row.requester_id, row.asked_by) == (world.ids["doctor"], world.ids["expert2"])
    await issued(call, (await call("reader", "GET", f"/readings/{row.id}"))[1])
    told = {each.staff_id for each in await rows(world.db, Notice) if each.ladder == "report_issued"}
    assert told == {world.ids["doctor"], world.ids["expert2"]}
    (one,) = (await shown(call, "doctor", case))["items"]
    assert (one["state"], one["may_open"], one["waits_for_images"]) == ("issued", True, False)


async def test_what_is_sent_back_is_asked_of_the_branch_that_has_the_images(
    call: Call, world: World, case: UUID
) -> None:
    await ask(call, "expert", case)
    (row,) = (await listed(call, "reader"))["items"]
    assert (await act(call, "reader", row, "return", code="incomplete", words="缺动脉期"))[0] == 200
    kinds_of = [each["kind"] for each in (await call("doctor", "GET", "/home"))[1]["work"]["items"]]
    assert "send_again" in kinds_of


async def test_nothing_is_asked_before_the_hub_sees_it_nor_after_its_end(call: Call, world: World, case: UUID) -> None:
    for state in (State.submitted, State.closed, State.cancelled):
        async with world.db.write() as db:
            (await db.get_one(Consultation, case)).state = state
        assert (await ask(call, "doctor", case))[1]["reason"] == "wrong_state", state
        assert (await shown(call, "doctor", case))["studies"] == []


async def test_the_agreement_must_cover_reading(call: Call, world: World, case: UUID) -> None:
    (one,) = [each for each in await rows(world.db, Agreement) if each.branch_id == "wuxi"]
    async with world.db.write() as db:
        (await db.get_one(Agreement, one.id)).services = ["consultation"]
    assert (await ask(call, "expert", case))[1]["reason"] == "no_reading_agreement"


async def test_an_expert_is_no_radiologist(call: Call, world: World, case: UUID) -> None:
    """Who waits for the report sees it and cannot claim it."""
    await ask(call, "expert", case)
    (row,) = await rows(world.db, Reading)
    assert (await call("expert", "POST", f"/readings/{row.id}/claim", json={}))[0] == 403
    assert Role.radiologist not in world.actor("expert").roles


async def test_a_withdrawn_consent_ends_what_is_not_issued(call: Call, world: World, case: UUID) -> None:
    status, made = await ask(call, "expert", case)
    assert status == 201, made
    async with world.db.write() as db:
        [row] = (await db.exec(select(Reading))).all()
        assert row.consent_id is not None
        (await db.get_one(Consent, row.consent_id)).withdrawn_at = NOW
        kind = ConsentKind.patient
        news = ConsentWithdrawn(id=row.consent_id, number="C1", kind=kind, reason="患者撤回", still_consented=False)
        about = About("wuxi", "ruijin", activity="consultation", activity_id=case)
        for _ in range(2):
            await hearing.consent_withdrawn(db, Heard(new_id(), news, about, NOW, NOW))
    [row] = await rows(world.db, Reading)
    assert (row.state, row.due_at) == ("withdrawn", None)
    of_it = [each for each in await rows(world.db, CaseGrant) if each.activity_id == row.id]
    assert of_it
    assert all(each.ended_at is not None for each in of_it)
    told = {each.staff_id for each in await rows(world.db, Notice) if each.ladder == "reading_withdrawn"}
    assert told == {world.ids["doctor"], world.ids["expert"]}
