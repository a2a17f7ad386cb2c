"""The routes of break-glass: opening, reading what it opens, ending it; and the review by the branch."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.audit.break_glass import ROLES
from telemed.audit.reads import READS
from telemed.break_glass import reviewing, rules, service
from telemed.break_glass.schemas import MineList, OpenedOut, OpenIn, ReviewIn, ReviewList, ReviewOut
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now

routes = Routes("/break-glass", tag="break_glass")
opening = role(*sorted(ROLES))
reviewers = role(*rules.REVIEWING)


@routes.post("", policy=opening, status=201, transaction=False, limited=True)
async def open_for(request: web.Request, body: OpenIn) -> OpenedOut:
    """Open a branch's patient for two hours, read-only; its medical office is told at once. An open one is answered."""
    database, at, actor = request.config_dict[DATABASE], now(request), request[ACTOR]
    row = await service.open_for(database, actor, body, at)
    request.config_dict[READS].anew.add(actor.id)
    async with database.read() as db:
        request[ACTOR] = await service.under(db, actor, at)
        return await service.one(db, request[ACTOR], row.id, at)


@routes.get("", policy=opening)
async def mine(request: web.Request) -> MineList:
    """One's own: the open ones with the patient's name, and the latest without."""
    request[ACTOR] = await service.under(request[DB], request[ACTOR], now(request))
    return await service.mine(request[DB], request[ACTOR], now(request))


@routes.get("/reviews", policy=reviewers, reads="audit")
async def reviews(request: web.Request) -> ReviewList:
    """Who has opened one's own hospital's patients by break-glass; those that nobody has reviewed first."""
    return await reviewing.find(request[DB], request[ACTOR], now(request))


@routes.get("/reviews/{id}", policy=reviewers, reads="audit")
async def review_of(request: web.Request, id: UUID) -> ReviewOut:
    """One of them, with what was read under it."""
    return await reviewing.one(request[DB], request[ACTOR], id, now(request))


@routes.post("/reviews/{id}", policy=reviewers, reads="audit")
async def review(request: web.Request, id: UUID, if_match: int, body: ReviewIn) -> ReviewOut:
    """Say whether it was appropriate."""
    return await reviewing.review(request[DB], request[ACTOR], id, if_match, body, now(request))


@routes.get("/{id}", policy=opening)
async def one(request: web.Request, id: UUID) -> OpenedOut:
    """One's own, with what it opens while it lasts."""
    request[ACTOR] = await service.under(request[DB], request[ACTOR], now(request))
    return await service.one(request[DB], request[ACTOR], id, now(request))


@routes.post("/{id}/end", policy=opening)
async def end(request: web.Request, id: UUID) -> OpenedOut:
    """Close one's own before its time is over."""
    await service.end(request[DB], request[ACTOR], id, now(request))
    return await service.one(request[DB], request[ACTOR], id, now(request))
