"""The route of the home page."""

from aiohttp import web

from telemed.access.policy import ACTOR, signed_in
from telemed.activities.kinds import Kinds
from telemed.db import DB
from telemed.home import service
from telemed.home.schemas import HomeOut, WorkFilter, WorkList
from telemed.kit.http import Routes, now

routes = Routes("/home", tag="home")
KINDS: web.AppKey[Kinds] = web.AppKey("kinds", Kinds)


@routes.get("", policy=signed_in)
async def home(request: web.Request) -> HomeOut:
    """What waits for you: stat calls, consultations to join, work items."""
    return await service.home(request[DB], request[ACTOR], request.config_dict[KINDS], now(request))


@routes.get("/work", policy=signed_in)
async def work(request: web.Request, query: WorkFilter) -> WorkList:
    """More of what waits for you, or only some kinds of it."""
    return await service.work(request[DB], request[ACTOR], request.config_dict[KINDS], query, now(request))
