"""Shows times that come again, and with what a coordinator may plan one."""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.scheduling import partners, queries, series_making
from telemed.scheduling.model import LIVE, Booking, BookingSeries, Occupancy, Resource
from telemed.scheduling.recurrence import readable_ids
from telemed.scheduling.series_schemas import TimeChoicesOut, TimePartner, TimeSeriesList, TimeSeriesOut

COLUMNS = set(TimeSeriesOut.model_fields) & set(BookingSeries.model_fields) - {"resources"}


async def find(db: AsyncSession, actor: Actor, now: datetime) -> TimeSeriesList:
    """Those of the hospital, and those that take its people and places, for its coordinators; for everybody those that
    take their own time. The ended ones are missing."""
    plans = actor.has(*queries.BOOKS_FOR_OTHERS)
    takes = col(Resource.hospital_id) == actor.hospital_id if plans else col(Resource.id) == actor.id
    taken = select(Booking.series_id).join(Occupancy, col(Occupancy.booking_id) == Booking.id)
    taken = taken.join(Resource, col(Resource.id) == Occupancy.resource_id)
    taken = taken.where(takes, col(Booking.series_id).is_not(None), col(Booking.ends_at) > now, LIVE)
    of_these: ColumnElement[bool] = col(BookingSeries.id).in_(taken.distinct())
    if plans:
        of_these = or_(of_these, col(BookingSeries.hospital_id) == actor.hospital_id)
    today = day_in((await people.zones(db))[actor.hospital_id], now)
    goes_on = or_(col(BookingSeries.ends_on).is_(None), col(BookingSeries.ends_on) >= today)
    found = (await db.exec(select(BookingSeries).where(of_these, goes_on).order_by(col(BookingSeries.id)))).all()
    return TimeSeriesList(items=await shown(db, actor, found, now), may_plan=plans)


async def shown(db: AsyncSession, actor: Actor, found: Sequence[BookingSeries], now: datetime) -> list[TimeSeriesOut]:
    """As the reader may see them: of another hospital without title and note, unless it takes their own time."""
    takes = {row.id: readable_ids(row.resources) for row in found}
    known = {each.id: each for each in await queries.described(db, chain(*takes.values()))}
    missing = await series_making.unbooked(db, [each for each in found if series_making.is_whole(each)], now)
    ahead = await _next(db, [each.id for each in found], now)
    by = await people.staff_by_id(db, {each.created_by for each in found})
    out = []
    for row in found:
        own = row.hospital_id == actor.hospital_id
        told = own or str(actor.id) in row.resources
        out.append(
            TimeSeriesOut.model_validate(
                row.model_dump(include=COLUMNS)
                | {
                    "title": row.title if told else "",
                    "note": row.note if told else "",
                    "override_reason": row.override_reason if told else "",
                    "resources": [known[each] for each in takes[row.id] if each in known],
                    "next_at": ahead.get(row.id),
                    "unbooked": len(missing.get(row.id, [])),
                    "unreadable": row.id not in missing,
                    "planned_by": by[row.created_by].name if row.created_by in by else "",
                    "planned_by_en": by[row.created_by].name_en if row.created_by in by else "",
                    "may_change": own and actor.has(*queries.BOOKS_FOR_OTHERS),
                }
            )
        )
    return out


async def _next(db: AsyncSession, ids: Sequence[UUID], now: datetime) -> dict[UUID, datetime]:
    query = select(Booking.series_id, Booking.starts_at).where(col(Booking.series_id).in_(ids), LIVE)
    ahead: dict[UUID, datetime] = {}
    for id, starts in (await db.exec(query.where(Booking.starts_at > now).order_by(col(Booking.starts_at)))).all():
        if id is not None:
            ahead.setdefault(id, starts)
    return ahead


async def choices(db: AsyncSession, actor: Actor, now: datetime) -> TimeChoicesOut:
    ids = await partners.of(db, actor.hospital_id, now)
    known = {each.id: each for each in await people.hospitals(db)}
    return TimeChoicesOut(
        hospitals=[TimePartner(id=each, name=known[each].name, name_en=known[each].name_en) for each in ids],
        places=await queries.described(db, [each.id for each in await queries.things(db, ids)]),
    )
