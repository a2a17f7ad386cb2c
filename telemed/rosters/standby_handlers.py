"""The routes of standing by."""

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.people.proving import prove
from telemed.rosters import standby
from telemed.rosters.standby_schemas import AwayIn, OwnStandby, StandbyIn

routes = Routes("/standby", tag="standby")
rung = role(*standby.RUNG)


@routes.get("", policy=rung)
async def own(request: web.Request) -> OwnStandby:
    """Whether you stand by, until when, and who else of your hospital does."""
    return await standby.own(request[DB], request[ACTOR], now(request))


@routes.post("", policy=rung, transaction=False, limited=True)
async def begin(request: web.Request, body: StandbyIn) -> OwnStandby:
    """Say that you are there until the end of your shift and hear what rings."""
    standby.refuse_at_device(request[ACTOR])
    await prove(request, body.proof)
    async with request.config_dict[DATABASE].write() as db:
        await standby.begin(db, request[ACTOR], now(request))
        return await standby.own(db, request[ACTOR], now(request))


@routes.post("/leave", policy=rung)
async def leave(request: web.Request) -> OwnStandby:
    """Stand by no longer; the ladder calls you as it does anybody on duty."""
    await standby.leave(request[DB], request[ACTOR], now(request))
    return await standby.own(request[DB], request[ACTOR], now(request))


@routes.post("/away", policy=rung)
async def step_away(request: web.Request, body: AwayIn) -> OwnStandby:
    """Be away for a while: what begins to ring meanwhile rings at the others of your order before you."""
    await standby.step_away(request[DB], request[ACTOR], body.minutes, now(request))
    return await standby.own(request[DB], request[ACTOR], now(request))


@routes.post("/back", policy=rung)
async def come_back(request: web.Request) -> OwnStandby:
    """Be there again, earlier than you said."""
    await standby.back(request[DB], request[ACTOR], now(request))
    return await standby.own(request[DB], request[ACTOR], now(request))
