"""The routes of reading together: who is there, inviting somebody, and ending it."""

from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import together
from telemed.reading.together_schemas import InviteIn, TogetherOut

routes = Routes("", tag="readings")
clinical = role(*CLINICAL)


@routes.get("/readings/{id}/together", policy=clinical)
async def shown(request: web.Request, id: UUID) -> TogetherOut:
    """Who reads it together now, and who is invited."""
    return await together.shown(request[DB], request[ACTOR], id, now(request))


@routes.post("/readings/{id}/invitations", policy=clinical)
async def invite(request: web.Request, id: UUID, body: InviteIn) -> TogetherOut:
    """Invite somebody of the two hospitals to read it together; they may see it for four hours."""
    await together.invite(request[DB], request[ACTOR], id, body.staff_id, now(request))
    return await together.shown(request[DB], request[ACTOR], id, now(request))


@routes.delete("/readings/{id}/invitations/{staff_id}", policy=clinical)
async def end(request: web.Request, id: UUID, staff_id: UUID) -> TogetherOut:
    """End an invitation of one's own."""
    await together.end(request[DB], request[ACTOR], id, staff_id, now(request))
    return await together.shown(request[DB], request[ACTOR], id, now(request))
