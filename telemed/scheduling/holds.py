"""Keeps people and places for some minutes while somebody arranges a meeting at that time; it ends by itself.

Others see it and cannot book into it. It is nobody's booking: no one is invited, and a stat call goes over it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people.rules import Span
from telemed.scheduling import queries, taking
from telemed.scheduling.model import Booking, BookingState, Occupancy

LASTS: Final = timedelta(minutes=10)
TITLE: Final = ("预留，安排中", "Held while it is arranged")


async def keep(
    db: AsyncSession,
    *,
    held_for: UUID,
    kind: str,
    people: Collection[UUID],
    venues: Collection[UUID],
    start: datetime,
    end: datetime,
    by: Actor,
    now: datetime,
) -> Booking:
    """All of them or none, instead of what was kept for this activity before. Raises as `service.book` does."""
    taking.check(start, end, now)
    await drop(db, held_for, by, now)  # first: bookings are locked before resources everywhere
    resources = await taking.locked(db, people, venues, now)
    booking = Booking(
        kind=kind,
        hospital_id=by.hospital_id,
        title=TITLE[0],
        title_en=TITLE[1],
        starts_at=start,
        ends_at=end,
        state=BookingState.held,
        created_by=by.id,
        created_at=now,
        held_for=held_for,
    )
    await taking.take(db, booking, resources, Span(start, end), by, now, expires_at=now + LASTS)
    await taking.hint_changed(db, booking, "booking.held", by, now)
    return booking


async def of(db: AsyncSession, held_for: UUID, now: datetime) -> Booking | None:
    query = select(Booking).where(col(Booking.expires_at) > now, *_held(col(Booking.held_for) == held_for))
    return (await db.exec(query)).first()


async def drop(db: AsyncSession, held_for: UUID, by: Actor | None, now: datetime) -> None:
    """Frees what is kept for this activity: it is booked, or given up."""
    await _free(db, _held(col(Booking.held_for) == held_for), by, now)


async def give_way(db: AsyncSession, resources: Collection[UUID], span: Span, by: Actor | None, now: datetime) -> None:
    """Frees whatever is kept of these at that time, for an emergency."""
    taken = select(Occupancy.booking_id).where(col(Occupancy.resource_id).in_(resources), queries.meets(span))
    await _free(db, _held(col(Booking.held_for).is_not(None), col(Booking.id).in_(taken)), by, now)


def _held(*which: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [col(Booking.state) == BookingState.held, *which]


async def _free(db: AsyncSession, which: list[ColumnElement[bool]], by: Actor | None, now: datetime) -> None:
    query = select(Booking).where(*which).order_by(col(Booking.id))
    for booking in (await db.exec(query.with_for_update())).all():
        await taking.free(db, booking)
        await taking.hint_changed(db, booking, "booking.released", by, now)
