"""The routes of the home page, and of what rings on every page."""

from uuid import UUID

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role, signed_in
from telemed.activities.kinds import KINDS
from telemed.db import DATABASE, DB
from telemed.home import service
from telemed.home import shift as shifts
from telemed.home.schemas import (
    CentreDay,
    DutyCallsOut,
    DutyShiftOut,
    ExceptionList,
    HomeOut,
    NoticeFilter,
    NoticeList,
    PassIn,
    ReadIn,
    RingingList,
    SearchIn,
    SearchOut,
    SeenIn,
    ToldList,
    WorkFilter,
    WorkList,
)
from telemed.kit.http import Routes, now
from telemed.rosters.standby import RUNG
from telemed.scheduling.schemas import Period
from telemed.work import notices, passing
from telemed.work.duty import on_duty
from telemed.work.ports import Present
from telemed.work.schemas import RungOut

routes = Routes("/home", tag="home")
PRESENT: web.AppKey[Present] = web.AppKey("present")


@routes.get("", policy=signed_in)
async def home(request: web.Request) -> HomeOut:
    """What waits for you: consultations to join, work items."""
    return await service.home(request[DB], request[ACTOR], request.config_dict[KINDS], now(request))


@routes.get("/ringing", policy=signed_in)
async def ringing(request: web.Request) -> RingingList:
    """What calls and nobody has taken, and whether it rings at you."""
    found = await service.ringing(request[DB], request[ACTOR], request.config_dict[KINDS], now(request))
    return RingingList(items=found)


@routes.get("/ringing/{id}", policy=signed_in)
async def rung(request: web.Request, id: UUID) -> RungOut:
    """Whom an activity rings at, who has seen it, and who is next."""
    config = request.config_dict
    return await service.rung(request[DB], request[ACTOR], config[KINDS], id, now(request), config[PRESENT])


@routes.post("/ringing/{id}/seen", policy=signed_in, status=204)
async def seen(request: web.Request, id: UUID, body: SeenIn) -> None:
    """Say that what rings at you is on your screen."""
    await notices.seen(request[DB], request[ACTOR], id, body.device, now(request))


@routes.post("/ringing/{id}/pass", policy=signed_in, status=204)
async def pass_on(request: web.Request, id: UUID, body: PassIn) -> None:
    """Let it ring at the next, because you cannot come."""
    present = request.config_dict[PRESENT]
    await passing.pass_on(request[DB], request[ACTOR], id, body.why, now(request), on_duty, present)


@routes.get("/shift", policy=role(*RUNG))
async def shift(request: web.Request) -> DutyShiftOut:
    """What has called in your shift and how it ended, and what you may be called about in the rest of it."""
    return await shifts.of(request[DB], request[ACTOR], request.config_dict[KINDS], now(request))


@routes.get("/calls", policy=role(*RUNG))
async def calls(request: web.Request) -> DutyCallsOut:
    """What has called in the last seven days at you and at whoever was on your rosters, and how it ended."""
    return await shifts.of_week(request[DB], request[ACTOR], request.config_dict[KINDS], now(request))


@routes.get("/notices", policy=signed_in)
async def told(request: web.Request, query: NoticeFilter) -> NoticeList:
    """What you were told: what is due or late, begins soon, or has ended otherwise."""
    return await service.told(request[DB], request[ACTOR], request.config_dict[KINDS], query, now(request))


@routes.get("/told/{id}", policy=signed_in)
async def told_of(request: web.Request, id: UUID) -> ToldList:
    """Who else was told of what an activity waits for, and whether it reached them."""
    found = await service.told_of(request[DB], request[ACTOR], request.config_dict[KINDS], id, now(request))
    return ToldList(items=found)


@routes.post("/notices/{id}/seen", policy=signed_in, status=204)
async def read(request: web.Request, id: UUID, body: ReadIn) -> None:
    """Say that you have seen this and everything before it, or what of it is about one activity."""
    await notices.read(request[DB], request[ACTOR], id, body.device, now(request), body.about)


@routes.get("/exceptions", policy=role(Role.coordinator, Role.duty_officer))
async def exceptions(request: web.Request) -> ExceptionList:
    """What is late or not ready at your hub, and whom it waits for; for its duty officer, of what they may see."""
    return await service.exceptions(request[DB], request[ACTOR], request.config_dict[KINDS], now(request))


@routes.post("/exceptions/{id}/nudge", policy=role(Role.coordinator, Role.duty_officer), status=204)
async def nudge(request: web.Request, id: UUID) -> None:
    """Remind those for whom it waits once more."""
    await service.nudge(request[DB], request[ACTOR], request.config_dict[KINDS], id, now(request))


@routes.post("/search", policy=signed_in, transaction=False, reads="search")
async def search(request: web.Request, body: SearchIn) -> SearchOut:
    """Find patients, cases and people from anywhere."""
    config = request.config_dict
    return await service.search(config[DATABASE], request[ACTOR], config[KINDS], body.q, now(request))


@routes.get("/centre", policy=role(Role.coordinator, Role.duty_officer))
async def centre(request: web.Request, query: Period) -> CentreDay:
    """What your hub holds in this time: when, where, and who leads it."""
    return await service.centre(request[DB], request[ACTOR], request.config_dict[KINDS], query, now(request))


@routes.get("/work", policy=signed_in)
async def work(request: web.Request, query: WorkFilter) -> WorkList:
    """More of what waits for you, or only some kinds of it."""
    return await service.work(request[DB], request[ACTOR], request.config_dict[KINDS], query, now(request))
