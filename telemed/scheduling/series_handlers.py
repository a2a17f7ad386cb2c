"""The routes of times that come again."""

from datetime import date
from uuid import UUID

from aiohttp import web

from telemed.access.policy import ACTOR, role, signed_in
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.scheduling import series, series_queries
from telemed.scheduling.model import BookingSeries
from telemed.scheduling.queries import BOOKS_FOR_OTHERS
from telemed.scheduling.series_planning import look_ahead
from telemed.scheduling.series_schemas import (
    TimeAheadQuery,
    TimeChoicesOut,
    TimeOccurrenceIn,
    TimePreviewOut,
    TimeSeriesChangeIn,
    TimeSeriesEndIn,
    TimeSeriesIn,
    TimeSeriesList,
    TimeSeriesOut,
)

routes = Routes("/calendar/series", tag="time_series")
arranging = role(*BOOKS_FOR_OTHERS)


async def _shown(request: web.Request, row: BookingSeries) -> TimeSeriesOut:
    return (await series_queries.shown(request[DB], request[ACTOR], [row], now(request)))[0]


@routes.get("", policy=signed_in)
async def find(request: web.Request) -> TimeSeriesList:
    """The series of one's hospital for its coordinators, and those that take one's own time; the ended ones are
    missing."""
    return await series_queries.find(request[DB], request[ACTOR], now(request))


@routes.get("/choices", policy=arranging)
async def choices(request: web.Request) -> TimeChoicesOut:
    """Whose people and which places a series can take."""
    return await series_queries.choices(request[DB], request[ACTOR], now(request))


@routes.post("/preview", policy=arranging)
async def preview(request: web.Request, body: TimeSeriesIn) -> TimePreviewOut:
    """The next eight times of what is being planned, each with all that stands in its way."""
    return await look_ahead(request[DB], request[ACTOR], body, None, now(request))


@routes.post("/{id}/preview", policy=arranging)
async def preview_change(request: web.Request, id: UUID, query: TimeAheadQuery, body: TimeSeriesIn) -> TimePreviewOut:
    """The next times of a series as it would be; its own bookings do not stand in its way."""
    row = await series.get(request[DB], request[ACTOR], id)
    return await look_ahead(request[DB], request[ACTOR], body, row.id, now(request), query.most)


@routes.post("", policy=arranging, status=201)
async def plan(request: web.Request, body: TimeSeriesIn) -> TimeSeriesOut:
    """Plan a teleclinic, teaching or another time that comes again; it is booked eight weeks ahead.

    Where limits would be passed over without `override`, 409 with reason `limits` names them.
    """
    return await _shown(request, await series.plan(request[DB], request[ACTOR], body, now(request)))


@routes.put("/{id}", policy=arranging)
async def change(request: web.Request, id: UUID, if_match: int, body: TimeSeriesChangeIn) -> TimeSeriesOut:
    """Change all times to come, or those from a day on, which are then another series."""
    return await _shown(request, await series.change(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/end", policy=arranging)
async def end(request: web.Request, id: UUID, if_match: int, body: TimeSeriesEndIn) -> TimeSeriesOut:
    """No times after a day."""
    return await _shown(request, await series.end(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.put("/{id}/occurrences/{on}", policy=arranging)
async def change_one(request: web.Request, id: UUID, on: date, if_match: int, body: TimeOccurrenceIn) -> TimeSeriesOut:
    """Leave one time of the series out, or move it. One that was left out comes again when it is moved; at the time
    that it has by the rule it follows the rule again."""
    row = await series.change_one(request[DB], request[ACTOR], id, if_match, on, body, now(request))
    return await _shown(request, row)
