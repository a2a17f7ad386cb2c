"""The soft end: at its booked end a meeting goes on where it can, and else those in it are told who comes next."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.consultations.booking_events import Extended, Overran
from telemed.consultations.expecting import due_by
from telemed.consultations.ladders import EXTENSION
from telemed.consultations.lookup import about
from telemed.consultations.model import Consultation
from telemed.consultations.rules.deadlines import EXTENSIONS
from telemed.consultations.shown import SoftEnd
from telemed.consultations.words import State
from telemed.history.model import EventRow
from telemed.history.service import emit
from telemed.people.rules import Span
from telemed.scheduling import clashing
from telemed.scheduling import service as scheduling


async def extend(db: AsyncSession, row: Consultation, now: datetime) -> bool:
    """Extends the booking, if venue and people are free and it was not extended too often; else says why not."""
    if row.ends_at is None:
        return False
    blocking = []
    if await _extensions(db, row) < EXTENSIONS:
        until = await _later(db, row, max(row.ends_at, now.replace(second=0, microsecond=0)))
        blocking = await scheduling.extend(db, row.id, until, await _optional(db, row), None, now)
        if not blocking:
            row.ends_at = row.state_due_at = until
            emit(db, Extended(ends_at=until, rev=row.version), about(row), now)
            return True
    next_at = min((each.starts_at for each in blocking), default=None)
    emit(db, Overran(next_at=next_at, rev=row.version), about(row), now)
    return False


async def soft_end(db: AsyncSession, actor: Actor, row: Consultation, now: datetime) -> SoftEnd | None:
    """What will happen at the booked end of a running meeting; of what is booked next only what the reader may know."""
    booking = await scheduling.of_activity(db, row.id) if row.state is State.in_progress else None
    if booking is None or row.ends_at is None:
        return None
    optional, taken = await _optional(db, row), await scheduling.resources_of(db, booking)
    after = Span(row.ends_at, await _later(db, row, max(row.ends_at, now)))
    needed = [each for each in taken if each not in optional]
    clashes = await clashing.clashes(db, actor, needed, after, now, besides=booking.id)
    return SoftEnd(
        extended=await _extensions(db, row),
        most=EXTENSIONS,
        by_minutes=(await _later(db, row, row.ends_at) - row.ends_at) // timedelta(minutes=1),
        next=clashes[0] if clashes else None,
    )


async def _later(db: AsyncSession, row: Consultation, end: datetime) -> datetime:
    """The end that one extension makes of this one, by the rules with which the meeting began."""
    return await due_by(db, row, EXTENSION, row.started_at or row.state_since, end)


async def _extensions(db: AsyncSession, row: Consultation) -> int:
    """How often this meeting has been extended."""
    query = select(func.count()).where(
        EventRow.activity_id == row.id,
        EventRow.type == Extended.type,
        col(EventRow.occurred_at) >= (row.started_at or row.state_since),
    )
    return (await db.exec(query)).one()


async def _optional(db: AsyncSession, row: Consultation) -> set[UUID]:
    return {each.staff_id for each in await participants.of(db, row.id) if not each.required}
