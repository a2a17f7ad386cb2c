"""The packet: what answers the checklist, what may enter it, and what a lock means."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.bridge import packets
from telemed.cases import service as cases
from telemed.cases.model import PacketItem
from telemed.consultations.model import Consultation
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.requests import papers
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.news import decided
from tests.telemed.requests.helpers import PDF, complete, draft, get, patient, upload


async def _draft(call: Call) -> dict[str, Any]:
    return await draft(call, patient_id=(await patient(call))["id"])


async def _study(world: World, row: dict[str, Any], uid: str, link: LinkState) -> None:
    async with world.db.write() as db:
        db.add(
            StudyView(
                hospital_id="wuxi",
                study_uid=uid,
                description="主动脉 CTA",
                received_at=NOW,
                changed_at=NOW,
                modalities=["CT"],
            )
        )
        patient_id = UUID(row["patient"]["id"])
        db.add(StudyLink(hospital_id="wuxi", study_uid=uid, patient_id=patient_id, state=link, at=NOW))


async def test_a_file_answers_the_checklist_and_takes_the_place_of_the_reason(call: Call, world: World) -> None:
    row = await _draft(call)
    path = f"/consultations/{row['id']}/packet"
    why = {"kind": "not_done", "checklist": "ecg", "reason": "设备维修"}
    assert (await call("doctor", "POST", path, json=why))[0] == 201
    item = {"kind": "file", "checklist": "ecg", "file_id": await upload(call)}
    status, made = await call("doctor", "POST", path, json=item)
    assert (status, made["title"], made["version"]) == (201, "scan.pdf", 1)
    packet = (await get(call, row["id"]))["packet"]
    assert [each["kind"] for each in packet] == ["file"]
    assert {"packet.added", "packet.withdrawn"} <= {each.type for each in await rows(world.db, EventRow)}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"kind": "file"}, "file_needed"),
        ({"kind": "study"}, "study_needed"),
        ({"kind": "not_done", "checklist": "ecg", "reason": "  "}, "reason_needed"),
        ({"kind": "not_done", "reason": "无"}, "reason_needed"),
        ({"kind": "study", "study_uid": "1.2.3"}, "study_not_confirmed"),
    ],
)
async def test_what_makes_no_item_is_refused(call: Call, item: dict[str, Any], reason: str) -> None:
    row = await _draft(call)
    status, problem = await call("doctor", "POST", f"/consultations/{row['id']}/packet", json=item)
    assert (status, problem["reason"]) == (422, reason)


async def test_a_repeated_file_is_one_paper_but_may_answer_two_items(call: Call, world: World) -> None:
    row = await _draft(call)
    path = f"/consultations/{row['id']}/packet"

    async def add(checklist: str | None) -> str:
        status, sent = await call("doctor", "POST", "/files?kind=attachment&name=scan.pdf", data=PDF)
        assert status == 201
        item = {"kind": "file", "checklist": checklist, "file_id": sent["id"]}
        status, made = await call("doctor", "POST", path, json=item)
        assert status == 201
        return str(made["id"])

    loose, ecg = await add(None), await add("ecg")
    assert loose != ecg
    assert await add("ecg") == ecg
    assert await add(None) in (loose, ecg)
    laboratory = await add("laboratory")
    assert [each["id"] for each in (await get(call, row["id"]))["packet"]] == [loose, ecg, laboratory]
    assert [each.type for each in await rows(world.db, EventRow)].count("packet.added") == 3


async def test_only_the_branch_adds_and_only_who_sees_it(call: Call) -> None:
    row, item = await _draft(call), {"kind": "not_done", "checklist": "ecg", "reason": "无"}
    path = f"/consultations/{row['id']}/packet"
    for who, expected in ((None, 401), ("jiashan_doctor", 404), ("expert", 403), ("reviewer", 403)):
        assert (await call(who, "POST", path, json=item))[0] == expected


async def test_an_item_can_be_taken_out_again(call: Call) -> None:
    row = await complete(call)
    path = f"/consultations/{row['id']}/packet/{row['packet'][0]['id']}"
    assert (await call("jiashan_doctor", "DELETE", path))[0] == 404
    assert (await call("doctor", "DELETE", path))[0] == 204
    assert (await call("doctor", "DELETE", path))[0] == 404
    assert (await get(call, row["id"]))["missing"] == ["checklist.ecg"]


async def test_a_locked_version_keeps_what_it_showed(call: Call, world: World) -> None:
    row = await complete(call)
    async with world.db.write() as db:
        (await db.get_one(Consultation, UUID(row["id"]))).packet_locked_at = NOW + timedelta(hours=1)
    path = f"/consultations/{row['id']}/packet"
    added = {"kind": "file", "checklist": "ecg", "file_id": await upload(call)}
    _, made = await call("doctor", "POST", path, json=added)
    assert made["version"] == 2
    kept = await rows(world.db, PacketItem)
    replaced = next(each for each in kept if each.checklist == "ecg" and each.kind == "not_done")
    assert (replaced.version, replaced.withdrawn_version) == (1, 2)
    async with world.db.read() as db:
        assert len(await cases.packet(db, UUID(row["id"]))) == 3
        assert len(await cases.packet(db, UUID(row["id"]), withdrawn=True)) == 4
    assert (await get(call, row["id"]))["packet_version"] == 2


async def test_a_named_study_enters_the_packet_once_it_is_confirmed(call: Call, world: World) -> None:
    row = await complete(call)
    content = {"no_images": False, "studies": [{"uid": "1.2.3"}]}
    _, row = await call("doctor", "PATCH", f"/requests/{row['id']}", match=row["version"], json={"content": content})
    await _study(world, row, "1.2.3", LinkState.confirmed)
    await _study(world, row, "1.2.4", LinkState.confirmed)  # not named: stays out
    for _ in range(2):  # news may come twice
        async with world.db.write() as db:
            await papers.study_confirmed(db, UUID(row["patient"]["id"]), NOW)
    assert [
        each.study_uid
        for each in await rows(world.db, PacketItem)
        if each.kind == "study" and each.withdrawn_version is None
    ] == ["1.2.3"]
    shown = await get(call, row["id"])
    assert {each["study_uid"] for each in shown["studies"]} == {"1.2.3", "1.2.4"}


async def test_what_was_uploaded_is_named_in_the_request(call: Call, world: World) -> None:
    row = await complete(call)  # it said that no images were needed
    await _study(world, row, "1.2.3", LinkState.confirmed)
    path = f"/consultations/{row['id']}/uploaded"
    for _ in range(2):  # told again, it is not named twice
        status, told = await call("doctor", "POST", path, json={"study_uids": ["1.2.3"]})
        assert status == 200
    assert [(each["uid"], each["description"]) for each in told["content"]["studies"]] == [("1.2.3", "主动脉 CTA")]
    assert told["content"]["no_images"] is False
    for who, expected in ((None, 401), ("expert", 403), ("jiashan_doctor", 404)):
        assert (await call(who, "POST", path, json={"study_uids": ["9"]}))[0] == expected


async def test_a_request_names_no_more_studies_than_it_can_be_read_with(call: Call, world: World) -> None:
    row = await complete(call)
    path = f"/consultations/{row['id']}/uploaded"
    assert (await call("doctor", "POST", path, json={"study_uids": ["not a uid"]}))[0] == 422
    first = {"study_uids": [f"1.2.{n}" for n in range(30)]}
    assert (await call("doctor", "POST", path, json=first))[0] == 200
    status, problem = await call("doctor", "POST", path, json={"study_uids": ["1.3"]})
    assert (status, problem["reason"], problem["most"]) == (422, "too_many_studies", 30)
    assert len((await get(call, row["id"]))["content"]["studies"]) == 30


async def test_a_study_that_was_never_the_patients_leaves_the_packet(call: Call, world: World) -> None:
    row = await complete(call)
    content = {"no_images": False, "studies": [{"uid": "1.2.3"}]}
    _, row = await call("doctor", "PATCH", f"/requests/{row['id']}", match=row["version"], json={"content": content})
    await _study(world, row, "1.2.3", LinkState.confirmed)
    for state in (LinkState.confirmed, LinkState.rejected):
        async with world.db.write() as db:
            await packets.consume(db, await decided(db, "1.2.3", state))
        there = [
            each.study_uid
            for each in await rows(world.db, PacketItem)
            if each.kind == "study" and each.withdrawn_version is None
        ]
        assert there == (["1.2.3"] if state == "confirmed" else [])


async def test_a_study_that_turns_out_to_be_another_patients_leaves_the_first_ones_packet(
    call: Call, world: World
) -> None:
    row = await complete(call)
    content = {"no_images": False, "studies": [{"uid": "1.2.3"}]}
    _, row = await call("doctor", "PATCH", f"/requests/{row['id']}", match=row["version"], json={"content": content})
    await _study(world, row, "1.2.3", LinkState.confirmed)
    for whose, held in ((UUID(row["patient"]["id"]), ["1.2.3"]), (new_id(), [])):
        async with world.db.write() as db:
            await packets.consume(db, await decided(db, "1.2.3", LinkState.confirmed, whose))
        assert [
            each.study_uid
            for each in await rows(world.db, PacketItem)
            if each.kind == "study" and each.withdrawn_version is None
        ] == held


async def test_whom_the_case_is_granted_sees_the_studies_it_names_and_nothing_else_of_the_patient(
    call: Call, world: World
) -> None:
    row = await complete(call)
    content = {"no_images": False, "studies": [{"uid": "1.2.3"}]}
    _, row = await call("doctor", "PATCH", f"/requests/{row['id']}", match=row["version"], json={"content": content})
    await _study(world, row, "1.2.3", LinkState.confirmed)
    await _study(world, row, "1.2.4", LinkState.confirmed)
    await _study(world, row, "1.2.5", LinkState.proposed)
    row = await get(call, row["id"])
    for act, who in (("submit", "doctor"), ("endorse", "chief"), ("approve", "reviewer")):
        path = f"/requests/{row['id']}/submit" if act == "submit" else f"/consultations/{row['id']}/{act}"
        status, row = await call(who, "POST", path, match=row["version"])
        assert status == 200, row

    async def seen(who: str, path: str) -> set[str]:
        _, found = await call(who, "GET", f"/{path}/{row['id']}")
        return {each["study_uid"] for each in found["studies"]}

    assert await seen("doctor", "requests") == {"1.2.3", "1.2.4", "1.2.5"}
    assert await seen("coordinator", "requests") == {"1.2.3"}
    assert await seen("doctor", "consultations") == {"1.2.3", "1.2.5"}
    assert await seen("coordinator", "consultations") == {"1.2.3"}
