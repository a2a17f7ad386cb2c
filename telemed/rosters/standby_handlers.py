"""The routes of standing by."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role
from telemed.db import DATABASE, DB
from telemed.kit.http import Routes, now
from telemed.people.proving import prove
from telemed.rosters import handing_over, standby
from telemed.rosters.standby_schemas import AwayIn, HandOverAnswerIn, HandOverIn, OwnStandby, ShiftsToHand, StandbyIn

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


@routes.get("/shifts", policy=rung)
async def shifts_to_hand(request: web.Request) -> ShiftsToHand:
    """Your shifts of the next days, and who could take each."""
    return await handing_over.to_hand(request[DB], request[ACTOR], now(request))


@routes.post("/hand-overs", policy=rung)
async def offer_shift(request: web.Request, body: HandOverIn) -> OwnStandby:
    """Offer a shift of yours, or the rest of it, to a colleague; until they accept it you are called."""
    await handing_over.offer(request[DB], request[ACTOR], body, now(request))
    return await standby.own(request[DB], request[ACTOR], now(request))


@routes.post("/hand-overs/{id}/answer", policy=rung)
async def answer_hand_over(request: web.Request, id: UUID, body: HandOverAnswerIn) -> OwnStandby:
    """Accept a shift that is offered to you, which is yours from now on, or decline it."""
    await handing_over.answer(request[DB], request[ACTOR], id, accepts=body.accepts, now=now(request))
    return await standby.own(request[DB], request[ACTOR], now(request))


@routes.post("/hand-overs/{id}/withdraw", policy=rung)
async def withdraw_hand_over(request: web.Request, id: UUID) -> OwnStandby:
    """Take back an offer that is not answered yet."""
    await handing_over.withdraw(request[DB], request[ACTOR], id, now(request))
    return await standby.own(request[DB], request[ACTOR], now(request))
