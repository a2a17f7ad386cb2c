"""The routes by which administrators keep hospitals, departments, wards, venues and agreements."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.administration import agreements, departments, hospitals, venues, wards
from telemed.administration.place_schemas import (
    AgreementIn,
    AgreementRow,
    AgreementRows,
    DepartmentIn,
    DepartmentRow,
    DepartmentRows,
    HospitalFilter,
    HospitalIn,
    HospitalRow,
    HospitalRows,
    NewAgreement,
    NewDepartment,
    NewHospital,
    NewVenue,
    NewWard,
    VenueIn,
    VenueRow,
    VenueRows,
    WardIn,
    WardRow,
    WardRows,
)
from telemed.administration.saving import Result, own_hospital
from telemed.db import DB
from telemed.errors import Conflict
from telemed.kit.http import Routes, now

routes = Routes("/admin", tag="administration")
administrator = role(Role.administrator)


def refuse_known(result: Result, reason: str) -> None:
    """What a page creates must not be there already: the import changes it then, a page says so."""
    if result is not Result.new:
        raise Conflict("There is one already.", reason=reason, fields=[reason.split("_")[1]])


@routes.get("/hospitals", policy=administrator)
async def list_hospitals(request: web.Request) -> HospitalRows:
    """Your hospital; at a hub its branches too."""
    return await hospitals.listed(request[DB], request[ACTOR])


@routes.post("/hospitals", policy=administrator, status=201)
async def create_hospital(request: web.Request, body: NewHospital) -> HospitalRow:
    """Enter a hospital; by the hub's administrator."""
    return HospitalRow.model_validate(await hospitals.create(request[DB], request[ACTOR], body, now(request)))


@routes.put("/hospitals/{id}", policy=administrator)
async def change_hospital(request: web.Request, id: str, if_match: int, body: HospitalIn) -> HospitalRow:
    """Change your hospital's names and telephone."""
    await own_hospital(request[DB], request[ACTOR], id)
    saved = await hospitals.save(request[DB], request[ACTOR], id, body, now(request), version=if_match)
    return HospitalRow.model_validate(saved.row)


@routes.get("/departments", policy=administrator)
async def list_departments(request: web.Request, query: HospitalFilter) -> DepartmentRows:
    """The departments of the hospitals you see, and the national catalogue."""
    return await departments.listed(request[DB], request[ACTOR], query.hospital_id)


@routes.post("/departments", policy=administrator, status=201)
async def create_department(request: web.Request, body: NewDepartment) -> DepartmentRow:
    """Enter a department of your hospital."""
    saved = await departments.save(request[DB], request[ACTOR], body.hospital_id, body, now(request))
    refuse_known(saved.result, "department_name_taken")
    return DepartmentRow.model_validate(saved.row)


@routes.put("/departments/{id}", policy=administrator)
async def change_department(request: web.Request, id: UUID, if_match: int, body: DepartmentIn) -> DepartmentRow:
    """Change a department of your hospital."""
    db, who, at = request[DB], request[ACTOR], now(request)
    saved = await departments.save(db, who, who.hospital_id, body, at, id=id, version=if_match)
    return DepartmentRow.model_validate(saved.row)


@routes.get("/wards", policy=administrator)
async def list_wards(request: web.Request, query: HospitalFilter) -> WardRows:
    """The wards of the hospitals you see, with their beds."""
    return await wards.listed(request[DB], request[ACTOR], query.hospital_id)


@routes.post("/wards", policy=administrator, status=201)
async def create_ward(request: web.Request, body: NewWard) -> WardRow:
    """Enter a ward of your hospital, with its beds."""
    saved = await wards.save(request[DB], request[ACTOR], body.hospital_id, body, now(request))
    refuse_known(saved.result, "ward_code_taken")
    return await wards.row_of(request[DB], saved.row)


@routes.put("/wards/{id}", policy=administrator)
async def change_ward(request: web.Request, id: UUID, if_match: int, body: WardIn) -> WardRow:
    """Change a ward of your hospital or its beds."""
    db, who, at = request[DB], request[ACTOR], now(request)
    saved = await wards.save(db, who, who.hospital_id, body, at, id=id, version=if_match)
    return await wards.row_of(request[DB], saved.row)


@routes.get("/venues", policy=administrator)
async def list_venues(request: web.Request, query: HospitalFilter) -> VenueRows:
    """The venues of the hospitals you see."""
    return await venues.listed(request[DB], request[ACTOR], query.hospital_id)


@routes.post("/venues", policy=administrator, status=201)
async def create_venue(request: web.Request, body: NewVenue) -> VenueRow:
    """Enter a venue of your hospital."""
    saved = await venues.save(request[DB], request[ACTOR], body.hospital_id, body, now(request))
    refuse_known(saved.result, "venue_name_taken")
    return VenueRow.model_validate(saved.row)


@routes.put("/venues/{id}", policy=administrator)
async def change_venue(request: web.Request, id: UUID, if_match: int, body: VenueIn) -> VenueRow:
    """Change a venue of your hospital."""
    db, who, at = request[DB], request[ACTOR], now(request)
    saved = await venues.save(db, who, who.hospital_id, body, at, id=id, version=if_match)
    return VenueRow.model_validate(saved.row)


@routes.get("/agreements", policy=administrator)
async def list_agreements(request: web.Request) -> AgreementRows:
    """The agreements of your hospital."""
    return await agreements.listed(request[DB], request[ACTOR])


@routes.post("/agreements", policy=administrator, status=201)
async def create_agreement(request: web.Request, body: NewAgreement) -> AgreementRow:
    """Enter an agreement of your hub with a branch."""
    db, at = request[DB], now(request)
    saved = await agreements.save(db, request[ACTOR], body.branch_id, body.hub_id, body, at)
    refuse_known(saved.result, "agreement_number_taken")
    return AgreementRow.model_validate(saved.row)


@routes.put("/agreements/{id}", policy=administrator)
async def change_agreement(request: web.Request, id: UUID, if_match: int, body: AgreementIn) -> AgreementRow:
    """Change an agreement of your hub."""
    saved = await agreements.change(request[DB], request[ACTOR], id, body, now(request), version=if_match)
    return AgreementRow.model_validate(saved.row)
