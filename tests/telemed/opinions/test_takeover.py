"""A lead expert who falls ill in answering: the new one goes on with their text or begins anew; it stays theirs."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.cases.events import ConsentRecorded
from telemed.cases.model import Consent
from telemed.consultations.service import consents_changed
from telemed.consultations.words import Mode
from telemed.db import Database
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.opinions.events import OpinionTakenOver
from telemed.opinions.model import Opinion
from telemed.opinions.service import OpinionsOf
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, instead, make_approved, make_booked
from tests.telemed.consultations.conftest import Made, everything_ready, submitted, venue
from tests.telemed.news import news
from tests.telemed.opinions.helpers import HASH, opinion, save, sign

__all__ = ["submitted", "venue"]

ILL = "考虑急性主动脉夹层"


@pytest.fixture
async def replaced(call: Call, submitted: Made, world: World, db: Database) -> UUID:
    """Half written by the first lead expert, then another is named."""
    id = await make_approved(call, submitted, mode=Mode.written)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    assert (await save(call, str(id), 0, opinion(diagnosis=ILL)))[0] == 200
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    async with db.write() as session:
        (await session.get_one(Account, world.ids["expert2"])).password_hash = HASH
    return id


async def board(call: Call, who: str, id: UUID) -> Any:
    status, found = await call(who, "GET", f"/consultations/{id}/opinion")
    assert status == 200, found
    return found


async def take_over(call: Call, who: str, id: UUID, version: int, *, keep: bool) -> tuple[int, Any]:
    path = f"/consultations/{id}/opinion/takeover"
    return await call(who, "POST", path, match=version, json={"keep": keep})


async def test_until_they_decide_the_new_lead_reads_it_and_writes_nothing(call: Call, replaced: UUID) -> None:
    found = await board(call, "expert2", replaced)
    assert (found["author"], found["draft"]["content"]["diagnosis"]) == ("expert", ILL)
    assert (found["may"]["write"], found["may"]["sign"], found["may"]["take_over"]) == (False, False, True)
    status, problem = await save(call, str(replaced), found["draft"]["version"], opinion(), who="expert2")
    assert (status, problem["reason"]) == (409, "others_draft")


async def test_they_go_on_with_the_text_and_sign_it_as_theirs(call: Call, replaced: UUID, db: Database) -> None:
    version = (await board(call, "expert2", replaced))["draft"]["version"]
    status, draft = await take_over(call, "expert2", replaced, version, keep=True)
    assert (status, draft["content"]["diagnosis"]) == (200, ILL)
    found = await board(call, "expert2", replaced)
    assert (found["author"], found["may"]["write"], found["may"]["sign"]) == ("expert2", True, True)
    (former,) = found["former"]
    assert (former["author"], former["continued"], former["content"]) == ("expert", True, None)
    assert (await sign(call, str(replaced), draft["version"], who="expert2"))[0] == 200
    (signed,) = await rows(db, Opinion)
    assert signed.signed_by == signed.author_id
    (told,) = [each for each in await rows(db, EventRow) if each.type == OpinionTakenOver.type]
    assert (told.data["before_name"], told.data["kept"]) == ("expert", True)


async def test_they_begin_anew_and_the_former_text_stays_readable_for_who_wrote_it(call: Call, replaced: UUID) -> None:
    assert (await board(call, "expert", replaced))["draft"]["content"]["diagnosis"] == ILL
    version = (await board(call, "expert2", replaced))["draft"]["version"]
    _, draft = await take_over(call, "expert2", replaced, version, keep=False)
    assert draft["content"]["diagnosis"] == ""
    theirs = await board(call, "expert", replaced)
    assert [each["content"]["diagnosis"] for each in theirs["former"]] == [ILL]
    assert theirs["may"]["write"] is False
    status, problem = await save(call, str(replaced), draft["version"], opinion())
    assert (status, problem["reason"]) == (403, "not_lead")


async def test_it_is_taken_over_once_by_the_lead_and_as_it_was_read(call: Call, replaced: UUID) -> None:
    version = (await board(call, "expert2", replaced))["draft"]["version"]
    assert (await take_over(call, "expert", replaced, version, keep=True))[1]["reason"] == "not_lead"
    assert (await take_over(call, "expert2", replaced, version + 1, keep=True))[0] == 412
    assert (await take_over(call, "expert2", replaced, version, keep=True))[0] == 200
    assert (await take_over(call, "expert2", replaced, version + 1, keep=True))[1]["reason"] == "own_draft"


async def test_the_senior_doctor_answers_for_a_requesting_doctor_who_is_away(call: Call, replaced: UUID) -> None:
    version = (await board(call, "expert2", replaced))["draft"]["version"]
    _, draft = await take_over(call, "expert2", replaced, version, keep=True)
    await sign(call, str(replaced), draft["version"], who="expert2")
    found = await board(call, "chief", replaced)
    assert found["may"]["answer"]
    why = {"reply": "not_adopted", "reason": "患者已转院"}
    answers = {"answers": [{"advice_id": each["id"], **why} for each in found["advice"]]}
    assert (await act(call, "chief", replaced, "acknowledgement", answers))[0] == 200
    assert (await act(call, "chief", replaced, "close"))[1]["state"] == "closed"


async def test_the_branch_sees_nothing_of_what_is_not_signed(call: Call, replaced: UUID) -> None:
    version = (await board(call, "expert2", replaced))["draft"]["version"]
    await take_over(call, "expert2", replaced, version, keep=True)
    found = await board(call, "doctor", replaced)
    assert (found["draft"], found["author"], found["former"]) == (None, "", [])


async def sees(call: Call, who: str, id: UUID) -> bool:
    return (await call(who, "GET", f"/consultations/{id}/opinion"))[0] == 200


@pytest.mark.parametrize("taken", [False, True], ids=["the draft is theirs still", "it was taken over"])
async def test_a_consent_given_again_opens_it_again_to_the_former_lead_who_wrote(
    call: Call, replaced: UUID, world: World, *, taken: bool
) -> None:
    if taken:
        version = (await board(call, "expert2", replaced))["draft"]["version"]
        assert (await take_over(call, "expert2", replaced, version, keep=False))[0] == 200
    await everything_ready(world, replaced)
    (consent,) = await rows(world.db, Consent)
    withdrawn = await call("doctor", "POST", f"/consents/{consent.id}/withdraw", match=1, json={"reason": "家属要求"})
    assert withdrawn[0] == 200, withdrawn
    assert not await sees(call, "expert", replaced)
    async with world.db.write() as db:
        (await db.get_one(Consent, consent.id)).withdrawn_at = None
        said = ConsentRecorded(id=consent.id, number="", kind=consent.kind)
        about = About("wuxi", activity="consultation", activity_id=replaced)
        await consents_changed(db, news(said, about), OpinionsOf())
    theirs = await board(call, "expert", replaced)
    assert (theirs["former"][0]["content"] if taken else theirs["draft"]["content"])["diagnosis"] == ILL
    assert theirs["may"]["write"] is False
    assert not await sees(call, "neurologist", replaced)


async def closed(call: Call, id: UUID) -> None:
    """Taken over, signed by the second lead, answered and closed."""
    version = (await board(call, "expert2", id))["draft"]["version"]
    _, draft = await take_over(call, "expert2", id, version, keep=False)
    status, saved = await save(call, str(id), draft["version"], opinion(), who="expert2")
    assert status == 200, saved
    assert (await sign(call, str(id), saved["version"], who="expert2"))[0] == 200
    why = {"reply": "not_adopted", "reason": "患者已转院"}
    advice = (await board(call, "doctor", id))["advice"]
    answers = {"answers": [{"advice_id": each["id"], **why} for each in advice]}
    assert (await act(call, "doctor", id, "acknowledgement", answers))[0] == 200
    assert (await act(call, "doctor", id, "close"))[1]["state"] == "closed"


async def test_reopening_opens_it_again_to_the_former_lead_who_wrote(
    call: Call, replaced: UUID, clock: FakeClock
) -> None:
    await closed(call, replaced)
    clock.move(days=8)
    assert not await sees(call, "expert", replaced)
    assert (await act(call, "doctor", replaced, "reopen", {"reason": "病情变化"}))[0] == 200
    assert [each["content"]["diagnosis"] for each in (await board(call, "expert", replaced))["former"]] == [ILL]


async def test_an_amendment_that_a_former_lead_began_is_dropped_only_once_it_is_taken_over(
    call: Call, replaced: UUID, world: World
) -> None:
    await closed(call, replaced)
    path = f"/consultations/{replaced}/opinion/amendment"
    assert (await call("expert2", "POST", path, json={"reason": "补充"}))[0] == 201
    assert (await act(call, "doctor", replaced, "reopen", {"reason": "病情变化"}))[0] == 200
    draft = (await board(call, "expert2", replaced))["draft"]
    status, draft = await save(call, str(replaced), draft["version"], opinion(diagnosis="补充诊断"), who="expert2")
    assert status == 200, draft
    assert (await act(call, "coordinator", replaced, INSTEAD_OF_LEAD, instead(world, "expert")))[0] == 200
    status, problem = await call("expert", "DELETE", path)
    assert (status, problem["reason"]) == (409, "others_draft")
    assert (await board(call, "expert2", replaced))["draft"]["content"]["diagnosis"] == "补充诊断"
    assert (await take_over(call, "expert", replaced, draft["version"], keep=False))[0] == 200
    assert (await call("expert", "DELETE", path))[0] == 204
    kept = [each["content"] for each in (await board(call, "expert2", replaced))["former"]]
    assert [each["diagnosis"] for each in kept if each] == ["补充诊断"]


async def test_a_former_lead_who_was_added_and_removed_again_still_reads_what_they_wrote(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    assert (await save(call, str(id), 0, opinion(diagnosis=ILL)))[0] == 200
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    former = world.ids["expert"]
    added = await call("coordinator", "POST", f"/consultations/{id}/experts", json={"staff_id": str(former)})
    assert added[0] == 200, added
    assert (await call("coordinator", "DELETE", f"/consultations/{id}/experts/{former}"))[0] == 200
    assert (await board(call, "expert", id))["draft"]["content"]["diagnosis"] == ILL
