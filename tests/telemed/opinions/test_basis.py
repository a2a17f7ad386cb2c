"""The opinion names the version of the packet that it rests on; nothing moves it there but its writer."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.cases.model import PacketItem
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.documents.record import Record
from telemed.documents.render import render
from telemed.history.model import EventRow
from telemed.opinions import recall, signing
from telemed.opinions.model import Opinion
from telemed.people.model import Patient
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import (
    board,
    booked,
    consultation,
    decided,
    key_image,
    opinion,
    packed,
    save,
    sign,
    signed,
    take_stand,
    text_of,
)
from tests.telemed.requests.helpers import upload

LATER = "1.2.826.0.1.3680043.8.498.2"


async def _rest_on(call: Call, id: str, draft: int, packet: int, who: str | None = "expert") -> tuple[int, Any]:
    body = {"packet_version": packet}
    return await call(who, "POST", f"/consultations/{id}/opinion/packet", match=draft, json=body)


async def _supplement(call: Call, id: str, title: str) -> None:
    item = {"kind": "file", "file_id": await upload(call), "title": title}
    status, made = await call("doctor", "POST", f"/consultations/{id}/packet", json=item)
    assert status == 201, made


async def _another_study(world: World, id: str) -> None:
    """A second study, confirmed, that came with version 2."""
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        assert row.case_id is not None
        db.add(packed(row.case_id, row.id, LATER, 2, "复查 CT"))
        db.add(StudyView(hospital_id="wuxi", study_uid=LATER, complete=True, received_at=NOW, changed_at=NOW))
        link = StudyLink(hospital_id="wuxi", study_uid=LATER, state=LinkState.confirmed, at=NOW)
        link.patient_id = row.patient_id
        db.add(link)
        row.packet_version = 2


async def _paper(call: Call, id: str, draft: int) -> dict[str, Any]:
    """The print to sign by hand, and a scan of it."""
    assert (await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft))[0] == 200
    _, scan = await call("expert", "POST", "/files?kind=paper_opinion", data=b"%PDF-1.4\n" + b"0" * 64)
    printed = (await board(call, id, "expert"))["draft"]["paper_sha256"]
    return {"method": "paper", "password": None, "sha256": printed, "scan_id": scan["id"]}


async def test_a_newer_packet_is_offered_with_what_is_new_and_moves_nothing_by_itself(call: Call, world: World) -> None:
    id = await consultation(world)
    assert (await board(call, id, "expert"))["draft"]["packet_version"] == 1
    _, draft = await save(call, id, 0, opinion())
    assert (draft["packet_version"], (await board(call, id, "expert"))["newer_packet"]) == (1, None)
    for title in ("复查肌钙蛋白", "复查心电图"):
        await _supplement(call, id, title)
    seen = await board(call, id, "expert")
    newer = seen["newer_packet"]
    assert (seen["draft"]["packet_version"], newer["version"], newer["withdrawn"]) == (1, 3, [])
    assert [each["title"] for each in newer["added"]] == ["复查肌钙蛋白", "复查心电图"]
    status, out = await sign(call, id, draft["version"])
    assert status == 200
    canonical = json.loads((await rows(world.db, Opinion))[0].canonical or "")
    (first, *_) = await rows(world.db, PacketItem)
    assert (canonical["packet_version"], canonical["packet"]) == (1, [str(first.id)])
    assert canonical["record"]["session"]["packet"] == "第 1 版：影像检查 1 项"
    (told,) = [each for each in await rows(world.db, EventRow) if each.type == "consultation.signed"]
    assert (told.data["packet_version"], out["signed"][0]["packet_version"]) == (1, 1)
    assert (await board(call, id))["newer_packet"]["version"] == 3, "whoever treats by it sees that more came later"


async def test_its_writer_rests_it_on_the_version_they_have_seen(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await _supplement(call, id, "复查肌钙蛋白")
    for who, status in ((None, 401), ("doctor", 403), ("expert2", 404)):
        assert (await _rest_on(call, id, draft["version"], 2, who))[0] == status
    assert (await _rest_on(call, id, draft["version"], 0))[0] == 422
    assert (await _rest_on(call, id, draft["version"] + 1, 2))[0] == 412
    await _supplement(call, id, "复查心电图")  # while the person looks at version 2
    status, problem = await _rest_on(call, id, draft["version"], 2)
    assert (status, problem["reason"]) == (412, "packet_changed")
    status, moved = await _rest_on(call, id, draft["version"], 3)
    assert (status, moved["packet_version"], moved["version"]) == (200, 3, draft["version"] + 1)
    assert (await board(call, id, "expert"))["newer_packet"] is None
    assert (await sign(call, id, draft["version"]))[0] == 412, "another tab still shows version 1"
    status, out = await sign(call, id, moved["version"])
    assert (status, out["signed"][0]["packet_version"]) == (200, 3)
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/record")
    assert "第3版：影像检查1项；其他资料2项" in text_of(pdf)


async def test_a_move_voids_a_paper_print_and_a_co_signature(call: Call, world: World) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    await booked(world, id, "expert2")
    assert (await take_stand(call, id, "expert2", "co_signed"))[0] == 200
    by_paper = await _paper(call, id, draft["version"])
    await _supplement(call, id, "复查肌钙蛋白")
    _, moved = await _rest_on(call, id, draft["version"], 2)
    assert moved["paper_sha256"] is None
    assert [each["lapsed"] for each in (await board(call, id, "expert"))["stands"]] == [True]
    status, problem = await sign(call, id, moved["version"], **by_paper)
    assert (status, problem["reason"]) == (409, "paper_outdated")


async def test_a_packet_that_nothing_had_locked_is_locked_by_the_first_words_of_the_opinion(
    call: Call, world: World
) -> None:
    """In writing there is no session whose start would do it."""
    id = await consultation(world)
    await _supplement(call, id, "检验")
    assert (await board(call, id, "expert"))["draft"]["packet_version"] == 1
    await save(call, id, 0, opinion())
    await _supplement(call, id, "复查")
    newer = (await board(call, id, "expert"))["newer_packet"]
    assert [each["title"] for each in newer["added"]] == ["复查"]


async def test_it_is_not_signed_on_images_that_were_withdrawn_until_it_rests_on_the_newer_packet(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    await save(call, id, 0, opinion())
    await _another_study(world, id)
    _, draft = await _rest_on(call, id, 1, 2)
    await decided(world, LinkState.rejected)
    newer = (await board(call, id, "expert"))["newer_packet"]
    assert (newer["version"], [each["title"] for each in newer["withdrawn"]]) == (3, ["主动脉 CTA"])
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"]) == (409, "basis_withdrawn")
    assert (problem["version"], problem["newest"], problem["studies"]) == (2, 3, ["主动脉 CTA"])
    status, _ = await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft["version"])
    assert status == 409
    _, draft = await _rest_on(call, id, draft["version"], 3)
    assert (await sign(call, id, draft["version"]))[0] == 200
    assert json.loads((await rows(world.db, Opinion))[0].canonical or "")["studies"] == [f"wuxi/{LATER}"]


async def test_it_is_not_signed_on_images_that_are_not_confirmed_although_the_packet_still_holds_them(
    call: Call, world: World
) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    async with world.db.write() as db:
        (await db.exec(select(StudyLink))).one().state = LinkState.proposed  # the news is on its way
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"], problem["studies"]) == (409, "basis_unconfirmed", ["主动脉 CTA"])


async def test_a_key_image_of_a_newer_packet_needs_the_opinion_to_rest_on_it(call: Call, world: World) -> None:
    id = await consultation(world)
    await save(call, id, 0, opinion())
    await _another_study(world, id)
    image = await key_image(call, study_uid=LATER)
    status, draft = await save(call, id, 1, opinion(key_images=[image]))
    assert status == 200
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"], problem["images"]) == (409, "image_of_newer_packet", ["k1"])
    _, draft = await _rest_on(call, id, draft["version"], 2)
    assert (await sign(call, id, draft["version"]))[0] == 200


async def test_an_amendment_begins_with_the_newest_packet(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await decided(world, LinkState.rejected)
    assert (await board(call, id))["newer_packet"]["version"] == 2
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "影像非本患者"})
    assert (out["signed"][0]["packet_version"], draft["packet_version"]) == (1, 2)
    assert (await sign(call, id, draft["version"]))[0] == 200


async def _allergy_found(call: Call, world: World) -> None:
    (patient,) = await rows(world.db, Patient)
    _, shown = await call("doctor", "GET", f"/patients/{patient.id}")
    kept = ("name", "sex", "birth_date", "estimated_age", "allergy", "allergy_text", "ward", "bed")
    new = {each: shown[each] for each in kept} | {"allergy_text": "青霉素、碘造影剂"}
    assert (await call("doctor", "PUT", f"/patients/{patient.id}", match=shown["version"], json=new))[0] == 200


async def _prints_voided(call: Call, world: World) -> None:
    """As a change of identity does."""
    (patient,) = await rows(world.db, Patient)
    async with world.db.write() as db:
        await recall.void_prints(db, patient.id)


async def _sent_home(call: Call, world: World) -> None:
    async with world.db.write() as db:
        row = (await db.exec(select(Consultation))).one()
        row.patient_present = False


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch, call: Call, world: World) -> Any:
    """`change` happens once the record was prepared, while it is being set."""

    def between(change: Any) -> None:
        async def slow(record: Record, at: datetime) -> bytes:
            monkeypatch.setattr(signing, "render", render)
            await change(call, world)
            return await render(record, at)

        monkeypatch.setattr(signing, "render", slow)

    return between


@pytest.mark.parametrize("change", [_allergy_found, _sent_home])
async def test_what_changes_while_it_is_being_signed_is_not_signed(
    call: Call, world: World, meanwhile: Any, change: Any
) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    meanwhile(change)
    status, problem = await sign(call, id, draft["version"])
    assert (status, problem["reason"]) == (412, "record_changed")
    assert [each.signed_at for each in await rows(world.db, Opinion)] == [None]
    assert (await board(call, id, "expert"))["state"] == State.answering


@pytest.mark.parametrize("change", [_allergy_found, _sent_home])
async def test_what_changes_while_it_is_being_printed_is_not_printed(
    call: Call, world: World, meanwhile: Any, change: Any
) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    meanwhile(change)
    status, problem = await call("expert", "POST", f"/consultations/{id}/opinion/paper", match=draft["version"])
    assert (status, problem["reason"]) == (412, "record_changed")
    assert (await board(call, id, "expert"))["draft"]["paper_sha256"] is None


async def test_a_print_voided_while_its_scan_is_being_bound_is_not_signed(
    call: Call, world: World, meanwhile: Any
) -> None:
    id = await consultation(world)
    _, draft = await save(call, id, 0, opinion())
    by_paper = await _paper(call, id, draft["version"])
    meanwhile(_prints_voided)
    status, problem = await sign(call, id, draft["version"], **by_paper)
    assert (status, problem["reason"]) == (409, "paper_outdated")
