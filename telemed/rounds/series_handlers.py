"""The routes of series of rounds."""

from datetime import date
from uuid import UUID

from aiohttp import web

from telemed.access.grants import CLINICAL
from telemed.access.model import Role
from telemed.access.policy import ACTOR, role
from telemed.db import DB
from telemed.kit.http import Routes, now
from telemed.rounds import series, series_queries
from telemed.rounds.model import RoundSeries
from telemed.rounds.series_schemas import (
    AheadQuery,
    ChoicesOut,
    OccurrenceIn,
    PreviewOut,
    SeriesChangeIn,
    SeriesEndIn,
    SeriesIn,
    SeriesList,
    SeriesOut,
)

routes = Routes("/rounds/series", tag="round_series")
clinical = role(*CLINICAL)
coordinating = role(Role.coordinator)


async def _shown(request: web.Request, row: RoundSeries) -> SeriesOut:
    return (await series_queries.shown(request[DB], request[ACTOR], [row], now(request)))[0]


@routes.get("", policy=clinical)
async def find(request: web.Request) -> SeriesList:
    """The series of one's hub or wards, with their next and last rounds."""
    return await series_queries.find(request[DB], request[ACTOR], now(request))


@routes.get("/choices", policy=coordinating)
async def choices(request: web.Request) -> ChoicesOut:
    """With what and whom a series can be planned."""
    return await series_queries.choices(request[DB], request[ACTOR], now(request))


@routes.post("/preview", policy=coordinating)
async def preview(request: web.Request, body: SeriesIn) -> PreviewOut:
    """The next eight rounds of what is being planned, each with all that stands in its way."""
    return await series.look_ahead(request[DB], request[ACTOR], body, None, now(request))


@routes.post("/{id}/preview", policy=coordinating)
async def preview_change(request: web.Request, id: UUID, query: AheadQuery, body: SeriesIn) -> PreviewOut:
    """The next rounds of a series as it would be; its own bookings do not stand in its way."""
    row = await series.get(request[DB], request[ACTOR], id)
    return await series.look_ahead(request[DB], request[ACTOR], body, row.id, now(request), query.most)


@routes.post("", policy=coordinating, status=201)
async def plan(request: web.Request, body: SeriesIn) -> SeriesOut:
    """Plan rounds of a ward that come again; their sessions are made eight weeks ahead."""
    return await _shown(request, await series.plan(request[DB], request[ACTOR], body, now(request)))


@routes.put("/{id}", policy=coordinating)
async def change(request: web.Request, id: UUID, if_match: int, body: SeriesChangeIn) -> SeriesOut:
    """Change all rounds to come, or those from a day on, which are then another series."""
    return await _shown(request, await series.change(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.post("/{id}/end", policy=coordinating)
async def end(request: web.Request, id: UUID, if_match: int, body: SeriesEndIn) -> SeriesOut:
    """No rounds after a day."""
    return await _shown(request, await series.end(request[DB], request[ACTOR], id, if_match, body, now(request)))


@routes.put("/{id}/occurrences/{on}", policy=coordinating)
async def change_one(request: web.Request, id: UUID, on: date, if_match: int, body: OccurrenceIn) -> SeriesOut:
    """Leave one round of the series out, or move it. One that was left out or cancelled comes again when it is moved;
    at the time that it has by the rule it follows the rule again."""
    row = await series.change_one(request[DB], request[ACTOR], id, if_match, on, body, now(request))
    return await _shown(request, row)
