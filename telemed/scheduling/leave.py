"""Who is on leave when: what rosters ask of the calendars (rosters/ports.py: OnLeave)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.rules import Span
from telemed.scheduling.model import Booking, BookingKind, Occupancy
from telemed.scheduling.queries import meets, stands


async def on_leave(db: AsyncSession, people: Collection[UUID], within: Span, now: datetime) -> dict[UUID, list[Span]]:
    query = (
        select(Occupancy.resource_id, Occupancy.starts_at, Occupancy.ends_at)
        .join(Booking, col(Booking.id) == Occupancy.booking_id)
        .where(col(Occupancy.resource_id).in_(people), col(Occupancy.active), meets(within), stands(now))
        .where(Booking.kind == BookingKind.leave)
        .order_by(col(Occupancy.starts_at))
    )
    found: dict[UUID, list[Span]] = {}
    for person, start, end in (await db.exec(query)).all():
        found.setdefault(person, []).append(Span(start, end))
    return found
