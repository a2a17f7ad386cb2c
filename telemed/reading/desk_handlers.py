"""The routes of a reading desk's settings."""

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.reading import desk_settings, rules
from telemed.reading.desk_schemas import DeskIn, DeskOut

routes = Routes("", tag="reading desk")
readers = role(*rules.READERS)


@routes.get("/reading-desk", policy=readers)
async def shown(request: web.Request) -> DeskOut:
    """Who of one's department reads what, and how much work a study is."""
    return await desk_settings.shown(request[DB], request[ACTOR])


@routes.put("/reading-desk", policy=readers)
async def save(request: web.Request, if_match: int, body: DeskIn) -> DeskOut:
    """Say who reads what; what comes from now on is dealt out by it."""
    return await desk_settings.save(request[DB], request[ACTOR], if_match, body, now(request))
