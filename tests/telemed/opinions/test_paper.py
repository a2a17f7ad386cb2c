"""A print to be signed by hand is signed by its scan only while it says what would be printed now."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import update

from telemed.cases.model import PacketItem
from telemed.consultations.model import Consultation
from telemed.opinions.model import Opinion
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import board, booked, consultation, opinion, save, sign


async def _paper(call: Call, id: str, version: int) -> dict[str, Any]:
    assert (await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=version))[0] == 200
    printed = (await board(call, id, "expert"))["draft"]["paper_sha256"]
    _, scan = await call("expert", "POST", "/files?kind=paper_opinion", data=b"%PDF-1.4\n" + b"0" * 64)
    return {"method": "paper", "password": None, "sha256": printed, "scan_id": scan["id"]}


async def test_a_print_that_names_another_signer_is_not_signed_by_the_lead_of_now(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    by_paper = await _paper(call, id, draft["version"])
    async with world.db.write() as db:
        (await db.get_one(Consultation, UUID(id))).lead_id = world.ids["expert2"]
    _, scan = await call("expert2", "POST", "/files?kind=paper_opinion", data=b"%PDF-1.4\n" + b"0" * 64)
    path = f"/consultations/{id}/opinion"
    body = by_paper | {"scan_id": scan["id"]}
    status, problem = await call("expert2", "POST", f"{path}/sign", match=draft["version"], json=body)
    assert (status, problem["reason"]) == (409, "others_draft")
    _, taken = await call("expert2", "POST", f"{path}/takeover", match=draft["version"], json={"keep": True})
    status, problem = await call("expert2", "POST", f"{path}/sign", match=taken["version"], json=body)
    assert (status, problem["reason"]) == (409, "paper_outdated")


async def test_a_print_of_one_session_is_not_signed_after_another(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    by_paper = await _paper(call, id, draft["version"])
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.ended_at = NOW + timedelta(minutes=20)
    status, problem = await sign(call, id, draft["version"], **by_paper)
    assert (status, problem["reason"]) == (409, "paper_outdated")
    assert (await sign(call, id, draft["version"], **await _paper(call, id, draft["version"])))[0] == 200


@pytest.mark.parametrize("rejected", [True, False])
async def test_a_print_is_not_signed_once_a_study_of_it_is_lost(call: Call, world: World, rejected: bool) -> None:
    """Another hospital's patient on it, or taken out of the packet: the refusal says what to do before printing."""
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    by_paper = await _paper(call, id, draft["version"])
    async with world.db.write() as db:
        if rejected:
            await db.exec(update(StudyLink).values(state=LinkState.rejected))
        else:
            await db.exec(update(PacketItem).values(withdrawn_version=2))
            (await db.get_one(Consultation, UUID(id))).packet_version = 2
    status, problem = await sign(call, id, draft["version"], **by_paper)
    assert (status, problem["reason"]) == (409, "basis_unconfirmed" if rejected else "basis_withdrawn")
    assert (await rows(world.db, Opinion))[0].signed_at is None
