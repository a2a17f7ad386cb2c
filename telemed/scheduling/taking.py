"""Takes the time of a booking from its resources, from all or none, and frees it."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Conflict, Invalid, NotFound
from telemed.history.events import About
from telemed.history.service import hint
from telemed.people import service as people_service
from telemed.people.rules import Span
from telemed.scheduling import clashing
from telemed.scheduling.events import BookingChanged
from telemed.scheduling.model import THINGS, Booking, BookingState, Occupancy, Resource, ResourceKind
from telemed.scheduling.schemas import Clash

SAME_OUTSIDE: Final = ("booking.made", "booking.retitled")  # a title may name a patient, and stays inside


def check(start: datetime, end: datetime, now: datetime) -> None:
    if not start < end:
        raise Invalid("The end must be after the start.", reason="end_before_start")
    if end <= now:
        raise Invalid("That time has passed.", reason="in_the_past")


async def locked(
    db: AsyncSession, people: Collection[UUID], venues: Collection[UUID], now: datetime, also: Collection[UUID] = ()
) -> list[UUID]:
    """The resources of people and venues, created if needed, and locked with `also` in one order: others wait here."""
    await release_expired(db, now)
    needed = {*people, *venues}
    wanted, people = sorted({*needed, *also}), {*people, *also}
    known = {each.id: each.kind for each in await db.exec(select(Resource).where(col(Resource.id).in_(wanted)))}
    staff = await people_service.staff_by_id(db, set(people))
    if set(people) - staff.keys() or any(known.get(each) not in THINGS for each in venues):
        raise NotFound("There is no such person or venue.", reason="unknown_resource")
    for person in (staff[each] for each in sorted(staff) if each not in known):
        try:
            async with db.begin_nested():
                db.add(
                    Resource(
                        id=person.id,
                        kind=ResourceKind.person,
                        hospital_id=person.hospital_id,
                        name=person.name,
                        name_en=person.name_en,
                    )
                )
        except IntegrityError:
            pass  # another transaction has just created this person's resource
    await lock(db, wanted)
    return sorted(needed)


async def lock(db: AsyncSession, resources: Collection[UUID]) -> None:
    """Locks resources. On SQLite the write lock is enough; on PostgreSQL the constraint would deadlock without this.

    Rows that refer to them may be written meanwhile: who has written one and books next would wait for another such.
    """
    query = select(Resource.id).where(col(Resource.id).in_(resources))
    await db.exec(query.order_by(col(Resource.id)).with_for_update(key_share=True))


async def take(
    db: AsyncSession,
    booking: Booking,
    resources: Collection[UUID],
    span: Span,
    by: Actor | None,
    now: datetime,
    expires_at: datetime | None = None,
) -> None:
    """Makes the booking take this time of these resources, instead of what it took before."""
    id = booking.id
    await refuse_clashes(db, by, resources, span, now, id)
    try:
        async with db.begin_nested():
            await db.exec(delete(Occupancy).where(col(Occupancy.booking_id) == id))
            booking.starts_at, booking.ends_at, booking.expires_at = span.start, span.end, expires_at
            booking.state = BookingState.held if expires_at else BookingState.booked
            db.add(booking)
            await db.flush()
            for each in resources:
                db.add(Occupancy(booking_id=id, resource_id=each, starts_at=span.start, ends_at=span.end))
    except IntegrityError as refused:
        await refuse_clashes(db, by, resources, span, now, id)
        raise Conflict("There is a booking already; move that one.", reason="already_booked") from refused


async def add(db: AsyncSession, booking: Booking, person: UUID, by: Actor | None, now: datetime) -> list[Clash]:
    """Adds a person, whose resource must be locked, for what is left of the time. Returns the clashes, if any."""
    span = Span(max(booking.starts_at, now), booking.ends_at)
    found = await clashing.clashes(db, by, [person], span, now, besides=booking.id)
    if not found:
        db.add(Occupancy(booking_id=booking.id, resource_id=person, starts_at=span.start, ends_at=span.end))
        await db.flush()
    return found


async def add_free(db: AsyncSession, booking: Booking, also: Collection[UUID], by: Actor | None, now: datetime) -> None:
    for each in sorted(set(also) - await taken_by(db, booking)):
        await add(db, booking, each, by, now)


async def taken_by(db: AsyncSession, booking: Booking) -> set[UUID]:
    """The resources whose time the booking takes."""
    return set((await db.exec(select(Occupancy.resource_id).where(Occupancy.booking_id == booking.id))).all())


async def take_off(db: AsyncSession, booking: Booking, person: UUID) -> None:
    its = (col(Occupancy.booking_id) == booking.id, col(Occupancy.resource_id) == person)
    await db.exec(delete(Occupancy).where(*its))


async def refuse_clashes(
    db: AsyncSession, by: Actor | None, resources: Collection[UUID], span: Span, now: datetime, besides: UUID
) -> None:
    found = await clashing.clashes(db, by, resources, span, now, besides=besides)
    if found:
        raise Conflict("The time is taken.", reason="clash", clashes=[each.model_dump(mode="json") for each in found])


async def free(db: AsyncSession, booking: Booking) -> None:
    booking.state = BookingState.cancelled
    booking.version += 1
    await db.exec(update(Occupancy).where(col(Occupancy.booking_id) == booking.id).values(active=False))


async def cut(db: AsyncSession, booking: Booking, at: datetime) -> None:
    """Ends the booking earlier; whoever was to come later is not taken at all."""
    booking.ends_at, booking.version = at, booking.version + 1
    its = col(Occupancy.booking_id) == booking.id
    await db.exec(delete(Occupancy).where(its, col(Occupancy.starts_at) >= at))
    await db.exec(update(Occupancy).where(its, col(Occupancy.ends_at) > at).values(ends_at=at))


async def lengthen(db: AsyncSession, booking: Booking, until: datetime, resources: Collection[UUID]) -> None:
    """Ends the booking later, for these of its resources."""
    its = (col(Occupancy.booking_id) == booking.id, col(Occupancy.resource_id).in_(resources))
    await db.exec(update(Occupancy).where(*its).values(ends_at=until))
    booking.ends_at, booking.version = until, booking.version + 1


async def release_expired(db: AsyncSession, now: datetime) -> None:
    """Frees expired holds before a booking, because the database's guard does not know the time."""
    query = select(Booking).where(Booking.state == BookingState.held, col(Booking.expires_at) <= now)
    for booking in (await db.exec(query.order_by(col(Booking.id)).with_for_update())).all():
        await free(db, booking)
        await hint_changed(db, booking, "booking.expired", None, now)


async def moved(db: AsyncSession, booking: Booking, was: Span, by: Actor | None, now: datetime) -> None:
    """It takes another time, or others, and stays the same booking: where it was stands in the audit log."""
    booking.version += 1
    times = (was.start, was.end, booking.starts_at, booking.ends_at)
    start, end, new_start, new_end = (each.isoformat(timespec="minutes") for each in times)
    said = None if (start, end) == (new_start, new_end) else f"{start} to {end} became {new_start} to {new_end}"
    await hint_changed(db, booking, "booking.moved", by, now, said)


async def hint_changed(
    db: AsyncSession, booking: Booking, change: str, by: Actor | None, now: datetime, reason: str | None = None
) -> None:
    """Hints to the hospitals whose calendars show the booking, and counts the change for calendars outside."""
    if change not in SAME_OUTSIDE:
        booking.sequence, booking.changed_at = booking.sequence + 1, now
    query = select(Resource.hospital_id).join(Occupancy, col(Occupancy.resource_id) == Resource.id)
    hospitals = (await db.exec(query.where(Occupancy.booking_id == booking.id).distinct())).all()
    news = BookingChanged(id=booking.id, change=change, hospitals=tuple(sorted(hospitals)))
    about = About(booking.hospital_id, activity=booking.activity, activity_id=booking.activity_id)
    hint(db, news, about, now)
    record(db, by, change, str(booking.id), now, reason=reason)
