"""Keeps a time for a consultation while a coordinator arranges it: nobody is asked, and it ends by itself."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.consultations.answers_schemas import HoldOut, Holds
from telemed.consultations.lookup import get
from telemed.consultations.model import Consultation
from telemed.consultations.rules.booking import check_time
from telemed.consultations.rules.experts import refuse_arranging
from telemed.consultations.rules.states import BOOKED
from telemed.consultations.schemas import Book
from telemed.consultations.words import ParticipantRole, State, Urgency
from telemed.errors import Conflict, Invalid
from telemed.people.rules import Span
from telemed.scheduling import holds
from telemed.scheduling.model import Booking, BookingKind

MAY_BE_BOOKED: Final = BOOKED | {State.approved, State.accepted, State.interrupted}


async def hold(db: AsyncSession, actor: Actor, id: UUID, new: Book, now: datetime) -> HoldOut:
    """What would be booked, all or nothing; raises the Conflict that names what blocks it. One at a time."""
    row = await get(db, actor, id, now, to_change=True)
    refuse_arranging(row, actor)
    check_time(new.starts_at, new.ends_at, now)
    if row.state not in MAY_BE_BOOKED:
        raise Conflict("No time is booked for it now.", reason="wrong_state", state=str(row.state))
    if new.lead_id is None and row.lead_id is None:
        raise Invalid("Name the lead expert first.", reason="no_lead")
    made = await holds.keep(
        db,
        held_for=row.id,
        kind=BookingKind.consultation,
        people=await needed_people(db, row, new),
        venues=wanted_places(new),
        start=new.starts_at,
        end=new.ends_at,
        by=actor,
        now=now,
    )
    return _out(made)


async def held(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Holds:
    row = await get(db, actor, id, now)
    refuse_arranging(row, actor)
    found = await holds.of(db, row.id, now)
    return Holds(items=[_out(found)] if found else [])


async def release(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    row = await get(db, actor, id, now, to_change=True)
    refuse_arranging(row, actor)
    await holds.drop(db, row.id, actor, now)


async def make_room(db: AsyncSession, row: Consultation, new: Book, actor: Actor, now: datetime) -> None:
    """Before it is booked: what was kept for it is free, and for an emergency whatever is kept of what it needs."""
    await holds.drop(db, row.id, actor, now)
    if row.urgency is Urgency.stat:
        needed = {*await needed_people(db, row, new), *wanted_places(new)}
        await holds.give_way(db, needed, Span(new.starts_at, new.ends_at), actor, now)


async def needed_people(db: AsyncSession, row: Consultation, new: Book) -> set[UUID]:
    """Who must be free: the lead, the accompanying physician, and the experts that are required."""
    said = {each.staff_id: each.required for each in new.experts}
    everybody = await participants.of(db, row.id)
    known = {each.staff_id: each.required for each in everybody if each.role == ParticipantRole.expert}
    required = {id for id, needed in (known | said).items() if needed and id not in new.without}
    return required | {id for id in (row.lead_id or new.lead_id, row.accompanying_id) if id is not None}


def wanted_places(new: Book) -> list[UUID]:
    return [each for each in (new.venue_id, new.branch_venue_id, *new.venue_ids) if each is not None]


def _out(booking: Booking) -> HoldOut:
    until = booking.expires_at or booking.starts_at
    return HoldOut(starts_at=booking.starts_at, ends_at=booking.ends_at, until=until, by_id=booking.created_by)
