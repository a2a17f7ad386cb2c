"""The routes of a consent that was recorded; to record one and to file its paper belong to its consultation."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role, signed_in
from telemed.cases import consents, rules
from telemed.cases.schemas import ConsentIn, ConsentRecord, WithdrawalIn
from telemed.db import DB
from telemed.kit.http import Routes, now

routes = Routes("/consents", tag="consents")
taking = role(*rules.TAKING)
keeping = role(*rules.KEEPING)
approving = role(*rules.APPROVING)


@routes.get("/{id}", policy=signed_in)
async def get(request: web.Request, id: UUID) -> ConsentRecord:
    """Show one consent."""
    row, _ = await consents.get(request[DB], request[ACTOR], id, now(request))
    return await consents.shown(request[DB], row)


@routes.put("/{id}", policy=taking)
async def change(request: web.Request, id: UUID, if_match: int, body: ConsentIn) -> ConsentRecord:
    """Change a consent that is not signed yet."""
    row = await consents.change(request[DB], request[ACTOR], id, if_match, body, now(request))
    return await consents.shown(request[DB], row)


@routes.post("/{id}/approve", policy=approving)
async def approve(request: web.Request, id: UUID) -> ConsentRecord:
    """Approve an emergency without consent: one tap of the authorised person."""
    row = await consents.approve(request[DB], request[ACTOR], id, now(request))
    return await consents.shown(request[DB], row)


@routes.post("/{id}/withdraw", policy=keeping)
async def withdraw(request: web.Request, id: UUID, body: WithdrawalIn) -> ConsentRecord:
    """Withdraw a consent: what it opened closes."""
    row = await consents.withdraw(request[DB], request[ACTOR], id, body.reason, now(request))
    return await consents.shown(request[DB], row)
