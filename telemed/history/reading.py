"""Reads the log from a position on, in the form that may be shown."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.history.events import NEWS
from telemed.history.model import EventRow
from telemed.history.schemas import HistoryEvent
from telemed.kit.table import first_id, new_id

AT_ONCE = 500
UNWRITTEN = timedelta(seconds=5)  # the longest time between making an event's id and its transaction's first statement


async def settled(database: Database) -> UUID:
    """An id below which no new event can appear; get it before reading events.

    On PostgreSQL transactions commit in any order, so an event with a smaller id may appear after a larger one, and a
    reader who is past it would miss it. SQLite has one writer, so ids appear in order.
    """
    at = new_id()
    if database.is_sqlite:
        return at
    return first_id(await database.oldest_write() + UNWRITTEN, at)


async def of_hospital(db: AsyncSession, hospital_id: str, after: UUID, before: UUID, limit: int) -> list[EventRow]:
    """The next events whose owner or partner the hospital is, in the order in which they were recorded."""
    found: list[EventRow] = []
    for whose in (EventRow.hospital_id, EventRow.partner_id):  # two index ranges are faster than one scan
        query = select(EventRow).where(whose == hospital_id, EventRow.id > after, EventRow.id < before)
        found += (await db.exec(query.order_by(col(EventRow.id)).limit(limit))).all()
    return sorted(found, key=lambda each: each.id)[:limit]


async def everything(db: AsyncSession, after: UUID | None, before: UUID) -> AsyncIterator[EventRow]:
    """The events of all hospitals, for those who run the installation."""
    while True:
        query = select(EventRow).where(col(EventRow.id) < before).order_by(col(EventRow.id)).limit(AT_ONCE)
        found = (await db.exec(query.where(EventRow.id > after) if after else query)).all()
        for each in found:
            yield each
        if len(found) < AT_ONCE:
            return
        after = found[-1].id


def shown(row: EventRow) -> HistoryEvent:
    """The event without patient data; with no data at all if this program does not know the type or cannot read it."""
    kind = NEWS.get(row.type)
    try:
        data = kind.model_validate(row.data).printed() if kind else {}
    except ValidationError:
        data = {}
    return HistoryEvent(data=data, **row.model_dump(exclude={"data", "actor_name"}))
