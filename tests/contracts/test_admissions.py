"""A patient has at most one open stay, and what a hospital system says is kept once, on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from telemed.access.grants import give
from telemed.audit.model import AuditEvent
from telemed.cases.model import Case
from telemed.history.model import EventRow
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.people import patients
from telemed.people.chart_tables import Admission, Observation, OrderLine
from telemed.people.model import Bed, IdentifierKind, Patient, Sex, Ward
from telemed.people.ports import Measured, Ordered, PatientData, Stay
from tests.telemed.conftest import NEW_PATIENT, NOW, Call, World, rows

HERE = Stay(number="ZY1", department="心内科", ward="CCU", bed="3", bed_doctor="许知遥", admitted_at=NOW)
HEAT = Measured(kind="vital", code="temperature", name="体温", value="38.2", unit="℃", at=NOW)
DRUG = Ordered(kind="medicine", text="艾司洛尔", started_at=NOW)


def _said(**more: Any) -> PatientData:
    known = {"hospital_id": "wuxi", "source": "HIS", "kind": IdentifierKind.admission, "number": "ZY1"}
    return PatientData(**known | {"name": "吴松年", "sex": Sex.male, "birth_date": None} | more)


async def _keep(world: World, **more: Any) -> Patient:
    async with world.db.write() as db:
        return await patients.keep(db, _said(**more), NOW + timedelta(hours=1), None, world.actor("doctor"))


async def _told(world: World) -> list[str]:
    async with world.db.read() as db:
        said = select(EventRow.type).where(col(EventRow.type).startswith("admission.")).order_by(col(EventRow.id))
        return list((await db.exec(said)).all())


async def test_a_stay_opens_moves_and_closes_as_the_system_says(world: World) -> None:
    async with world.db.write() as db:
        ward = Ward(hospital_id="wuxi", code="icu", name="CCU")
        db.add(ward)
        await db.flush()
        bed = Bed(ward_id=ward.id, name="3")
        db.add(bed)
    await _keep(world, stay=HERE)
    await _keep(world, stay=HERE)  # nothing new
    [row] = await rows(world.db, Admission)
    assert (row.ward_id, row.bed_id, row.rev, row.bed_doctor) == (ward.id, bed.id, 1, "许知遥")
    await _keep(world, stay=HERE.model_copy(update={"bed": "9"}))
    [row] = await rows(world.db, Admission)
    assert (row.ward_id, row.bed_id, row.bed, row.rev) == (ward.id, None, "9", 2)
    await _keep(world, stay=HERE.model_copy(update={"discharged_at": NOW + timedelta(minutes=5)}))
    await _keep(world, stay=HERE.model_copy(update={"discharged_at": NOW + timedelta(minutes=5)}))
    [row] = await rows(world.db, Admission)
    assert row.discharged_at == NOW + timedelta(minutes=5)
    assert await _told(world) == ["admission.opened", "admission.moved", "admission.closed"]


async def test_another_stay_closes_the_one_before(world: World) -> None:
    await _keep(world, stay=HERE)
    later = NOW + timedelta(minutes=30)
    await _keep(world, stay=HERE.model_copy(update={"number": "ZY2", "admitted_at": later}))
    first, second = sorted(await rows(world.db, Admission), key=lambda each: each.number)
    assert (first.discharged_at, second.discharged_at, second.number) == (later, None, "ZY2")
    assert await _told(world) == ["admission.opened", "admission.closed", "admission.opened"]


async def test_what_the_system_does_not_say_moves_nobody(world: World) -> None:
    await _keep(world, stay=HERE)
    await _keep(world)
    [row] = await rows(world.db, Admission)
    assert (row.bed, row.discharged_at) == ("3", None)


async def test_the_database_allows_one_open_stay(world: World) -> None:
    patient = await _keep(world, stay=HERE)
    with pytest.raises(IntegrityError):
        async with world.db.write() as db:
            db.add(Admission(hospital_id="wuxi", patient_id=patient.id, source="typed"))
    async with world.db.write() as db:
        db.add(Admission(id=new_id(), hospital_id="wuxi", patient_id=patient.id, source="typed", discharged_at=NOW))


async def test_ward_and_bed_that_are_typed_open_and_move_a_stay(call: Call, world: World) -> None:
    typed = NEW_PATIENT | {"ward": "CCU", "bed": "3"}
    _, made = await call("doctor", "POST", "/patients", json=typed)
    path = f"/patients/{made['id']}"
    _, moved = await call("doctor", "PUT", path, match=made["version"], json=typed | {"bed": "4"})
    [row] = await rows(world.db, Admission)
    assert (row.source, row.bed, row.number) == ("typed", "4", "77")
    await call("doctor", "PUT", path, match=moved["version"], json=NEW_PATIENT)
    [row] = await rows(world.db, Admission)
    assert row.discharged_at == NOW
    assert await _told(world) == ["admission.opened", "admission.moved", "admission.closed"]


async def test_measures_are_kept_once_and_corrected_and_strangers_do_not_read_them(call: Call, world: World) -> None:
    older = HEAT.model_copy(update={"value": "36.5", "at": NOW - timedelta(hours=6)})
    patient = await _keep(world, stay=HERE, measured=[HEAT, older], orders=[DRUG])
    await _keep(world, stay=HERE, measured=[HEAT.model_copy(update={"value": "38.4"}), HEAT, older])
    assert len(await rows(world.db, Observation)) == 2
    status, chart = await call("doctor", "GET", f"/patients/{patient.id}/chart")
    assert (status, [each["value"] for each in chart["vitals"]], chart["tests"]) == (200, ["38.2"], [])
    assert [(each["value"], each["source"]) for each in chart["vitals"][0]["older"]] == [("36.5", "HIS")]
    assert (chart["stay"]["bed"], [each["text"] for each in chart["orders"]]) == ("3", ["艾司洛尔"])
    assert (chart["source"], chart["read_at"][:13], chart["since"]) == (
        "HIS",
        f"{NOW + timedelta(hours=1):%FT%H}",
        None,
    )
    for stranger in ("jiashan_doctor", "expert", "admin", "wuxi_admin"):
        assert (await call(stranger, "GET", f"/patients/{patient.id}/chart"))[0] == 404
    assert (await call(None, "GET", f"/patients/{patient.id}/chart"))[0] == 401


def values(chart: dict[str, Any]) -> list[str]:
    return [each["value"] for vital in chart["vitals"] for each in (vital, *vital["older"])]


async def test_whoever_is_given_the_case_reads_what_was_measured_in_this_stay(call: Call, world: World) -> None:
    before = HEAT.model_copy(update={"value": "36.5", "at": NOW - timedelta(days=30)})
    lately = HEAT.model_copy(update={"value": "37.0", "at": NOW - timedelta(days=2)})
    patient = await _keep(world, measured=[HEAT, lately, before])
    path = f"/patients/{patient.id}/chart"
    async with world.db.write() as db:
        case = Case(id=new_id(), hospital_id="wuxi", patient_id=patient.id, opened_at=NOW)
        db.add(case)
        await db.flush()
        await give(
            db,
            case_id=case.id,
            patient_id=patient.id,
            activity=Activity("consultation", new_id()),
            grantee=str(world.ids["expert"]),
            hospital_id="wuxi",
            allows={"read"},
            purpose="lead the consultation",
            by=None,
            now=NOW,
        )
    _, chart = await call("expert", "GET", path)
    assert values(chart) == ["38.2", "37.0"], "nobody said since when the patient is here: the last seven days"
    await _keep(world, stay=HERE)
    _, chart = await call("expert", "GET", path)
    assert (values(chart), chart["since"][:10]) == (["38.2"], f"{NOW:%F}")
    assert values((await call("doctor", "GET", path))[1]) == ["38.2", "37.0", "36.5"]
    read = [each for each in await rows(world.db, AuditEvent) if each.actor_id == world.ids["expert"] and each.purpose]
    assert {(each.purpose, each.patient_id, each.case_id) for each in read} == {("patient", patient.id, case.id)}
    assert (await call("neurologist", "GET", path))[0] == 404


async def test_an_order_is_over_when_the_system_says_so_or_lists_it_no_more(world: World) -> None:
    other = DRUG.model_copy(update={"text": "阿司匹林"})
    await _keep(world, orders=[DRUG, other])
    await _keep(world)  # it said nothing of orders
    await _keep(world, orders=[], left_out={"orders": "slow"})
    assert [each.ended_at for each in await rows(world.db, OrderLine)] == [None, None]
    await _keep(world, orders=[DRUG.model_copy(update={"ended_at": NOW})])
    ended = {each.text: each.ended_at for each in await rows(world.db, OrderLine)}
    assert ended == {"艾司洛尔": NOW, "阿司匹林": NOW + timedelta(hours=1)}
