"""Invitations by mail: what a mail about a meeting carries for its receiver's calendar, as of when it is sent.

It goes with the mails that tell people at once of what is so (`ladders.only_telling`); where a calendar that has an
entry is to be changed and no such mail goes, one is sent for it alone.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities.kinds import Kinds
from telemed.history.consumers import Heard
from telemed.interop import ics, words
from telemed.interop.model import CalendarInvitation, Method
from telemed.interop.rules import NOTHING, Said, next_said
from telemed.interop.service import wording_of
from telemed.notify.message import of_calendar
from telemed.notify.outcome import NotSent
from telemed.notify.ports import Invitation, Receiver
from telemed.people.model import Staff
from telemed.scheduling import appointments
from telemed.scheduling.appointments import Appointment
from telemed.scheduling.events import BookingChanged
from telemed.scheduling.model import Booking, BookingState
from telemed.work import deliveries
from telemed.work.ladders import only_telling
from telemed.work.model import Channel, Deadline
from telemed.work.outgoing import Delivery, DeliveryState

HEARS: Final = (BookingChanged,)
IN_DOUBT: Final = frozenset({NotSent.slow, NotSent.fault})  # the other server may have taken it all the same


class _Due(NamedTuple):
    row: CalendarInvitation
    appointment: Appointment
    said: Said


class MailedInvitations:
    """Implements notify's port `Invitations`. `origin`: of the pages. `sender`: whose address the mails are from."""

    def __init__(self, kinds: Kinds, origin: str, sender: str) -> None:
        self._kinds, self._origin, self._sender = kinds, origin, sender

    async def owed(self, db: AsyncSession, delivery: Delivery, deadline: Deadline, now: datetime) -> bool:
        if await _queued(db, deadline, delivery.to_id, after=delivery.id):
            return False
        return bool(await _due(db, deadline, delivery.to_id, delivery.id, now))

    async def take(
        self, db: AsyncSession, delivery: Delivery, deadline: Deadline, to: Receiver, now: datetime
    ) -> list[Invitation]:
        due = await _due(db, deadline, delivery.to_id, delivery.id, now)
        if not due:
            return []
        person = await db.get_one(Staff, delivery.to_id)
        out = []
        for row, of, said in due:
            _under_way(row, said, delivery)
            db.add(row)
            out.append(await self._written(db, person, of, said, to, now))
        return sorted(out, key=lambda each: each.method == Method.request)

    async def became(self, db: AsyncSession, ids: Collection[UUID], why: NotSent | None) -> None:
        query = select(CalendarInvitation).where(col(CalendarInvitation.delivery_id).in_(ids))
        for row in (await db.exec(query.with_for_update())).all():
            if why in IN_DOUBT:
                row.doubtful = True
                continue
            if why is None:
                row.method, row.sequence, row.what = row.tried_method, row.tried_sequence, row.tried_what
            if why is None or not row.doubtful:
                row.tried_method, row.tried_sequence, row.tried_what = NOTHING
                row.delivery_id, row.doubtful = None, False

    async def _written(
        self, db: AsyncSession, person: Staff, of: Appointment, said: Said, to: Receiver, now: datetime
    ) -> Invitation:
        cancels, wording = said.method is Method.cancel, await wording_of(db, to.language, self._kinds, self._origin)
        entry = wording.entry(of, person.hospital_id, now)
        title, where = wording.title(of, person.hospital_id), wording.where(of)
        entry = ics.for_mail(entry, said.sequence, title, words.ANSWER(to.language), cancels=cancels)
        method = Method.cancel if cancels else Method.request
        from_, receiver = (self._sender, words.SYSTEM(to.language)), (to.email, person.name)
        what = (words.TAKEN_OFF if cancels else words.CHANGED)(to.language).format(what=title)
        return Invitation(
            method=method,
            ics=ics.invitation(entry, method, receiver, from_, now, accepted=of.accepted),
            message=of_calendar(what, where, of.booking.starts_at, to.language, to.zone, entry.link),
        )


def _under_way(row: CalendarInvitation, said: Said, delivery: Delivery) -> None:
    again = said == (row.tried_method, row.tried_sequence, row.tried_what)
    if row.doubtful and not again:  # what may have arrived before is not forgotten over it
        row.method, row.sequence, row.what = Method.request, row.tried_sequence, ""
    row.doubtful = row.doubtful and again
    row.tried_method, row.tried_sequence, row.tried_what = said
    row.delivery_id, row.deadline_id = delivery.id, delivery.deadline_id


async def consume(db: AsyncSession, heard: Heard) -> None:
    """Where a calendar has an entry that is right no longer, and no mail waits that will say so, one is queued."""
    assert isinstance(heard.event, BookingChanged)
    query = select(CalendarInvitation).where(CalendarInvitation.booking_id == heard.event.id)
    for row in (await db.exec(query.order_by(col(CalendarInvitation.id)))).all():
        deadline = await db.get_one(Deadline, row.deadline_id)
        due = await _due(db, deadline, row.staff_id, None, heard.recorded_at)
        ours = any(each.row.booking_id == row.booking_id for each in due)
        if ours and not await _queued(db, deadline, row.staff_id):
            await deliveries.queue_for_calendar(db, deadline, row.staff_id, heard.recorded_at)


async def _queued(db: AsyncSession, deadline: Deadline, who: UUID, after: UUID | None = None) -> bool:
    """Whether a mail waits that can carry it; only those queued `after` another count, if one is given."""
    query = (
        select(Delivery.id)
        .join(Deadline, col(Deadline.id) == Delivery.deadline_id)
        .where(
            Deadline.activity_id == deadline.activity_id,
            col(Deadline.ladder).in_(only_telling()),
            Delivery.channel == Channel.mail,
            Delivery.to_id == who,
            Delivery.state == DeliveryState.queued,
        )
    )
    if after is not None:
        query = query.where(col(Delivery.id) > after)
    return (await db.exec(query.limit(1))).first() is not None


async def _due(db: AsyncSession, deadline: Deadline, who: UUID, delivery_id: UUID | None, now: datetime) -> list[_Due]:
    """What this person's calendar is to be told of this activity; of what has begun or is past, nothing new."""
    if deadline.activity_id is None or deadline.ladder not in only_telling():
        return []
    person = await db.get_one(Staff, who)
    given = (
        select(CalendarInvitation)
        .join(Booking, col(Booking.id) == CalendarInvitation.booking_id)
        .where(CalendarInvitation.staff_id == who, Booking.activity_id == deadline.activity_id)
    )
    rows = {each.booking_id: each for each in (await db.exec(given.with_for_update(of=CalendarInvitation))).all()}
    live = (Booking.activity_id == deadline.activity_id, Booking.state != BookingState.cancelled)
    theirs = list((await db.exec(select(Booking).where(*live))).all())
    theirs += (
        await db.exec(select(Booking).where(col(Booking.id).in_(set(rows) - {each.id for each in theirs})))
    ).all()
    out = []
    for of in await appointments.of(db, person, theirs, now):
        if (of.booking.starts_at if of.stands else of.booking.ends_at) <= now:
            continue
        row = rows.get(of.booking.id) or CalendarInvitation(
            booking_id=of.booking.id, staff_id=who, deadline_id=deadline.id
        )
        said = next_said(
            Said(row.method, row.sequence, row.what),
            Said(row.tried_method, row.tried_sequence, row.tried_what),
            _what(of),
            of.booking.sequence,
            comes=of.stands,
            doubtful=row.doubtful or (delivery_id is not None and row.delivery_id == delivery_id),
        )
        if said is not None:
            out.append(_Due(row, of, said))
    return out


def _what(of: Appointment) -> str:
    """A digest of what a change is: when and where."""
    when = f"{of.booking.starts_at.isoformat()}/{of.booking.ends_at.isoformat()}"
    return f"{when} {of.venue.id if of.venue else ''}"
