"""Tells a person at once of a time of theirs that somebody else entered, moved or took back: leave, above all."""

from collections import defaultdict
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
    db: AsyncSession,
    ladder: str,
    booking: Booking,
    by: Actor | None,
    now: datetime,
    *,
    to: Collection[UUID] | None = None,
    at: datetime | None = None,
) -> None:
    """Tells whose time it takes, or took; whoever did it knows. The moment of which they are told is its beginning.
    `to`: these people, whoever is on it; `at`: when it began for them, if it was moved since."""
    if to is not None and not to:
        return
    query = select(Resource.hospital_id, Resource.id).where(Resource.kind == ResourceKind.person)
    if to is not None:
        query = query.where(col(Resource.id).in_(to))
    else:
        query = query.join(Occupancy, col(Occupancy.resource_id) == Resource.id)
        query = query.where(Occupancy.booking_id == booking.id)
    theirs = defaultdict[str, list[str]](list)
    for hospital, person in (await db.exec(query.order_by(col(Resource.hospital_id), col(Resource.id)))).all():
        theirs[hospital].append(str(person))
    for hospital, owners in theirs.items():  # a deadline tells people of its own hospital alone
        told = Deadline(
            kind=TELLS,
            ladder=ladder,
            hospital_id=hospital,
            hub_id=hospital,
            owners=owners,
            began_at=now,
            due_at=at or booking.starts_at,
        )
        await deadlines.only_tell(db, told, now, on_duty, {by.id} if by else set())
