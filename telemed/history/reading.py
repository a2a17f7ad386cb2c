"""Read the log on from a place, as it may be shown and printed."""

from collections.abc import AsyncIterator
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.history.events import NEWS
from telemed.history.model import EventRow
from telemed.history.schemas import HistoryEvent

AT_ONCE = 500


async def of_hospital(db: AsyncSession, hospital_id: str, after: UUID | None, limit: int) -> list[EventRow]:
    """The next events of which the hospital is owner or partner, in the order they were recorded."""
    found: list[EventRow] = []
    for whose in (EventRow.hospital_id, EventRow.partner_id):  # two ranges of two indexes, not one scan
        query = select(EventRow).where(whose == hospital_id)
        if after is not None:
            query = query.where(EventRow.id > after)
        found += (await db.exec(query.order_by(col(EventRow.id)).limit(limit))).all()
    return sorted(found, key=lambda each: each.id)[:limit]


async def everything(db: AsyncSession, after: UUID | None) -> AsyncIterator[EventRow]:
    """Of all hospitals, for who runs the installation."""
    while True:
        query = select(EventRow).order_by(col(EventRow.id)).limit(AT_ONCE)
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
