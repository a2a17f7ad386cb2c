"""Tells a person at once of a time of theirs that somebody else entered, moved or took back: leave, above all."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.scheduling.model import Booking, Occupancy, Resource, ResourceKind
from telemed.work import deadlines, ladders
from telemed.work.duty import on_duty
from telemed.work.ladders import rung
from telemed.work.model import DEADLINES, Deadline, To, When

TELLS: Final = DEADLINES.declare("calendar")
OWNERS: Final = rung(When.due, 0, To.owners)
ENTERED: Final = ladders.declare("time_entered", OWNERS, only_tells=True)
MOVED: Final = ladders.declare("time_moved", OWNERS, only_tells=True)
TAKEN_BACK: Final = ladders.declare("time_taken_back", OWNERS, only_tells=True)


async def of_time(
    db: AsyncSession, ladder: str, booking: Booking, by: Actor, now: datetime, *, to: Collection[UUID] | None = None
) -> None:
    """Tells whose time it takes, or took; whoever did it knows. The moment of which they are told is its beginning.
    `to`: these people, whoever is on it."""
    if to is not None and not to:
        return
    query = select(Resource.id).join(Occupancy, col(Occupancy.resource_id) == Resource.id)
    query = query.where(Occupancy.booking_id == booking.id, Resource.kind == ResourceKind.person)
    if to is not None:
        query = select(Resource.id).where(col(Resource.id).in_(to), Resource.kind == ResourceKind.person)
    told = Deadline(
        kind=TELLS,
        ladder=ladder,
        hospital_id=booking.hospital_id,
        hub_id=booking.hospital_id,
        owners=[str(each) for each in (await db.exec(query)).all()],
        began_at=now,
        due_at=booking.starts_at,
    )
    await deadlines.only_tell(db, told, now, on_duty, {by.id})
