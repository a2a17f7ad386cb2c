"""The routes of administrators: ladders."""

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.administration import ladders
from telemed.administration.schemas import GiveUpIn, LadderIn, LadderList, ScopeOut
from telemed.db import DB
from telemed.kit.http import Routes, now

routes = Routes("/admin", tag="administration")
administrator = role(Role.administrator)


@routes.get("/ladders", policy=administrator)
async def list_ladders(request: web.Request) -> LadderList:
    """The ladders of all hospitals, of your own and of its agreements, former and planned ones too."""
    return await ladders.ladders(request[DB], request[ACTOR])


@routes.put("/ladders/{ladder}", policy=administrator)
async def save_ladder(request: web.Request, ladder: str, if_match: int, body: LadderIn) -> ScopeOut:
    """Save a ladder anew, for what begins from now on or later; what has begun keeps its ladder."""
    return await ladders.save(request[DB], request[ACTOR], ladder, if_match, body, now(request))


@routes.post("/ladders/{ladder}/give-up", policy=administrator)
async def give_up_ladder(request: web.Request, ladder: str, if_match: int, body: GiveUpIn) -> ScopeOut:
    """Give up a planned change, or a ladder of one's own."""
    return await ladders.give_up(request[DB], request[ACTOR], ladder, if_match, body, now(request))
