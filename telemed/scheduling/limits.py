"""What a booking should respect and passes over only with a reason: hours, room between bookings, what is kept.

Unlike these, an overlap is never passed over: the database refuses it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Conflict
from telemed.people.calendars import working_times
from telemed.people.rules import Span
from telemed.scheduling import availability, candidates, queries
from telemed.scheduling.model import Booking, BookingKind, Resource, ResourceKind
from telemed.scheduling.schemas import Limit, LimitOut, ResourceOut

# Who is away need not be at work for it, and a shift has hours of its own.
FREE: Final = frozenset({BookingKind.leave, BookingKind.maintenance, BookingKind.duty})
TELE: Final = frozenset(
    {
        BookingKind.consultation,
        BookingKind.teleclinic,
        BookingKind.round,
        BookingKind.teaching,
        BookingKind.reading,
    }
)


async def respect(
    db: AsyncSession,
    booking: Booking,
    resources: Collection[UUID],
    span: Span,
    override: str | None,
    by: Actor | None,
    now: datetime,
) -> None:
    """Raises Conflict with reason `limits` that names them, unless `override` says why they are passed over; then that
    is kept with the booking and in the audit log. None: they do not hold.
    """
    booking.overridden, booking.override_reason = [], ""
    if override is None or booking.kind in FREE:
        return
    found = await broken(db, resources, span, booking.kind, now, booking.id)
    if not found:
        return
    told = [each.model_dump(mode="json") for each in found]
    if not override:
        raise Conflict("Somebody or something should not be booked then.", reason="limits", limits=told)
    booking.overridden, booking.override_reason = told, override
    which = ", ".join(f"{each.limit} {each.resource_id}" for each in found)
    record(db, by, "booking.overridden", str(booking.id), now, reason=f"{override} ({which})")


async def broken(
    db: AsyncSession, resources: Collection[UUID], span: Span, kind: str, now: datetime, besides: UUID
) -> list[LimitOut]:
    """The limits that a booking of this kind does not respect, but for what the booking `besides` does to itself."""
    return (await broken_at(db, [Time(resources, span, besides)], kind, now))[0]


class Time(NamedTuple):
    """Whom and what a booking would take and when, but for what the booking `besides` does to itself."""

    resources: Collection[UUID]
    span: Span
    besides: UUID | None = None


async def broken_at(db: AsyncSession, times: Sequence[Time], kind: str, now: datetime) -> list[list[LimitOut]]:
    """For each of these times, in their order, the limits that a booking of this kind would not respect."""
    every = {each for time in times for each in time.resources}
    rows = await availability.of(db, every)
    known = await queries.described(db, sorted(rows))
    calendars = await working_times(db, {each.hospital_id for each in known})
    all_ = (await db.exec(select(Resource).where(col(Resource.id).in_(every)))).all()
    found = []
    for resources, span, besides in times:
        out = _crowded([each for each in all_ if each.id in resources], span)
        for each in known:
            if each.id not in resources:
                continue
            row = rows[each.id]
            opens = availability.opening(row, calendars[each.hospital_id])
            if row.week and not opens.hold(span):
                out.append(_limit(Limit.hours, each, span))
            if kind not in TELE:
                out += [_limit(Limit.tele, each, kept) for kept in opens.kept(span)]
            if row.buffer_minutes:
                near = await _near(db, each.id, span, timedelta(minutes=row.buffer_minutes), now, besides)
                out += [_limit(Limit.buffer, each, other, row.buffer_minutes) for other in near]
        found.append(out)
    return found


def _crowded(known: Collection[Resource], span: Span) -> list[LimitOut]:
    """Rooms with fewer places than there are people of their hospital."""
    people = Counter(each.hospital_id for each in known if each.kind == ResourceKind.person)
    return [
        _limit(Limit.places, each, span).model_copy(update={"places": each.places, "people": people[each.hospital_id]})
        for each in known
        if each.kind == ResourceKind.venue and candidates.is_too_small(each.places, people[each.hospital_id])
    ]


async def _near(
    db: AsyncSession, resource: UUID, span: Span, room: timedelta, now: datetime, besides: UUID | None
) -> list[Span]:
    """The bookings that are too near; those that overlap are clashes, which are another matter."""
    found = await queries.bookings_of(db, [resource], Span(span.start - room, span.end + room), now)
    times = [Span(each.starts_at, each.ends_at) for each in found if each.id != besides]
    return [each for each in times if not each.overlaps(span)]


def _limit(limit: Limit, of: ResourceOut | Resource, span: Span, minutes: int = 0) -> LimitOut:
    return LimitOut(
        limit=limit,
        resource_id=of.id,
        name=of.name,
        name_en=of.name_en,
        starts_at=span.start,
        ends_at=span.end,
        minutes=minutes,
    )
