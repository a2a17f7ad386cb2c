"""Who writes while another is in the middle of it waits, and goes on from what the other wrote."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.bridge.identity import record_changed
from telemed.cases.model import ItemKind, PacketItem
from telemed.cases.schemas import PacketItemIn
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.history import reading
from telemed.history.events import About
from telemed.history.model import EventRow
from telemed.history.service import emit
from telemed.people import patients
from telemed.people.model import Patient, Sex
from telemed.people.schemas import PatientIn
from telemed.requests import papers
from telemed.rooms.events import DeviceTested
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import STUDY, consultation

NUMBER = {"number": "0026118842"}


async def test_the_hospital_system_and_a_correction_by_hand_both_count(call: Call, world: World) -> None:
    """Somebody types another name while a colleague reads the patient again: the last word is told as a change."""
    _, found = await call("doctor", "POST", "/patients/admitted", json=NUMBER)
    id = UUID(found["patient"]["id"])
    new = PatientIn(name="陈元山", sex=Sex.male, birth_date=found["patient"]["birth_date"])
    async with world.db.write() as db:
        await patients.change(db, world.actor("doctor2"), id, 1, new, record_changed, NOW)
        await db.flush()
        again = asyncio.ensure_future(call("doctor", "POST", "/patients/admitted", json=NUMBER))
        await until_blocked(world.db, again)
    status, _ = await again
    assert status == 200
    (kept,) = await rows(world.db, Patient)
    assert (kept.name, kept.version) == ("陈远山", 3)
    told = [each for each in await rows(world.db, EventRow) if each.type == "patient.identity_changed"]
    assert [each.data["fields"] for each in told] == [["name"], ["name"]]


async def _locked_packet(world: World) -> Consultation:
    """In its first version, which is fixed, with the study of the consultation in it."""
    id = await consultation(world, State.in_progress)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.packet_locked_at = NOW
    return row


async def _while_a_paper_is_added(
    world: World, row: Consultation, other: Callable[[AsyncSession], Awaitable[None]]
) -> None:
    async def beside() -> None:
        async with world.db.write() as db:
            await other(db)

    paper = PacketItemIn(kind=ItemKind.not_done, checklist="ecg", reason="设备维修")
    async with world.db.write() as db:
        await papers.add(db, world.actor("doctor"), row.id, paper, NOW)
        await db.flush()
        task = asyncio.create_task(beside())
        await until_blocked(world.db, task)
    await task


async def _versions(world: World) -> tuple[int, list[tuple[str | None, int, int | None]]]:
    """The packet's number, and of each item what it is, since which version it is there and since which it is gone."""
    (row,) = await rows(world.db, Consultation)
    items = [(each.study_uid, each.version, each.withdrawn_version) for each in await rows(world.db, PacketItem)]
    return row.packet_version, sorted(items, key=lambda each: each[1])


async def test_a_study_that_leaves_while_a_paper_comes_makes_a_version_of_its_own(world: World) -> None:
    row = await _locked_packet(world)
    await _while_a_paper_is_added(world, row, lambda db: papers.study_left(db, "wuxi", STUDY, None, NOW))
    assert await _versions(world) == (3, [(STUDY, 1, 3), (None, 2, None)])


async def test_a_study_that_is_confirmed_while_a_paper_comes_makes_a_version_of_its_own(world: World) -> None:
    row = await _locked_packet(world)
    assert row.patient_id is not None
    patient = row.patient_id
    async with world.db.write() as db:
        kept = await db.get_one(Consultation, row.id)
        kept.request = row.request | {"studies": [{"uid": STUDY}, {"uid": "1.2.9"}]}
        link = StudyLink(hospital_id="wuxi", study_uid="1.2.9", state=LinkState.confirmed, at=NOW)
        link.patient_id = patient
        db.add(link)
        db.add(StudyView(hospital_id="wuxi", study_uid="1.2.9", received_at=NOW, changed_at=NOW))
    await _while_a_paper_is_added(world, row, lambda db: papers.study_confirmed(db, patient, NOW))
    assert await _versions(world) == (3, [(STUDY, 1, None), (None, 2, None), ("1.2.9", 3, None)])


@pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
async def test_an_event_that_commits_late_is_read_by_who_follows_the_log(
    call: Call, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "UNWRITTEN", timedelta(0))
    tested, after = DeviceTested(camera=True, microphone=True, network=True), ""

    async def read_on() -> list[str]:
        nonlocal after
        _, page = await call("admin", "GET", "/history", params={"after": after} if after else {})
        after = page["next"]
        return [each["id"] for each in page["items"]]

    async with world.db.write() as db:
        late = emit(db, tested, About("ruijin"), NOW)
        await db.flush()
        async with world.db.write() as beside:
            early = emit(beside, tested, About("ruijin"), NOW)
        assert await read_on() == []
    assert await read_on() == [str(late), str(early)]
    assert await read_on() == []
