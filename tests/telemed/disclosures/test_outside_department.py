"""A clinician of the patient's hospital outside the department that treats them is recorded, not blocked."""

from typing import Any

import pytest

from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.reads import Reads
from telemed.audit.seeing import Seen
from telemed.consultations.model import Consultation
from telemed.disclosures.departments import outside_department
from telemed.kit.table import new_id
from telemed.people.chart_tables import Admission
from telemed.people.model import Department, Patient, Ward
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import consultation

P = Purpose


@pytest.fixture
async def made(world: World) -> Consultation:
    """Of wuxi, asked for by "doctor" of cardiology, whose request names neurology; "doctor2" is of cardiology too."""
    await consultation(world)
    async with world.db.write() as db:
        db.add(Department(hospital_id="wuxi", specialty="neurology", name="神经内科", name_en="Neurology"))
        (row,) = await rows(world.db, Consultation)
        row = await db.get_one(Consultation, row.id)
        row.request = row.request | {"department": "神经内科"}
    return row


def _stay(made: Consultation, **more: Any) -> Admission:
    assert made.patient_id is not None
    return Admission(hospital_id="wuxi", patient_id=made.patient_id, source="typed", **more)


async def _kept(world: World) -> list[tuple[str, Purpose | None]]:
    people = {id: name for name, id in world.ids.items()}
    found = sorted(await rows(world.db, AuditEvent), key=lambda each: each.at)
    return [(people[each.actor_id], each.purpose) for each in found if each.action == "read" and each.actor_id]


async def test_who_opens_a_patient_of_another_department_is_kept_as_such_and_sees_them(
    call: Call, world: World, made: Consultation, clock: FakeClock
) -> None:
    for who in ("doctor2", "doctor", "reviewer", "radiographer", "expert"):
        clock.move(minutes=1)
        assert (await call(who, "GET", f"/consultations/{made.id}"))[0] == 200
    assert await _kept(world) == [
        ("doctor2", P.outside_department),
        ("doctor", P.case),  # asked for it
        ("reviewer", P.case),  # serves all departments
        ("radiographer", P.case),
        ("expert", P.case),  # of another hospital: by a grant
    ]


async def test_it_is_one_row_in_five_minutes_whatever_is_opened_and_a_list_is_a_list(
    call: Call, world: World, made: Consultation, clock: FakeClock
) -> None:
    for path in ("", "/opinion", "/opinion"):
        await call("doctor2", "GET", f"/consultations/{made.id}{path}")
        clock.move(minutes=1)
    assert await _kept(world) == [("doctor2", P.outside_department)]
    await call("doctor2", "GET", "/consultations")
    assert (await _kept(world))[-1] == ("doctor2", P.list)
    clock.move(minutes=5)
    await call("doctor2", "GET", f"/consultations/{made.id}")
    assert (await _kept(world))[-1] == ("doctor2", P.outside_department)


@pytest.mark.parametrize(("ward_of", "as_said"), [("cardiology", "神经内科"), (None, "cardiology")])
async def test_where_the_patient_lies_now_says_more_than_a_request(
    call: Call, world: World, made: Consultation, ward_of: str | None, as_said: str
) -> None:
    async with world.db.write() as db:
        department = world.departments["wuxi", ward_of] if ward_of else None
        db.add(ward := Ward(hospital_id="wuxi", department_id=department, code="7", name="7"))
        await db.flush()
        db.add(_stay(made, ward_id=ward.id, department=as_said))
    await call("doctor2", "GET", f"/patients/{made.patient_id}")
    assert await _kept(world) == [("doctor2", P.patient)]


async def test_after_the_discharge_the_request_says_it_again(call: Call, world: World, made: Consultation) -> None:
    async with world.db.write() as db:
        db.add(_stay(made, department="cardiology", discharged_at=NOW))
    await call("doctor2", "GET", f"/patients/{made.patient_id}")
    assert await _kept(world) == [("doctor2", P.outside_department)]


async def test_nobody_is_outside_where_nothing_says_who_treats(call: Call, world: World, made: Consultation) -> None:
    async with world.db.write() as db:
        row = await db.get_one(Consultation, made.id)
        row.request = row.request | {"department": "老干部病房"}  # none of ours
    await call("doctor2", "GET", f"/patients/{made.patient_id}")
    assert await _kept(world) == [("doctor2", P.patient)]


async def test_images_are_judged_too_and_once_in_their_window(world: World, made: Consultation) -> None:
    judged = list[int]()

    async def counted(*args: object) -> object:
        judged.append(1)
        return await outside_department(*args)  # type: ignore[arg-type]

    reads, who = Reads(world.db, counted), world.actor("doctor2")  # type: ignore[arg-type]
    for _ in range(3):
        await reads.keep(who, P.images, [Seen("wuxi", made.patient_id, made.case_id)], NOW)
    assert await _kept(world) == [("doctor2", P.outside_department)]
    assert len(judged) == 1
    await reads.keep(who, P.images, [Seen("wuxi", None, None, "wuxi/1.2"), Seen("wuxi", new_id())], NOW)
    assert [purpose for _, purpose in await _kept(world)].count(P.images) == 2, "of whom nothing is known"


async def test_the_office_finds_them_by_their_purpose(
    call: Call, world: World, made: Consultation, clock: FakeClock
) -> None:
    for who in ("doctor", "doctor2"):
        await call(who, "GET", f"/consultations/{made.id}")
        clock.move(minutes=1)
    patient = (await rows(world.db, Patient))[0]
    for query in (f"patient={patient.id}", f"day={NOW.date()}", f"staff={world.ids['doctor2']}"):
        _, answer = await call("reviewer", "GET", f"/audit?{query}&purpose=outside_department")
        assert [each["by"]["name"] for each in answer["items"]] == ["doctor2"], query
    status, answer = await call("reviewer", "GET", "/audit?purpose=outside_department")
    assert (status, answer["reason"]) == (422, "audit_of_whom")
    path = f"/audit?patient={patient.id}&limit=1"
    first = (await call("reviewer", "GET", f"{path}&purpose=case"))[1]["next"]
    assert first is None
    cursor = (await call("reviewer", "GET", path))[1]["next"]
    assert (await call("reviewer", "GET", f"{path}&purpose=case&after={cursor}"))[0] == 422
