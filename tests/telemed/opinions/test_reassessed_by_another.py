"""A signed opinion rests on images that are not the patient's, and who signed it is away: another expert amends it."""

from typing import Any
from uuid import UUID

from telemed.access.grants import give, role_subject
from telemed.access.model import Account, Role
from telemed.activities import participants
from telemed.consultations.model import Consultation, activity
from telemed.consultations.sharing import READ
from telemed.consultations.words import State
from telemed.opinions.model import Opinion
from telemed.studies.model import LinkState
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import INSTEAD_OF_LEAD, act, instead
from tests.telemed.opinions.helpers import HASH, board, decided, opinion, save, sign, signed, take_stand


async def asked(call: Call, kind: str, *who: str) -> list[str]:
    """Who of these is asked for it."""
    homes = {each: (await call(each, "GET", "/home"))[1]["work"]["items"] for each in who}
    return [each for each, items in homes.items() if kind in [item["kind"] for item in items]]


async def signed_case(call: Call, world: World) -> tuple[UUID, Any]:
    """Signed by `expert`; the hub's coordinators see it."""
    id, out = await signed(call, world)
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert2"])).password_hash = HASH
        row = await db.get_one(Consultation, UUID(id))
        assert row.case_id is not None
        assert row.patient_id is not None
        await give(
            db,
            case_id=row.case_id,
            patient_id=row.patient_id,
            activity=activity(row.id),
            grantee=role_subject("ruijin", Role.coordinator),
            hospital_id="wuxi",
            allows=READ,
            purpose="accept",
            by=None,
            now=NOW,
        )
    return UUID(id), out


async def test_who_signed_stays_the_lead_as_long_as_the_opinion_stands(call: Call, world: World) -> None:
    id, _ = await signed_case(call, world)
    assert "replace_lead" not in (await call("coordinator", "GET", f"/consultations/{id}"))[1]["actions"]
    status, problem = await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2"))
    assert (status, problem["reason"]) == (409, "opinion_stands")


async def test_another_lead_amends_what_must_be_reassessed(call: Call, world: World) -> None:
    id, out = await signed_case(call, world)
    one = out["signed"][0]
    before = await call("doctor", "GET", f"/opinions/{one['id']}/record")
    await decided(world, LinkState.rejected)
    everybody = ("expert", "expert2", "doctor")
    assert await asked(call, "reassess", *everybody) == ["expert", "doctor"]
    assert "replace_lead" in (await call("coordinator", "GET", f"/consultations/{id}"))[1]["actions"]
    status, changed = await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2"))
    assert (status, changed.get("state")) == (200, "signed"), changed
    assert await asked(call, "reassess", *everybody) == ["expert2", "doctor"]
    theirs = await board(call, str(id), "expert")  # who signed it reads on, and neither amends nor co-signs it
    assert (theirs["may"]["amend"], theirs["may"]["stand"]) == (False, False)
    assert (await take_stand(call, str(id), "expert", "co_signed"))[1]["reason"] == "already_stood"
    path = f"/consultations/{id}/opinion/amendment"
    status, draft = await call("expert2", "POST", path, json={"reason": "影像非本患者"})
    assert status == 201, draft
    status, draft = await save(call, str(id), draft["version"], opinion(diagnosis="待查"), who="expert2")
    assert status == 200, draft
    assert await asked(call, "co_sign", "expert") == ["expert"]  # the text is another's now
    assert (await sign(call, str(id), draft["version"], who="expert2"))[0] == 200
    assert await asked(call, "reassess", *everybody) == []
    by = {each.number: each.signed_by for each in await rows(world.db, Opinion)}
    assert by == {1: world.ids["expert"], 2: world.ids["expert2"]}
    assert await call("doctor", "GET", f"/opinions/{one['id']}/record") == before


async def test_reopened_it_is_the_next_leads_to_reassess_and_who_signed_reads_on(call: Call, world: World) -> None:
    id, _ = await signed_case(call, world)
    await decided(world, LinkState.rejected)
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state = State.closed
        lead = await participants.one(db, id, world.ids["expert"])
        assert lead is not None
        lead.joined_at = None  # it was answered in writing: nothing but their text keeps them on it
    assert (await act(call, "doctor", id, "reopen", {"reason": "影像非本患者"}))[0] == 200
    assert (await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2")))[0] == 200
    assert await asked(call, "reassess", "expert", "expert2", "doctor") == ["expert2", "doctor"]
    assert (await board(call, str(id), "expert"))["signed"][0]["number"] == 1
