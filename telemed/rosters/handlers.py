"""The routes of rosters, and of who is on duty."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role, signed_in
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.kit.paging import CURSOR_SECRET
from telemed.people.schemas import StaffFilter, StaffList
from telemed.rosters import directory, service, today
from telemed.rosters.schemas import (
    OnDutyOut,
    PlanIn,
    PlanOut,
    PlanQuery,
    RosterIn,
    RosterList,
    RosterOut,
    RosterSettings,
)

routes = Routes("", tag="rosters")
keeper = role(*service.KEEPERS)


@routes.get("/on-duty", policy=signed_in)
async def on_duty(request: web.Request) -> OnDutyOut:
    """Who is on duty now, with telephone numbers, at your hospital and those with which it has an agreement."""
    return await today.on_duty_now(request[DB], request[ACTOR], now(request))


@routes.get("/staff", policy=signed_in)
async def staff(request: web.Request, query: StaffFilter) -> StaffList:
    """Staff of your hospital and its partners; telephones of your own and of others who are on duty."""
    secret = request.config_dict[CURSOR_SECRET]
    return await directory.find(request[DB], request[ACTOR], query, secret, now(request))


@routes.get("/admin/rosters", policy=keeper)
async def list_rosters(request: web.Request) -> RosterList:
    """The rosters of your hospital, and of whom you can make another."""
    return await service.rosters(request[DB], request[ACTOR], now(request))


@routes.post("/admin/rosters", policy=keeper, status=201)
async def make_roster(request: web.Request, body: RosterIn) -> RosterOut:
    """Make a roster of a specialty, a department or a role of your hospital."""
    return await service.make(request[DB], request[ACTOR], body, now(request))


@routes.get("/admin/rosters/{id}", policy=keeper)
async def show_roster(request: web.Request, id: UUID, query: PlanQuery) -> PlanOut:
    """A roster's shifts in some days, with gaps, and whom it can name."""
    return await service.plan(request[DB], request[ACTOR], id, query, now(request))


@routes.put("/admin/rosters/{id}", policy=keeper)
async def change_roster(request: web.Request, id: UUID, if_match: int, body: RosterSettings) -> RosterOut:
    """Change when it hands over and when somebody should be on duty."""
    return await service.change(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.put("/admin/rosters/{id}/shifts", policy=keeper)
async def save_shifts(request: web.Request, id: UUID, if_match: int, body: PlanIn) -> PlanOut:
    """Replace the shifts that begin in some days."""
    return await service.save(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.post("/admin/rosters/{id}/close", policy=keeper, status=204)
async def close_roster(request: web.Request, id: UUID, if_match: int) -> None:
    """Keep it no longer: from now on all are called at once."""
    await service.close(request[DB], request[ACTOR], id, if_match, now(request))
