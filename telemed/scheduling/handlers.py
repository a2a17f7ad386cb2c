"""The routes of calendars; a consultation's own booking is at the consultation."""

from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, signed_in
from telemed.activities.kinds import KINDS
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.people.rules import Span
from telemed.scheduling import availability, busy, calendars, queries
from telemed.scheduling.schemas import (
    AgendaOut,
    AvailabilityIn,
    AvailabilityOut,
    BusyIn,
    BusyOut,
    BusyTimes,
    CalendarOut,
    CalendarQuery,
    Period,
)

routes = Routes("/calendar", tag="scheduling")


@routes.get("", policy=signed_in)
async def calendar(request: web.Request, query: CalendarQuery) -> CalendarOut:
    """People and venues of hospitals, with what takes their time."""
    return await calendars.calendar(request[DB], request[ACTOR], request.config_dict[KINDS], query, now(request))


@routes.get("/mine", policy=signed_in)
async def mine(request: web.Request, query: Period) -> AgendaOut:
    """What you are booked for."""
    kinds, span = request.config_dict[KINDS], Span(query.start, query.end)
    return await queries.agenda(request[DB], request[ACTOR], kinds, span, now(request))


@routes.post("/busy", policy=signed_in, status=201)
async def add_busy(request: web.Request, body: BusyIn) -> BusyOut:
    """Enter a time at which you (or, for a coordinator, a person or venue of your hospital) are taken.

    Over bookings it says for each whether it is given up or kept; one that is not named refuses it with 409, the
    `clashes`, and which of them can be `given_up`.
    """
    db, who, at = request[DB], request[ACTOR], now(request)
    made = await busy.enter(db, who, body, request.config_dict[KINDS], at)
    return BusyOut(items=await queries.shown(db, who, made, at))


@routes.post("/busy/{id}/move", policy=signed_in)
async def move_busy(request: web.Request, id: UUID, if_match: int, body: BusyTimes) -> BusyOut:
    """Give such a time another start or end. Over bookings as where it is entered."""
    db, who, at = request[DB], request[ACTOR], now(request)
    moved = await busy.move(db, who, id, if_match, body, request.config_dict[KINDS], at)
    return BusyOut(items=await queries.shown(db, who, moved, at))


@routes.delete("/busy/{id}", policy=signed_in)
async def remove_busy(request: web.Request, id: UUID, if_match: int) -> None:
    """Take such a time back."""
    await busy.take_back(request[DB], request[ACTOR], id, if_match, now(request))


@routes.get("/availability/{id}", policy=signed_in)
async def show_availability(request: web.Request, id: UUID) -> AvailabilityOut:
    """When you (or, for a coordinator, a person or venue of your hospital) can be had."""
    return await availability.shown(request[DB], request[ACTOR], id)


@routes.put("/availability/{id}", policy=signed_in)
async def save_availability(request: web.Request, id: UUID, body: AvailabilityIn, if_match: int) -> AvailabilityOut:
    """Change it, for what is booked from now on."""
    return await availability.save(request[DB], request[ACTOR], id, if_match, body, now(request))
