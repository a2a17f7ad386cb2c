"""A patient is read from a FHIR server; whatever it answers, a doctor gets a patient or a word for why not."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from telemed.people.ports import PatientData
from telemed.sources.adapter import Setting
from telemed.sources.faults import Failed
from telemed.sources.fhir_read import PARTS, Answers, patient_of
from telemed.sources.model import Fault
from tests.telemed.conftest import Call
from tests.telemed.sources.conftest import NUMBER, connect, look_up
from tests.telemed.sources.fhir_server import ME, FhirServer, bundle, fhir_server, observation, patient

ALLERGY: dict[str, Any] = {"resourceType": "AllergyIntolerance", "patient": ME, "code": {"text": "青霉素"}}
ENCOUNTER: dict[str, Any] = {
    "resourceType": "Encounter",
    "status": "in-progress",
    "class": {"code": "IMP"},
    "subject": ME,
    "identifier": [{"system": "urn:zy", "value": NUMBER}],
    "period": {"start": "2026-03-01T10:00:00+08:00"},
    "serviceType": {"text": "心内科"},
    "reasonCode": [{"text": "主动脉夹层"}],
    "participant": [{"individual": {"display": "许知遥"}}],
    "location": [
        {"location": {"display": "CCU"}, "physicalType": {"coding": [{"code": "wa"}]}},
        {"location": {"display": "3"}, "physicalType": {"coding": [{"code": "bd"}]}},
    ],
}
MEDICINE: dict[str, Any] = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "intent": "order",
    "subject": ME,
    "medicationCodeableConcept": {"text": "艾司洛尔"},
    "dosageInstruction": [{"text": "50 mg/h 泵入"}],
    "authoredOn": "2026-03-02T08:00:00+08:00",
}
TEMPERATURE = observation(
    "vital-signs", code={"coding": [{"code": "8310-5"}]}, valueQuantity={"value": 38.2, "unit": "℃"}
)
PRESSURE = observation(
    "vital-signs",
    code={"coding": [{"code": "85354-9"}]},
    component=[
        {"code": {"coding": [{"code": "8480-6"}]}, "valueQuantity": {"value": 128, "unit": "mmHg"}},
        {"code": {"coding": [{"code": "8462-4"}]}, "valueQuantity": {"value": 76}},
    ],
)
DIMER = observation(
    "laboratory",
    code={"text": "D-二聚体"},
    valueQuantity={"value": 8.62, "unit": "mg/L"},
    referenceRange=[{"high": {"value": 0.5}}],
)
SODIUM = observation("laboratory", code={"text": "钠"}, valueQuantity={"value": 141, "unit": "mmol/L"})
SETTING = Setting("wuxi", "FHIR", "", "", "", {}, "Asia/Shanghai")


@pytest.fixture
async def server() -> AsyncIterator[FhirServer]:
    async with fhir_server() as served:
        served.answers["Patient"] = bundle(patient(NUMBER))
        yield served


async def test_a_number_brings_the_patient_with_all_that_the_server_says(call: Call, server: FhirServer) -> None:
    server.answers |= {
        "Encounter": bundle(ENCOUNTER),
        "AllergyIntolerance": bundle(ALLERGY),
        "Observation vital-signs": bundle(TEMPERATURE, PRESSURE),
        "Observation laboratory": bundle(DIMER),
        "MedicationRequest": bundle(MEDICINE),
    }
    await connect(call, server.system)
    status, found = await look_up(call)
    assert (status, found["source"], found["left_out"]) == (200, "FHIR", {})
    said = found["patient"]
    assert [said[each] for each in ("name", "sex", "birth_date", "allergy_text")] == [
        *("吴松年", "male", "1962-01-02", "青霉素")
    ]
    assert [said[each] for each in ("department", "ward", "bed")] == ["心内科", "CCU", "3"]
    record = found["record"]
    assert record["diagnosis"]["text"] == "主动脉夹层"
    vitals = [(each["name"], each["value"], each["unit"]) for each in record["vitals"]["measures"]]
    assert vitals == [("temperature", "38.2", "℃"), ("blood pressure", "128/76", "mmHg")]
    assert [(each["name"], each["flag"]) for each in record["tests"]["measures"]] == [("D-二聚体", "high")]
    assert record["medicines"]["text"] == "艾司洛尔 50 mg/h 泵入"
    assert all(each.startswith("Basic ") for _, each in server.asked)


async def test_a_number_of_a_stay_leads_to_its_patient(call: Call, server: FhirServer) -> None:
    server.answers |= {"Patient": bundle(), "Encounter": bundle(ENCOUNTER, patient("MRN7"))}
    await connect(call, server.system | {"account": "", "mapping": {"number_system": "urn:zy"}})
    status, found = await look_up(call)
    assert (status, found["patient"]["name"]) == (200, "吴松年")
    assert "identifier=urn:zy%7CZY0042" in server.asked[0][0]
    assert all(each == "Bearer s3cret" for _, each in server.asked)


async def test_a_stay_without_its_patient_leads_to_the_patient_by_another_read(call: Call, server: FhirServer) -> None:
    """FHIR R4, 3.1.1.5.4: a server need not follow `_include`."""
    server.answers |= {"Patient": bundle(), "Encounter": bundle(ENCOUNTER), "Patient/p1": patient("MRN7")}
    await connect(call, server.system)
    status, found = await look_up(call)
    assert (status, found["patient"]["name"], found["patient"]["bed"]) == (200, "吴松年", "3")
    server.answers["Encounter"] = bundle(ENCOUNTER, ENCOUNTER | {"subject": {"reference": "Patient/p2"}})
    assert (await look_up(call))[1]["reason"] == "source_two_patients"
    server.answers |= {"Encounter": bundle(ENCOUNTER), "Patient/p1": patient("MRN7", id="p2")}
    assert (await look_up(call))[1]["reason"] == "source_other_patient"


async def test_a_result_that_was_entered_in_error_is_shown_no_longer(call: Call, server: FhirServer) -> None:
    server.answers["Observation laboratory"] = bundle(DIMER, SODIUM)
    await connect(call, server.system)
    _, found = await look_up(call)
    chart = f"/patients/{found['patient']['id']}/chart"
    assert [each["name"] for each in (await call("doctor", "GET", chart))[1]["tests"]] == ["D-二聚体", "钠"]
    server.answers["Observation laboratory"] = bundle(DIMER | {"status": "entered-in-error"}, SODIUM)
    await look_up(call)
    assert [each["name"] for each in (await call("doctor", "GET", chart))[1]["tests"]] == ["钠"]


async def test_a_number_that_nobody_has_is_unknown(call: Call, server: FhirServer) -> None:
    server.answers["Patient"] = bundle()
    await connect(call, server.system)
    assert (await look_up(call))[1]["reason"] == "unknown_number"


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("silent", "slow"),
        (401, "refused"),
        (503, "away"),
        (404, "wrong"),
        (302, "wrong"),
        (b"<html>", "wrong"),
        ("吴松年".encode("gb18030"), "encoding"),
        (b'"' + b"a" * (3 << 20) + b'"', "too_long"),
        (b"[" * 100_000, "wrong"),
        ([1], "wrong"),
        ({"resourceType": "Patient"}, "wrong"),
        (bundle(patient("ZY0043")), "other_patient"),
        (bundle(patient(NUMBER), patient(NUMBER, id="p2")), "two_patients"),
        (bundle(patient(NUMBER, birthDate="2.1.1962")), "wrong"),
        (bundle(patient(NUMBER, name=[{"text": "吴\ufffd年"}])), "encoding"),
        (bundle(patient(NUMBER, name=[{"text": "吴" * 65}])), "too_long"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_is_taken(
    hasty: Call, server: FhirServer, answer: Any, fault: str
) -> None:
    server.answers["Patient"] = answer
    await connect(hasty, server.system)
    status, said = await look_up(hasty)
    assert (status, said["reason"]) == (503, f"source_{fault}")


@pytest.mark.parametrize(
    ("search", "answer", "part", "fault"),
    [
        ("AllergyIntolerance", bundle(ALLERGY | {"patient": {"reference": "Patient/p2"}}), "allergy", "other_patient"),
        ("AllergyIntolerance", bundle(ALLERGY | {"nonsense": 1}), "allergy", "wrong"),
        ("AllergyIntolerance", bundle(ALLERGY | {"code": {}}), "allergy", "wrong"),
        ("Observation laboratory", "silent", "tests", "slow"),
        ("MedicationRequest", 403, "orders", "refused"),
        ("Encounter", b"\x00", "admission", "wrong"),
        ("Observation vital-signs", bundle(*[TEMPERATURE] * 201), "vitals", "too_long"),
    ],
)
async def test_a_part_that_fails_is_left_out_and_named_and_the_rest_comes(
    hasty: Call, server: FhirServer, search: str, answer: Any, part: str, fault: str
) -> None:
    server.answers[search] = answer
    await connect(hasty, server.system)
    status, found = await look_up(hasty)
    assert (status, found["patient"]["name"], found["left_out"]) == (200, "吴松年", {part: fault})


async def test_no_known_allergy_is_said_and_no_answer_says_nothing(call: Call, server: FhirServer) -> None:
    await connect(call, server.system)
    assert (await look_up(call))[1]["patient"]["allergy"] == "not_asked"
    none = ALLERGY | {"code": {"coding": [{"code": "716186003"}]}}
    server.answers["AllergyIntolerance"] = bundle(none)
    assert (await look_up(call))[1]["patient"]["allergy"] == "none"
    server.answers["AllergyIntolerance"] = bundle()
    assert (await look_up(call))[1]["patient"]["allergy"] == "none"


async def test_trying_it_counts_and_reads_nobody(call: Call, server: FhirServer) -> None:
    server.answers["MedicationRequest"] = 403
    await connect(call, server.system)
    _, tried = await call("wuxi_admin", "POST", "/admin/sources/system/try", json={})
    assert {each["name"]: each["why"] for each in tried["parts"] if each["why"]} == {"orders": "refused"}
    assert all("_summary=count" in each for each, _ in server.asked)
    server.answers |= {"Patient": 401, "Encounter": 401, "AllergyIntolerance": 401, "Observation": 401}
    _, tried = await call("wuxi_admin", "POST", "/admin/sources/system/try", json={})
    assert (tried["why"], tried["parts"]) == ("refused", [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)
WHOLE = [ENCOUNTER, ALLERGY, TEMPERATURE, PRESSURE, DIMER, MEDICINE]


@st.composite
def spoiled(draw: st.DrawFn, resource: dict[str, Any]) -> dict[str, Any]:
    """The resource with one of its parts, at whatever depth, replaced by anything."""
    made: dict[str, Any] = json.loads(json.dumps(resource))
    at: Any = made
    while True:
        key = draw(st.sampled_from(sorted(at) if isinstance(at, dict) else range(len(at))))
        if isinstance(at[key], dict | list) and at[key] and draw(st.booleans()):
            at = at[key]
            continue
        at[key] = draw(JSON)
        return made


@given(st.data())
def test_no_answer_is_a_mistake_of_ours(data: st.DataObject) -> None:
    person = patient(NUMBER)
    who = data.draw(JSON | st.builds(bundle, spoiled(person)) | st.just(bundle(person)))
    parts = {each: data.draw(JSON | st.just(bundle()) | st.sampled_from(Fault)) for each in PARTS}
    resource = data.draw(st.sampled_from(WHOLE))
    parts[data.draw(st.sampled_from(PARTS))] = bundle(data.draw(spoiled(resource)))
    found: PatientData | None = None
    with suppress(Failed):
        found = patient_of(SETTING, NUMBER, Answers(who, parts))
    if found is not None:
        assert found.name
        assert set(found.left_out) <= set(PARTS)
        assert "\\u0000" not in found.model_dump_json()
