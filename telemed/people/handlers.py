"""The routes of people: hospitals, departments, staff, patients."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role, signed_in
from telemed.audit.service import record
from telemed.db import DATABASE, DB
from telemed.errors import NotFound
from telemed.kit.http import Routes, now
from telemed.people import chart_reading, charting, patients, service
from telemed.people.chart_schemas import ChartedIn, ChartOut
from telemed.people.ports import PatientSource, RecordChanged
from telemed.people.record import record_of
from telemed.people.schemas import (
    AdmittedOut,
    DepartmentList,
    DepartmentOut,
    HospitalOut,
    HospitalSettings,
    NumberQuery,
    PatientFilter,
    PatientIn,
    PatientList,
    PatientOut,
)

routes = Routes("", tag="people")
PATIENT_SOURCE: web.AppKey[PatientSource] = web.AppKey("patient_source")
RECORD_CHANGED: web.AppKey[RecordChanged] = web.AppKey("record_changed")
at_the_bed = role(
    Role.requesting_doctor,
    Role.accompanying_physician,
    Role.bed_doctor,
    Role.senior_doctor,
    Role.duty_doctor,
    Role.charge_nurse,
    Role.primary_nurse,
)
registering = role(
    Role.requesting_doctor, Role.accompanying_physician, Role.senior_doctor, Role.duty_doctor, Role.duty_officer
)


@routes.put("/hospitals/{id}/settings", policy=role(Role.administrator))
async def change_settings(request: web.Request, id: str, if_match: int, body: HospitalSettings) -> HospitalOut:
    """Change what a hospital asks of its own requests, and whom to telephone."""
    row = await service.change_settings(request[DB], request[ACTOR], id, if_match, body, now(request))
    return HospitalOut.model_validate(row)


@routes.get("/departments", policy=signed_in)
async def departments(request: web.Request) -> DepartmentList:
    """List the departments of all hospitals."""
    found = await service.departments(request[DB])
    return DepartmentList(items=[DepartmentOut.model_validate(each) for each in found])


@routes.get("/patients", policy=signed_in, transaction=False, reads="search")
async def find_patients(request: web.Request, query: PatientFilter) -> PatientList:
    """Find patients of your hospital by number, characters, pinyin or initials, which the audit log notes."""
    database, who = request.config_dict[DATABASE], request[ACTOR]
    async with database.read() as db:
        found = [await patients.shown(db, each) for each in await patients.find(db, who, query.q)]
    async with database.write() as db:
        record(db, who, "searched", f"{len(found)} patients", now(request))
    return PatientList(items=found)


@routes.post("/patients", policy=registering, status=201)
async def create_patient(request: web.Request, body: PatientIn) -> PatientOut:
    """Register a patient typed by hand."""
    row = await patients.create(request[DB], request[ACTOR], body, now(request))
    return await patients.shown(request[DB], row)


@routes.post("/patients/admitted", policy=registering, transaction=False)
async def admitted(request: web.Request, body: NumberQuery) -> AdmittedOut:
    """Read a patient from the hospital system by admission or outpatient number, and keep them."""
    source, who = request.config_dict[PATIENT_SOURCE], request[ACTOR]
    data = await source.find(who.hospital_id, body.number)  # outside any transaction: it may be slow
    if data is None:
        raise NotFound("The hospital system knows no patient with this number.", reason="unknown_number")
    async with request.config_dict[DATABASE].write() as db:
        changed = request.config_dict[RECORD_CHANGED]
        row = await patients.keep(db, data, now(request), changed, who)
        return AdmittedOut(
            patient=await patients.shown(db, row),
            attending=data.attending,
            attending_phone=data.attending_phone,
            record=record_of(data),
            source=data.source,
            left_out=data.left_out,
            read_at=now(request),
        )


@routes.get("/patients/{id}", policy=signed_in)
async def get_patient(request: web.Request, id: UUID) -> PatientOut:
    """Show one patient."""
    row = await patients.one(request[DB], request[ACTOR], id, now(request))
    return await patients.shown(request[DB], row)


@routes.get("/patients/{id}/chart", policy=signed_in)
async def get_chart(request: web.Request, id: UUID) -> ChartOut:
    """What the hospital system said last of a patient whom you may see: stay, vital signs, tests, orders."""
    db, actor, at = request[DB], request[ACTOR], now(request)
    of = await patients.one(db, actor, id, at)
    system = await request.config_dict[PATIENT_SOURCE].state(db, of.hospital_id)
    return await chart_reading.chart(db, actor, of, system, at)


@routes.post("/patients/{id}/chart", policy=at_the_bed)
async def enter_chart(request: web.Request, id: UUID, body: ChartedIn) -> ChartOut:
    """Enter vital signs, tests and orders of a patient of your hospital by hand; answers the chart with them."""
    db, actor, at = request[DB], request[ACTOR], now(request)
    of = await charting.enter(db, actor, id, body, at)
    system = await request.config_dict[PATIENT_SOURCE].state(db, of.hospital_id)
    return await chart_reading.chart(db, actor, of, system, at)


@routes.put("/patients/{id}", policy=registering)
async def change_patient(request: web.Request, id: UUID, if_match: int, body: PatientIn) -> PatientOut:
    """Change what is kept of a patient of your hospital."""
    changed = request.config_dict[RECORD_CHANGED]
    row = await patients.change(request[DB], request[ACTOR], id, if_match, body, changed, now(request))
    return await patients.shown(request[DB], row)
