"""The routes of planning a roster (自动排班)."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.rosters import planner, service
from telemed.rosters.planning_schemas import PlanAskIn, PlannedOut, PlanningBasis
from telemed.rosters.ports import OnLeave
from telemed.rosters.schemas import PlanQuery

routes = Routes("/admin/rosters", tag="rosters")
keeper = role(*service.KEEPERS)
ON_LEAVE: web.AppKey[OnLeave] = web.AppKey("on_leave")


@routes.get("/{id}/planning", policy=keeper)
async def planning_basis(request: web.Request, id: UUID, query: PlanQuery) -> PlanningBasis:
    """What planning some days of a roster begins from: holidays, leave, and what each had in the months before."""
    on_leave = request.config_dict[ON_LEAVE]
    return await planner.basis(request[DB], request[ACTOR], id, query, on_leave, now(request))


@routes.post("/{id}/planning", policy=keeper, transaction=False)
async def propose_shifts(request: web.Request, id: UUID, body: PlanAskIn) -> PlannedOut:
    """Propose who is on duty in some days, beside what is kept, fairly and by the rules; nothing is saved."""
    database, on_leave = request.config_dict[DATABASE], request.config_dict[ON_LEAVE]
    return await planner.plan(database, request[ACTOR], id, body, on_leave, now(request))
