"""A lead expert who falls ill in answering: the new one goes on with their text or begins anew; it stays theirs."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.consultations.words import Mode
from telemed.db import Database
from telemed.history.model import EventRow
from telemed.opinions.events import OpinionTakenOver
from telemed.opinions.model import Opinion
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, instead, make_approved
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.opinions.helpers import HASH, opinion, save, sign

__all__ = ["submitted"]

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
