"""Read the log on from a place, as it may be shown and printed."""

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
UNWRITTEN = timedelta(seconds=5)  # the longest between making an event and its first word to the database


async def settled(database: Database) -> UUID:
    """Below this id no event can still come; asked for before the events are read.

    On PostgreSQL transactions commit in any order: an event may be made before another and be seen after it, and who
    has read on beyond it would never see it. SQLite's only writer makes its ids in the order in which they are seen.
    """
    at = new_id()
    if database.is_sqlite:
        return at
    return first_id(await database.oldest_write() + UNWRITTEN, at)


async def of_hospital(db: AsyncSession, hospital_id: str, after: UUID, before: UUID, limit: int) -> list[EventRow]:
    """The next events of which the hospital is owner or partner, in the order they were recorded."""
    found: list[EventRow] = []
    for whose in (EventRow.hospital_id, EventRow.partner_id):  # two ranges of two indexes, not one scan
        query = select(EventRow).where(whose == hospital_id, EventRow.id > after, EventRow.id < before)
        found += (await db.exec(query.order_by(col(EventRow.id)).limit(limit))).all()
    return sorted(found, key=lambda each: each.id)[:limit]


async def everything(db: AsyncSession, after: UUID | None, before: UUID) -> AsyncIterator[EventRow]:
    """Of all hospitals, for who runs the installation."""
    while True:
        query = select(EventRow).where(col(EventRow.id) < before).order_by(col(EventRow.id)).limit(AT_ONCE)
        found = (await db.exec(query.where(EventRow.id > after) if after else query)).all()
        for each in found:
            yield each
        if len(found) < AT_ONCE:
            return
        after = found[-1].id


def shown(row: EventRow) -> HistoryEvent:
    """Without patient data. Of a type this program does not know, or cannot read, the data are left out."""
    kind = NEWS.get(row.type)
    try:
        data = kind.model_validate(row.data).printed() if kind else {}
    except ValidationError:
        data = {}
    return HistoryEvent(data=data, **row.model_dump(exclude={"data", "actor_name"}))
