"""会诊中补充: what comes in mid-call makes the packet's next version and is told as an event of its own."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.bridge import packets
from telemed.cases.model import PacketItem
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.history.model import EventRow
from telemed.kit.events import Outbox
from telemed.requests import papers
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import act, make_scheduled, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.news import study_news
from tests.telemed.requests.helpers import upload


async def _page(call: Call, id: UUID, who: str = "expert") -> dict[str, Any]:
    status, page = await call(who, "GET", f"/consultations/{id}")
    assert status == 200
    found: dict[str, Any] = page
    return found


async def _add(call: Call, id: UUID, file: str | None = None) -> dict[str, Any]:
    item = {"kind": "file", "file_id": file or await upload(call), "title": "复查肌钙蛋白"}
    status, made = await call("doctor", "POST", f"/consultations/{id}/packet", json=item)
    assert status == 201, made
    found: dict[str, Any] = made
    return found


async def _in_call(world: World, id: UUID) -> None:
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)


async def test_it_is_told_with_person_and_time_and_makes_the_next_version(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await _in_call(world, id)
    before = await _page(call, id)
    assert (before["state"], before["packet_version"]) == (State.in_progress, 1)
    made = await _add(call, id)
    page = await _page(call, id)
    assert (made["version"], made["supplement"], page["packet_version"]) == (2, True, 2)
    (told,) = [each for each in page["history"] if each["type"] == "packet.supplemented"]
    assert (told["actor_name"], told["occurred_at"]) == ("doctor", "2026-03-02T01:00:00Z")
    assert (told["data"]["title"], told["data"]["version"]) == ("复查肌钙蛋白", 2)
    (news,) = [each for each in await rows(world.db, Outbox) if each.type == "packet.supplemented"]
    assert (news.data["activity_id"], news.data["hospital_id"]) == (str(id), "wuxi")


@pytest.mark.parametrize("missing", [True, False])
async def test_what_started_unready_is_locked_by_its_start(
    call: Call, submitted: Made, world: World, venue: UUID, missing: bool
) -> None:
    """A session that begins with items missing was never ready, so nothing had locked its packet."""
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, NOW - timedelta(hours=30) if missing else NOW)
    await _in_call(world, id)
    if missing:
        assert (await act(call, "expert", id, "start", {"reason": "病情急"}))[0] == 200
    page = await _page(call, id)
    assert (page["state"], page["packet_version"]) == (State.in_progress, 1)
    assert page["packet_locked_at"] == "2026-03-02T01:00:00Z"
    assert [(await _add(call, id))["version"] for _ in range(2)] == [2, 3]


async def test_a_paper_that_was_there_already_takes_no_version_back(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    first = await _add(call, id)
    await _in_call(world, id)
    await _add(call, id)
    again = {"kind": "file", "file_id": first["file_id"], "title": "复查肌钙蛋白"}
    status, made = await call("doctor", "POST", f"/consultations/{id}/packet", json=again)
    assert (status, made["id"]) == (201, first["id"])
    assert (await _page(call, id))["packet_version"] == 2


async def test_images_sent_in_mid_call_are_told_as_sent_by_who_sent_them(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await _in_call(world, id)
    async with world.db.write() as db:
        link = StudyLink(hospital_id="wuxi", study_uid="1.2.9", state=LinkState.confirmed, at=NOW)
        link.patient_id = UUID((await _page(call, id))["patient"]["id"])
        db.add(link)
        db.add(StudyView(hospital_id="wuxi", study_uid="1.2.9", description="复查 CT", received_at=NOW, changed_at=NOW))
    sent = {"study_uids": ["1.2.9"]}
    assert (await call("radiographer", "POST", f"/consultations/{id}/uploaded", json=sent))[0] == 200
    told = [each for each in await rows(world.db, EventRow) if each.type == "packet.supplemented"]
    assert [(each.actor_name, each.data["title"]) for each in told if each.data["title"] == "复查 CT"] == [
        ("radiographer", "复查 CT")
    ]
    async with world.db.write() as db:  # the news that it is the patient's comes as well
        await papers.study_confirmed(db, link.patient_id, NOW)
    assert len(told) == len([each for each in await rows(world.db, EventRow) if each.type == "packet.supplemented"])


async def test_a_study_that_is_confirmed_in_mid_call_is_told_as_confirmed_by_whom(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await _in_call(world, id)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.request = row.request | {"studies": [*row.request["studies"], {"uid": "1.2.9"}]}
        link = StudyLink(hospital_id="wuxi", study_uid="1.2.9", state=LinkState.proposed, at=NOW)
        db.add(link)
        db.add(StudyView(hospital_id="wuxi", study_uid="1.2.9", description="复查 CT", received_at=NOW, changed_at=NOW))
    said = {"patient_id": str(row.patient_id), "reason": "与腕带核对"}
    status, answer = await call("radiographer", "POST", f"/studies/{link.id}/confirm", match=1, json=said)
    assert status == 200, answer
    async with world.db.write() as db:
        await packets.consume(db, study_news("1.2.9", row.patient_id, LinkState.confirmed))
    (told,) = [each for each in await rows(world.db, EventRow) if each.data.get("title") == "复查 CT"]
    assert (told.type, told.actor_name, told.actor_id) == (
        "packet.supplemented",
        "radiographer",
        world.ids["radiographer"],
    )
    (item,) = [each for each in await rows(world.db, PacketItem) if each.study_uid == "1.2.9"]
    assert (item.added_by, item.supplement) == (world.ids["radiographer"], True)


async def test_what_it_began_without_is_named_paper_by_paper_with_the_reason(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, NOW - timedelta(hours=30))
    async with world.db.write() as db:
        await db.delete((await db.exec(select(PacketItem).where(PacketItem.checklist == "ecg"))).one())
    await _in_call(world, id)
    assert (await act(call, "expert", id, "start", {"reason": "病情急"}))[0] == 200
    page = await _page(call, id)
    assert page["started_with_missing"] == ["devices_hub", "devices_branch", "checklist.ecg"]
    assert page["missing_reason"] == "病情急"
