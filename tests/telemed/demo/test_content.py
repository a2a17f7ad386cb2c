"""The demonstration's people and cases fit together, so that seeding them cannot surprise anybody."""

from datetime import UTC, datetime, timedelta

import pytest

from telemed.bridge.his_demo import DemoHis
from telemed.consultations.words import State
from telemed.demo.his import all_patients
from telemed.demo.images.person import ZONE
from telemed.demo.images.studies import EXAMINATIONS
from telemed.demo.patients import PATIENTS
from telemed.demo.places import DEPARTMENTS, HOSPITALS
from telemed.demo.round_texts import TODAY
from telemed.demo.staff import BUSY, STAFF
from telemed.demo.story import Vignette
from telemed.demo.vignettes import VIGNETTES

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PROMISED = """admin wuxi.admin jiashan.admin coordinator duty dispatcher expert expert2 radiologist radiologist2 trainee
quality wuxi.doctor wuxi.chief wuxi.coordinator wuxi.duty wuxi.radiographer wuxi.radiologist wuxi.nurse wuxi.trainee
jiashan.doctor jiashan.coordinator professor wuxi.bed reviewer"""
HAS_OPINION = {State.signed, State.acknowledged, State.executing, State.closed}


def test_the_promised_accounts_are_there() -> None:
    assert [each.username for each in STAFF if each.signs_in] == PROMISED.split()


def test_endorsement_is_off_at_jiashan_only() -> None:
    assert {each.id: each.endorsement for each in HOSPITALS} == {"ruijin": True, "wuxi": True, "jiashan": False}


def test_everybody_has_a_department_that_exists() -> None:
    departments = {(hospital, specialty) for hospital, specialty, _, _ in DEPARTMENTS}
    assert all((each.hospital, each.specialty) in departments for each in STAFF)
    assert {each[0] for each in BUSY} <= {each.username for each in STAFF}


def test_patient_numbers_are_unique_in_their_hospital() -> None:
    numbers = [(each.hospital, each.number) for each in PATIENTS.values()]
    assert len(set(numbers)) == len(numbers)


def test_an_age_is_right_before_and_on_the_birthday() -> None:
    patient = PATIENTS["tianshu"]  # 12 April
    day = timedelta(days=1)
    birthday = datetime(2026, 4, 12, tzinfo=ZONE)
    assert [patient.person().years(birthday - day), patient.person().years(birthday)] == [57, 58]


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda each: each.key)
def test_a_vignette_names_only_what_exists(vignette: Vignette) -> None:
    staff = {each.username: each for each in STAFF}
    patient = PATIENTS[vignette.patient]
    assert staff[vignette.requester].hospital == patient.hospital
    if vignette.lead:
        assert staff[vignette.lead].specialty == vignette.specialty
    for key in vignette.studies:
        assert EXAMINATIONS[key].patient == vignette.patient
    assert (vignette.opinion is not None) == (vignette.state in HAS_OPINION)


@pytest.mark.parametrize("patient", [each.patient for each in TODAY])
def test_of_a_bed_of_the_round_there_is_a_course_to_be_drawn(patient: str) -> None:
    person = PATIENTS[patient]
    (known,) = [each for each in all_patients(NOW) if each.number == person.number]
    rates = [each for each in known.measured if each.code == "心率" and NOW - each.at <= timedelta(hours=72)]
    assert len({each.at for each in rates}) > 2


@pytest.mark.parametrize("vignette", VIGNETTES, ids=lambda each: each.key)
def test_only_drafts_have_gaps(vignette: Vignette) -> None:
    patient = PATIENTS[vignette.patient]
    assert not vignette.unfilled or vignette.state is State.draft
    content = vignette.content(
        NOW, department=patient.department, ward=patient.ward, bed=patient.bed, attending="叶夏至",
        phone="0510-0000-0166", studies=[],
    )  # fmt: skip
    empty = [
        name
        for name in ("purpose", "diagnosis", "history", "treatment", "medicines", "vitals", "tests", "specialty")
        if not getattr(content, name)
    ]
    assert bool(empty) == bool(vignette.unfilled - {"wishes", "title_wanted"})


def test_every_state_a_visitor_wants_to_see_is_there() -> None:
    early = {State.draft, State.submitted, State.returned, State.approved, State.accepted, State.scheduling}
    late = {State.scheduled, State.answering, State.signed, State.executing, State.closed, State.cancelled}
    assert early | late <= {each.state for each in VIGNETTES}


async def test_the_hospital_system_knows_patients_of_its_own_hospital_only() -> None:
    source = DemoHis(all_patients(NOW))
    found = await source.find("wuxi", " w2600181 ")
    assert found is not None
    assert found.name == "赵天枢"
    assert found.record["history"].source == "admission_note"
    assert await source.find("jiashan", "W2600181") is None
    assert await source.find("wuxi", "0") is None
