"""Who is refused what is a patient's leaves a row with whose it is, and a flood of refusals leaves few."""

from typing import Any
from uuid import UUID

import pytest

from telemed.app import FEATURES
from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import USUAL
from telemed.audit.refusals import first_word
from telemed.consultations.model import Consultation
from telemed.disclosures.named import NAMED
from telemed.kit.table import new_id
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.conftest import Made, submitted

__all__ = ("submitted",)
# Routes with an id that is no patient's; whose tag is of patients' things all the same.
NOBODYS = {
    "/hospitals/{id}/settings",
    "/home/ringing/{id}",  # its own call, which names the consultation only to whom it rings
    "/home/ringing/{id}/seen",
    "/home/ringing/{id}/pass",
    "/home/told/{id}",
    "/home/notices/{id}/seen",
    "/home/exceptions/{id}/nudge",
}


async def refused_of(world: World, before: set[UUID]) -> list[AuditEvent]:
    found = await rows(world.db, AuditEvent)
    return [each for each in found if each.id not in before and each.outcome in ("not_found", "not_allowed")]


@pytest.fixture
async def case(world: World, submitted: Made) -> Consultation:
    id = await submitted()
    return next(each for each in await rows(world.db, Consultation) if each.id == id)


def test_every_route_that_names_something_by_its_id_says_whose_it_is() -> None:
    every = (each for feature in FEATURES for each in feature.routes.operations)
    of_patients = {each.path: first_word(each) for each in every if "{id}" in each.path and each.tag in USUAL}
    assert of_patients.keys() >= NOBODYS
    unknown = {path for path, word in of_patients.items() if word not in NAMED} - NOBODYS
    assert unknown == set(), "add it to telemed/disclosures/named.py, or above why it is nobody's"


async def test_a_refused_act_is_noted_too_and_as_what_it_was(call: Call, world: World, case: Consultation) -> None:
    before = {each.id for each in await rows(world.db, AuditEvent)}
    assert (await call("jiashan_doctor", "PUT", f"/patients/{case.patient_id}", match=1, json={}))[0] in (404, 422)
    assert (await call("nurse", "POST", f"/consultations/{case.id}/cancel", match=1, json={}))[0] == 403
    found = await refused_of(world, before)
    assert ("POST", "not_allowed", Purpose.case) in [(each.action, each.outcome, each.purpose) for each in found]
    assert {each.patient_id for each in found} == {case.patient_id}


async def test_the_medical_office_reads_who_was_refused_its_patient(
    call: Call, world: World, case: Consultation
) -> None:
    assert (await call("jiashan_doctor", "GET", f"/patients/{case.patient_id}"))[0] == 404
    _, answer = await call("reviewer", "GET", f"/audit?patient={case.patient_id}")
    refused = [each for each in answer["items"] if each["outcome"] == "not_found"]
    assert [(each["by"]["name"], each["purpose"]) for each in refused] == [("jiashan_doctor", "patient")]
    _, elsewhere = await call("jiashan_reviewer", "GET", f"/audit?staff={world.ids['jiashan_doctor']}")
    named: list[Any] = [each["patient"] for each in elsewhere["items"]]
    assert named == [None], "their own medical office reads that they tried, and of which hospital, not of whom"


async def test_a_flood_of_refusals_leaves_one_row_for_each_window(
    call: Call, world: World, case: Consultation, clock: FakeClock
) -> None:
    before = {each.id for each in await rows(world.db, AuditEvent)}
    for _ in range(5):
        await call("jiashan_doctor", "GET", f"/patients/{case.patient_id}")
        await call("jiashan_doctor", "GET", f"/patients/{new_id()}")
        await call("jiashan_doctor", "GET", f"/admin/staff/{new_id()}")
    found = await refused_of(world, before)
    assert sorted(str(each.purpose) for each in found) == ["None", "None", "patient"]
    assert [each.owner_id for each in found if each.purpose is None] == [None] * 2
    clock.move(minutes=5)
    await call("jiashan_doctor", "GET", f"/patients/{new_id()}")
    assert len(await refused_of(world, before)) == 4
