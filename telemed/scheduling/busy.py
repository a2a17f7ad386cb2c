"""Enters, moves and removes busy time: one's own, or for a coordinator that of a person or venue of their hospital."""

from datetime import datetime
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, NotAllowed, NotFound, Stale
from telemed.people.rules import Span
from telemed.scheduling import queries, taking
from telemed.scheduling.model import Booking, BookingState, Occupancy, ResourceKind
from telemed.scheduling.schemas import BusyIn, BusyTimes
from telemed.scheduling.service import book


async def enter(db: AsyncSession, actor: Actor, new: BusyIn, now: datetime) -> Booking:
    """Enters busy time, for oneself or, as a coordinator, for a person or venue of the hospital."""
    person, venue = new.resource_id or actor.id, None
    if person != actor.id:
        found = await queries.described(db, [person])
        if not found or found[0].hospital_id != actor.hospital_id:
            raise NotFound("There is no such person or venue at your hospital.")
        if not actor.has(*queries.BOOKS_FOR_OTHERS):
            raise NotAllowed("Only a coordinator enters the time of others.", reason="role")
        venue = person if found[0].kind is ResourceKind.venue else None
    return await book(
        db,
        kind=new.kind,
        title=new.title,
        people=[] if venue else [person],
        venue=venue,
        start=new.starts_at,
        end=new.ends_at,
        hospital_id=actor.hospital_id,
        by=actor,
        now=now,
        note=new.note,
    )


async def move(
    db: AsyncSession, actor: Actor, booking_id: UUID, version: int, new: BusyTimes, now: datetime
) -> Booking:
    """Another time, or another length, for whom it is. Raises Conflict that names what blocks it; then it stays."""
    booking = await _theirs(db, actor, booking_id, version, now)
    if booking.held_for is not None:  # another time is kept by keeping that one
        raise NotFound("There is no such entry.")
    if booking.ends_at <= now:
        raise Conflict("That time has passed.", reason="in_the_past")
    taking.check(new.starts_at, new.ends_at, now)
    await taking.release_expired(db, now)
    resources = sorted(await taking.taken_by(db, booking))
    await taking.lock(db, resources)
    await taking.take(db, booking, resources, Span(new.starts_at, new.ends_at), actor, now)
    booking.version += 1
    await taking.hint_changed(db, booking, "booking.moved", actor, now)
    return booking


async def take_back(db: AsyncSession, actor: Actor, booking_id: UUID, version: int, now: datetime) -> None:
    booking = await _theirs(db, actor, booking_id, version, now)
    await taking.free(db, booking)
    await taking.hint_changed(db, booking, "booking.cancelled", actor, now)


async def _theirs(db: AsyncSession, actor: Actor, booking_id: UUID, version: int, now: datetime) -> Booking:
    """Locked. Raises NotFound or NotAllowed unless this person may change it, Stale if `version` is an old one."""
    booking = await db.get(Booking, booking_id, with_for_update=True)
    if booking is None or booking.state is BookingState.cancelled or booking.activity_id is not None:
        raise NotFound("There is no such entry.")
    taken = (await db.exec(select(Occupancy.resource_id).where(Occupancy.booking_id == booking_id))).all()
    if booking.hospital_id != actor.hospital_id and actor.id not in taken and booking.created_by != actor.id:
        raise NotFound("There is no such entry.")
    if not queries.may_take_back(actor, booking, taken):
        raise NotAllowed("Only the person or a coordinator of the hospital changes this.", reason="role")
    if booking.version != version:
        current = (await queries.shown(db, actor, [booking], now))[0]
        raise Stale("It has changed since you read it.", current=current.model_dump(mode="json"))
    return booking
