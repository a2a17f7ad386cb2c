"""The routes by which administrators keep people, their roles and registrations."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role, signed_in
from telemed.administration import (
    leaving,
    proposals,
    registered,
    registering,
    registration_ends,
    slips,
    staff_list,
    staffing,
)
from telemed.administration.place_handlers import refuse_known
from telemed.administration.staff_schemas import (
    Chosen,
    Decision,
    LeaveIn,
    NewStaff,
    ProposedList,
    RegistrationIn,
    RegistrationPage,
    RegistrationQuery,
    RegistrationRow,
    Shifts,
    Slips,
    StaffIn,
    StaffPage,
    StaffQuery,
    StaffRow,
    WaitingOut,
)
from telemed.administration.waiting import successors, waiting
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.opinions.service import OpinionsOf
from telemed.rosters.today import shifts_of

routes = Routes("/admin", tag="administration")
administrator = role(Role.administrator)
confirming = role(*proposals.CONFIRMING)


@routes.get("/staff", policy=administrator)
async def find_people(request: web.Request, query: StaffQuery) -> StaffPage:
    """People of your hospital, at a hub of its branches too: searched, filtered, one page."""
    return await staff_list.page(request[DB], request[ACTOR], query, now(request))


@routes.post("/staff", policy=administrator, status=201)
async def create_person(request: web.Request, body: NewStaff) -> StaffRow:
    """Enter a person of your hospital; at a hub also a branch's first administrator."""
    saved = await staffing.save(request[DB], request[ACTOR], body.hospital_id, body, now(request))
    refuse_known(saved.result, "staff_number_taken")
    await proposals.review(request[DB], now(request))
    return await staff_list.one(request[DB], request[ACTOR], saved.row.id)


@routes.get("/staff/{id}", policy=administrator)
async def show_person(request: web.Request, id: UUID) -> StaffRow:
    """One person."""
    return await staff_list.one(request[DB], request[ACTOR], id)


@routes.put("/staff/{id}", policy=administrator)
async def change_person(request: web.Request, id: UUID, if_match: int, body: StaffIn) -> StaffRow:
    """Change a person of your hospital; roles hold from their next request on."""
    db, who = request[DB], request[ACTOR]
    shown = await staff_list.one(db, who, id)
    await staffing.save(db, who, shown.hospital_id, body, now(request), id=id, version=if_match)
    await proposals.review(db, now(request))
    return await staff_list.one(db, who, id)


@routes.get("/staff/{id}/waiting", policy=administrator)
async def show_waiting(request: web.Request, id: UUID) -> WaitingOut:
    """What waits for a person of your hospital, without patients, and who could take it over."""
    db, at = request[DB], now(request)
    person = await staffing.one(db, request[ACTOR].hospital_id, id)
    return WaitingOut(items=await waiting(db, id, at), successors=await successors(db, person))


@routes.get("/staff/{id}/shifts", policy=administrator)
async def show_shifts(request: web.Request, id: UUID) -> Shifts:
    """When one person is on duty from now on."""
    await staff_list.one(request[DB], request[ACTOR], id)
    return Shifts(items=await shifts_of(request[DB], id, now(request)))


@routes.post("/staff/{id}/disable", policy=administrator)
async def disable_person(request: web.Request, id: UUID, if_match: int, body: LeaveIn) -> StaffRow:
    """Hand over what waits for a person of your hospital and disable them: they are signed out everywhere."""
    db, who = request[DB], request[ACTOR]
    await staff_list.one(db, who, id)
    await leaving.disable(db, who, id, if_match, body.to, body.to_all, OpinionsOf(), now(request))
    await _review(request)
    return await staff_list.one(db, who, id)


@routes.post("/staff/{id}/enable", policy=administrator)
async def enable_person(request: web.Request, id: UUID, if_match: int) -> StaffRow:
    """Let a disabled person of your hospital sign in again."""
    db, who = request[DB], request[ACTOR]
    await staff_list.one(db, who, id)
    await leaving.enable(db, who, id, if_match, now(request))
    await _review(request)
    return await staff_list.one(db, who, id)


@routes.put("/staff/{id}/registrations", policy=administrator)
async def register(request: web.Request, id: UUID, body: RegistrationIn) -> StaffRow:
    """Enter or change where else a person of your hospital may practise, and how long."""
    await staff_list.one(request[DB], request[ACTOR], id)
    await registering.save(request[DB], request[ACTOR], id, body, now(request))
    await registration_ends.review(request[DB], now(request), request[ACTOR])
    return await staff_list.one(request[DB], request[ACTOR], id)


@routes.delete("/staff/{id}/registrations/{registration_id}", policy=administrator)
async def unregister(request: web.Request, id: UUID, registration_id: UUID) -> StaffRow:
    """Take out a registration that was entered by mistake."""
    await registering.remove(request[DB], request[ACTOR], id, registration_id, now(request))
    await registration_ends.review(request[DB], now(request), request[ACTOR])
    return await staff_list.one(request[DB], request[ACTOR], id)


@routes.post("/staff/one-time-passwords", policy=administrator)
async def issue_passwords(request: web.Request, body: Chosen) -> Slips:
    """Give the people who were chosen a one-time password each; the answer shows them once."""
    return await slips.issue(request[DB], request[ACTOR], body.ids, now(request))


@routes.get("/registrations", policy=confirming)
async def list_registrations(request: web.Request, query: RegistrationQuery) -> RegistrationPage:
    """Where people of your hospital may practise besides, and who may at yours; who ends first comes first."""
    return await registered.page(request[DB], request[ACTOR], query, now(request))


@routes.get("/registrations/own", policy=signed_in)
async def own_registrations(request: web.Request) -> RegistrationPage:
    """Where you may practise besides your own hospital, until when, and what you lead there afterwards."""
    return await registered.own(request[DB], request[ACTOR])


@routes.put("/registrations/{staff_id}", policy=confirming)
async def renew(request: web.Request, staff_id: UUID, body: RegistrationIn) -> RegistrationRow:
    """Renew a registration of a person of your hospital, or of somebody who is registered at yours."""
    db, who = request[DB], request[ACTOR]
    await registering.save(db, who, staff_id, body, now(request))
    await registration_ends.review(db, now(request), who)
    return await registered.last_of(db, who, staff_id, body.hospital_id)


@routes.get("/role-proposals", policy=confirming)
async def list_proposals(request: web.Request) -> ProposedList:
    """The roles of people of your hospital that wait for a second person."""
    return ProposedList(items=await staff_list.proposed(request[DB], request[ACTOR]))


@routes.post("/role-proposals/{id}", policy=confirming, status=204)
async def decide(request: web.Request, id: UUID, body: Decision) -> None:
    """Confirm or refuse a role that a colleague has proposed for somebody else."""
    await proposals.decide(request[DB], request[ACTOR], id, body.confirm, now(request))


async def _review(request: web.Request) -> None:
    """Who has left is asked nothing, and nothing is asked about them; who is back is."""
    await registration_ends.review(request[DB], now(request), request[ACTOR])
    await proposals.review(request[DB], now(request), request[ACTOR])
