"""A patient's identity changes: each thing that rests on it is judged again, in the transaction of the change."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.cases.model import PacketItem
from telemed.consultations.materials import held_by
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.history.model import EventRow
from telemed.opinions.model import OpinionPage
from telemed.people.model import Allergy, Patient, Sex
from telemed.scheduling.model import Booking, BookingKind, BookingState
from telemed.studies.model import LinkState, StudyLink, StudyView
from telemed.studies.rules import Header, evidence, still_holds
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import STUDY, consultation, opinion, save, sign, signed, text_of


async def _agreeing(world: World, id: str) -> None:
    """The header of the study says what the record says, and the packet holds it."""
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        view = (await db.exec(select(StudyView))).one()
        link = (await db.exec(select(StudyLink))).one()
        assert row.patient_id is not None
        view.patient_name, view.patient_number, view.patient_sex = "陈^远山", str(row.patient_id), "M"
        link.evidence = {
            each: {"header": "", "record": "", "agrees": True} for each in ("number", "name", "sex", "birth_date")
        }
        row.packet_locked_at = NOW


async def _change(call: Call, world: World, **fields: Any) -> None:
    (patient,) = await rows(world.db, Patient)
    _, shown = await call("doctor", "GET", f"/patients/{patient.id}")
    kept = ("name", "sex", "birth_date", "estimated_age", "allergy", "allergy_text", "ward", "bed")
    new = {each: shown[each] for each in kept} | fields
    status, answer = await call("doctor", "PUT", f"/patients/{patient.id}", match=shown["version"], json=new)
    assert status == 200, answer


async def test_a_study_that_no_longer_agrees_waits_to_be_confirmed_outside_packet_and_grants(
    call: Call, world: World
) -> None:
    id = await consultation(world, State.in_progress)
    await _agreeing(world, id)
    await _change(call, world, sex="female")
    (link,) = await rows(world.db, StudyLink)
    assert (link.state, link.evidence["sex"]["agrees"], link.version) == (LinkState.proposed, False, 2)
    async with world.db.read() as db:
        row = await db.get_one(Consultation, UUID(id))
        assert await held_by(db, [row.id]) == {row.id: []}
        assert row.packet_version == 2
    assert [each.withdrawn_version for each in await rows(world.db, PacketItem)] == [2]
    home = (await call("radiographer", "GET", "/home"))[1]
    assert [each["kind"] for each in home["work"]["items"]] == ["identity"]
    _, page = await call("expert", "GET", f"/consultations/{id}")
    assert (page["state"], page["studies"]) == ("in_progress", [])  # the call goes on
    assert [(each["why"], each["by_name"]) for each in page["taken_away"]] == [("unconfirmed", "doctor")]
    (told,) = [each for each in page["history"] if each["type"] == "patient.identity_changed"]
    assert (told["actor_name"], told["data"]["fields"]) == ("doctor", ["sex"])


async def test_what_does_not_identify_changes_nothing(call: Call, world: World) -> None:
    await _agreeing(world, await consultation(world, State.in_progress))
    await _change(call, world, bed="7", allergy_text="头孢")
    assert [each.state for each in await rows(world.db, StudyLink)] == [LinkState.confirmed]
    assert "patient.identity_changed" not in {each.type for each in await rows(world.db, EventRow)}
    (told,) = [each for each in await rows(world.db, EventRow) if each.type == "patient.changed"]
    assert told.data["fields"] == ["allergy_text"]


async def test_read_again_from_the_hospital_system_it_is_judged_as_well(call: Call, world: World) -> None:
    number = {"number": "0026118842"}
    assert (await call("doctor", "POST", "/patients/admitted", json=number))[0] == 200
    async with world.db.write() as db:
        patient = (await db.exec(select(Patient))).one()
        patient.name = "陈远衫"  # typed wrongly, and an image confirmed for that name
        view = StudyView(hospital_id="wuxi", study_uid=STUDY, received_at=NOW, changed_at=NOW)
        view.patient_name, view.patient_number, view.patient_sex = "陈远衫", number["number"], "M"
        view.birth_date = patient.birth_date
        db.add(view)
        link = StudyLink(hospital_id="wuxi", study_uid=STUDY, patient_id=patient.id, state=LinkState.confirmed, at=NOW)
        db.add(link)
    assert (await call("doctor", "POST", "/patients/admitted", json=number))[0] == 200
    assert [each.state for each in await rows(world.db, StudyLink)] == [LinkState.proposed]
    (told,) = [each for each in await rows(world.db, EventRow) if each.type == "patient.identity_changed"]
    assert (told.activity_id, told.data["fields"]) == (None, ["name"])


async def test_a_paper_print_that_waits_for_its_signature_must_be_printed_again(call: Call, world: World) -> None:
    id = await consultation(world)
    status, draft = await save(call, id, 0, opinion())
    assert status == 200
    path = f"/consultations/{id}/opinion"
    assert (await call("expert", "POST", f"{path}/paper", match=draft["version"]))[0] == 200
    sha256 = (await call("expert", "GET", path))[1]["draft"]["paper_sha256"]
    assert sha256
    await _change(call, world, sex="female")
    assert (await call("expert", "GET", path))[1]["draft"]["paper_sha256"] is None


async def test_a_signed_opinion_stays_and_who_signed_and_treats_is_told(call: Call, world: World) -> None:
    id, before = await signed(call, world)
    await _agreeing(world, id)
    await _change(call, world, sex="female")
    _, after = await call("doctor", "GET", f"/consultations/{id}/opinion")
    assert after["signed"][0]["sha256"] == before["signed"][0]["sha256"]
    assert after["signed"][0]["recalled"] == [f"wuxi/{STUDY}"]
    for who in ("expert", "doctor"):
        assert "reassess" in [each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"]]


async def _header_knows_better(world: World) -> None:
    """What the record will be corrected to, so that the study stays the patient's."""
    async with world.db.write() as db:
        view, patient = (await db.exec(select(StudyView))).one(), (await db.exec(select(Patient))).one()
        view.patient_name, view.patient_number, view.patient_sex = "陈^远珊", str(patient.id), "M"
        view.birth_date = date(1968, 3, 2)


async def test_each_signed_version_carries_a_dated_page_of_each_correction(call: Call, world: World) -> None:
    """No study falls out: it comes of the correction alone, on all versions of all the patient's consultations."""
    id, before = await signed(call, world)
    await _header_knows_better(world)
    path = f"/consultations/{id}/opinion"
    _, draft = await call("expert", "POST", f"{path}/amendment", json={"reason": "补充"})
    assert (await sign(call, id, draft["version"]))[0] == 200
    await _change(call, world, name="陈远珊", birth_date="1968-03-02")
    await _change(call, world, bed="7")  # does not identify anybody
    await _change(
        call, world, name="陈远珊", birth_date="1968-03-02", sex="male", number="900123", number_kind="outpatient"
    )
    newer, older = (await call("doctor", "GET", path))[1]["signed"]
    assert [each["kind"] for each in newer["pages"]] == ["noted", "noted"]
    assert [each["kind"] for each in older["pages"]] == ["amended", "noted", "noted"]
    assert older["sha256"] == before["signed"][0]["sha256"]
    told = text_of((await call("doctor", "GET", f"/opinions/{older['id']}/pages/2"))[1])
    for shown in ("身份信息更正说明", "姓名：陈远山→陈远珊", "出生日期：不详→1968-03-02", "经手doctor主任医师"):
        assert shown in told
    assert "性别：" not in told
    again = text_of((await call("doctor", "GET", f"/opinions/{older['id']}/pages/3"))[1])
    assert "新增门诊号：900123" in again
    assert "→" not in again
    _, together = await call("doctor", "GET", f"/opinions/{older['id']}/together")
    assert text_of(together).count("身份信息更正说明") == 2
    _, found = await call(None, "GET", f"/verify/{older['verify_url'].rsplit('/', 1)[1]}")
    assert [(each["kind"], each["matches"]) for each in found["pages"]] == [
        ("amended", True),
        ("noted", True),
        ("noted", True),
    ]
    assert (found["hash_matches"], "陈远" in str(found)) == (True, False)


async def test_no_calendar_goes_on_showing_the_name_of_before(call: Call, world: World) -> None:
    id = await consultation(world, State.in_progress)
    await _agreeing(world, id)
    async with world.db.write() as db:
        db.add(
            Booking(
                kind=BookingKind.consultation,
                hospital_id="wuxi",
                activity="consultation",
                activity_id=UUID(id),
                title="会诊 陈远山",
                title_en="Consultation Chen Yuanshan",
                starts_at=NOW,
                ends_at=NOW + timedelta(minutes=40),
                state=BookingState.booked,
                created_at=NOW,
            )
        )
    await _change(call, world, name="林静")
    (booking,) = await rows(world.db, Booking)
    assert (booking.title, booking.title_en) == ("会诊 林静", "Consultation Lin Jing 林静")


async def test_a_new_identity_card_is_noted_without_its_whole_number(call: Call, world: World) -> None:
    _, out = await signed(call, world)
    await _header_knows_better(world)
    corrected = {"name": "陈远珊", "birth_date": "1968-03-02"}
    await _change(call, world, **corrected, number="320211196803021234", number_kind="national_id")
    _, pdf = await call("doctor", "GET", f"/opinions/{out['signed'][0]['id']}/pages/1")
    assert "新增身份证号：末四位1234" in text_of(pdf)
    assert "32021119680302" not in str([each.canonical for each in await rows(world.db, OpinionPage)])


@pytest.mark.parametrize(("name", "holds"), [("陈远山", True), ("陈远珊", False)])
def test_a_confirmation_by_hand_holds_while_what_was_seen_stays_the_same(name: str, holds: bool) -> None:
    header = Header("王^五", "A-1", "M", None)
    seen = evidence(header, Patient(hospital_id="wuxi", name="陈远山", sex=Sex.male, allergy=Allergy.none), ["1"])
    now = evidence(header, Patient(hospital_id="wuxi", name=name, sex=Sex.male, allergy=Allergy.none), ["1", "2"])
    assert still_holds(seen, now) is holds
