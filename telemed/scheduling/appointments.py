"""What a person's own calendar outside the product should hold: the bookings that are theirs, and whom they meet."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import or_, union
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.people.model import Staff
from telemed.people.rules import Span
from telemed.scheduling import queries
from telemed.scheduling.model import LIVE, Booking, BookingState, Occupancy, ResourceKind
from telemed.scheduling.schemas import ResourceOut

MOST: Final = 3000  # in one calendar: eight a day for a year


@dataclass(frozen=True)
class Appointment:
    """A booking as it concerns one person. `cancelled`: also one whose hold is over and not yet released."""

    booking: Booking
    cancelled: bool
    comes: bool  # this person is on it, and has not declined
    accepted: bool
    others: tuple[ResourceOut, ...]
    venue: ResourceOut | None  # where this person goes

    @property
    def stands(self) -> bool:
        return self.comes and not self.cancelled


async def between(
    db: AsyncSession, person: Staff, span: Span, cancelled_since: datetime, now: datetime
) -> list[Appointment]:
    """Theirs within the span, by time; the latest of them, if there are too many."""
    taken = select(Occupancy.booking_id).where(Occupancy.resource_id == person.id, queries.meets(span))
    asked = select(Participant.activity_id).where(Participant.staff_id == person.id)
    of_asked = select(Booking.id).where(LIVE, col(Booking.activity_id).in_(asked))
    query = select(Booking).where(
        col(Booking.id).in_(union(taken, of_asked)),
        col(Booking.held_for).is_(None),
        col(Booking.starts_at) < span.end,
        col(Booking.ends_at) > span.start,
        or_(col(Booking.state) != BookingState.cancelled, col(Booking.changed_at) > cancelled_since),
    )
    found = (await db.exec(query.order_by(col(Booking.starts_at).desc(), col(Booking.id)).limit(MOST))).all()
    return [each for each in await of(db, person, found[::-1], now) if each.comes]


async def of(db: AsyncSession, person: Staff, bookings: Sequence[Booking], now: datetime) -> list[Appointment]:
    """These bookings as they concern this person, who need not be on them."""
    taken: dict[UUID, list[UUID]] = {each.id: [] for each in bookings}
    query = select(Occupancy.booking_id, Occupancy.resource_id).where(col(Occupancy.booking_id).in_(taken))
    for booking_id, resource in (await db.exec(query.order_by(col(Occupancy.resource_id)))).all():
        taken[booking_id].append(resource)
    asked = await participants.of_many(db, {each.activity_id for each in bookings if each.activity_id})
    people = {each.staff_id for some in asked.values() for each in some}
    known = {each.id: each for each in await queries.described(db, people.union(*taken.values()))}
    return [
        _concerning(
            person, each, taken[each.id], asked.get(each.activity_id, []) if each.activity_id else [], known, now
        )
        for each in bookings
    ]


def _concerning(
    person: Staff,
    booking: Booking,
    taken: Collection[UUID],
    asked: Collection[Participant],
    known: dict[UUID, ResourceOut],
    now: datetime,
) -> Appointment:
    declined = {each.staff_id for each in asked if each.answer is Answer.declined}
    on_it = dict.fromkeys([*taken, *(each.staff_id for each in asked)])
    there = [known[each] for each in on_it if each in known and each not in declined]
    rooms = [each for each in there if each.kind == ResourceKind.venue]
    own = [each for each in rooms if each.hospital_id == person.hospital_id]
    return Appointment(
        booking=booking,
        cancelled=booking.state is BookingState.cancelled or is_over(booking, now),
        comes=any(each.id == person.id for each in there),
        accepted=any(each.staff_id == person.id and each.answer is Answer.accepted for each in asked),
        others=tuple(each for each in there if each.kind == ResourceKind.person and each.id != person.id),
        venue=next(iter([*own, *rooms]), None),
    )


def is_over(booking: Booking, now: datetime) -> bool:
    """Whether it is a hold whose time is over, which takes no time any more."""
    held = booking.state is BookingState.held
    return held and booking.expires_at is not None and booking.expires_at <= now
