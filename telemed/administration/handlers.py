"""The routes of administrators: ladders, working hours and holidays."""

from aiohttp import web

from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.administration import calendar, first_steps, ladders
from telemed.administration.calendar_schemas import (
    CalendarYear,
    DaysIn,
    HoursIn,
    HoursKept,
    ListIn,
    ListOut,
    YearQuery,
)
from telemed.administration.schemas import FirstSteps, GiveUpIn, LadderIn, LadderList, ScopeOut
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.rooms.handlers import ICE

routes = Routes("/admin", tag="administration")
administrator = role(Role.administrator)


@routes.get("/first-steps", policy=administrator)
async def show_first_steps(request: web.Request) -> FirstSteps:
    """What your hospital still lacks before its first real consultation."""
    ice = request.config_dict[ICE]
    relays = bool(ice and ice.servers(str(request[ACTOR].id), now(request).timestamp()))
    return await first_steps.first_steps(request[DB], request[ACTOR], now(request), relays=relays)


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


@routes.get("/calendar", policy=administrator)
async def show_year(request: web.Request, query: YearQuery) -> CalendarYear:
    """A year of your hospital: what holds for all, its own days and hours."""
    return await calendar.calendar(request[DB], request[ACTOR], query.year, now(request))


@routes.put("/calendar/days", policy=administrator, status=204)
async def change_days(request: web.Request, body: DaysIn) -> None:
    """Enter public holidays and make-up days, change or take them out."""
    await calendar.change(request[DB], request[ACTOR], body, now(request))


@routes.post("/calendar/read", policy=administrator)
async def read_days(request: web.Request, body: ListIn) -> ListOut:
    """What a list of days would change; nothing is written."""
    return await calendar.read(request[DB], request[ACTOR], body)


@routes.put("/calendar/hours", policy=administrator)
async def change_hours(request: web.Request, if_match: int, body: HoursIn) -> HoursKept:
    """Change your hospital's working hours."""
    return await calendar.change_hours(request[DB], request[ACTOR], if_match, body, now(request))
