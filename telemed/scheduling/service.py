"""Books people and venues so that nobody is in two places: propose, book, move, extend, end, free."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, NotFound
from telemed.kit.activity import Activity
from telemed.people import service as people_service
from telemed.people.calendars import working_times
from telemed.people.model import Staff
from telemed.people.rules import Span, WorkingTime
from telemed.scheduling import availability, clashing, limits, queries, taking
from telemed.scheduling.model import Availability, Booking, BookingState
from telemed.scheduling.rules import HORIZON, free_slots
from telemed.scheduling.schemas import Clash, Proposal

DURATION = timedelta(minutes=40)
NO_NOTICE = timedelta()


async def propose(
    db: AsyncSession,
    *,
    people: Collection[UUID],
    hospital_id: str,
    wishes: Iterable[tuple[datetime, datetime]],
    now: datetime,
    duration: timedelta = DURATION,
    limit: int = 3,
    urgent: bool = False,
    notice: timedelta = NO_NOTICE,
    besides: UUID | None = None,
) -> list[Proposal]:
    """The earliest times within the wishes at which all `people` and one venue of `hospital_id` are free.

    `notice`: how long before a time those invited should know of it; sooner only where nothing later is free. The
    booking of the activity `besides` does not count as busy. Working hours are those of everybody's hospital.
    """
    spans = [Span(start, end) for start, end in wishes if start < end and end > now]
    if not spans:
        return []
    look = Span(now, min(max(span.end for span in spans), now + HORIZON))
    rooms = await queries.venues(db, [hospital_id])
    taken = await queries.busy(db, [*people, *(each.id for each in rooms)], look, now, besides=besides)
    kept = await availability.of(db, [*people, *taken])
    for id, room in availability.buffers(kept).items():
        taken[id] = [Span(each.start - room, each.end + room) for each in taken[id]]
    hours = await _hours(db, people, hospital_id, kept)
    free = partial(
        free_slots,
        spans,
        people=[span for person in people for span in taken[person]],
        venues={each.id: taken[each.id] for each in rooms},
        hours=hours,
        duration=duration,
        limit=limit,
        any_hour=urgent,
    )
    slots = free(now=now + notice) or free(now=now)
    known = {each.id: each for each in await queries.described(db, [each.id for each in rooms])}
    return [
        Proposal(
            starts_at=slot.span.start,
            ends_at=slot.span.end,
            venue=known[slot.venue],
            why=("earliest" if place == 0 else "free") if slot.in_hours or urgent else "out_of_hours",
            guessed=sorted({year for each in hours for year in each.unknown(slot.span)}),
        )
        for place, slot in enumerate(slots)
        if slot.venue is not None
    ]


async def _hours(
    db: AsyncSession, people: Collection[UUID], hospital_id: str, kept: Mapping[UUID, Availability]
) -> list[WorkingTime | availability.Opening]:
    staff = await people_service.staff_by_id(db, people)
    calendars = await working_times(db, {hospital_id, *(each.hospital_id for each in staff.values())})
    own = [availability.opening(kept[id], calendars[each.hospital_id]) for id, each in staff.items() if id in kept]
    return [*(calendars[each] for each in {hospital_id, *_others(staff, kept)}), *own]


def _others(staff: Mapping[UUID, Staff], kept: Mapping[UUID, Availability]) -> set[str]:
    """The hospitals of whom has no hours of their own."""
    return {each.hospital_id for id, each in staff.items() if id not in kept}


async def book(
    db: AsyncSession,
    *,
    kind: str,
    title: str,
    people: Collection[UUID],
    venue: UUID | None,
    start: datetime,
    end: datetime,
    hospital_id: str,
    by: Actor | None,
    now: datetime,
    activity: Activity | None = None,
    title_en: str = "",
    note: str = "",
    expires_at: datetime | None = None,
    also: Collection[UUID] = (),
    other_end: UUID | None = None,
    venues: Collection[UUID] = (),
    override: str | None = None,
    of_series: tuple[UUID, date] | None = None,
) -> Booking:
    """Books the time of all of them or of none.

    `other_end`: a second venue, the branch's beside the hub's. `expires_at`: makes it a hold. `hospital_id`: whose
    patient it is about. `also`: optional people, whose time is taken if it is free.
    `override`: why limits are passed over, as `limits.respect` takes it. `of_series`: which, and its day by the rule.
    Raises Conflict with reason `clash` and the blocking `clashes`, `limits`, or `already_booked`.
    """
    taking.check(start, end, now)
    resources = await taking.locked(db, people, [each for each in (venue, other_end, *venues) if each], now, also)
    if activity is not None and await of_activity(db, activity.id) is not None:
        raise Conflict("There is a booking already; move that one.", reason="already_booked")
    booking = Booking(
        kind=kind,
        hospital_id=hospital_id,
        activity=activity.kind if activity else None,
        activity_id=activity.id if activity else None,
        title=title,
        title_en=title_en,
        starts_at=start,
        ends_at=end,
        state=BookingState.booked,
        created_by=by.id if by else None,
        created_at=now,
        note=note,
        series_id=of_series[0] if of_series else None,
        on=of_series[1] if of_series else None,
    )
    await limits.respect(db, booking, resources, Span(start, end), override, by, now)
    await taking.take(db, booking, resources, Span(start, end), by, now, expires_at)
    await taking.add_free(db, booking, also, by, now)
    await taking.hint_changed(db, booking, "booking.made", by, now)
    return booking


async def reserve(db: AsyncSession, people: Collection[UUID], venues: Collection[UUID], now: datetime) -> None:
    """Before several bookings in one transaction: locks all whom they may take, so that no two such wait for each
    other."""
    await taking.locked(db, people, venues, now)


async def retitle(
    db: AsyncSession, activity_ids: Collection[UUID], *, title: str, title_en: str, by: Actor, now: datetime
) -> None:
    """Changes the title of all bookings of these activities, past ones too, where it differs."""
    query = select(Booking).where(col(Booking.activity_id).in_(activity_ids), Booking.title != title)
    for booking in (await db.exec(query.with_for_update())).all():
        booking.title, booking.title_en, booking.version = title, title_en, booking.version + 1
        await taking.hint_changed(db, booking, "booking.retitled", by, now)


async def join(db: AsyncSession, activity_id: UUID, person: UUID, by: Actor | None, now: datetime) -> None:
    """Takes what is left of the activity's time from one more person.

    Raises Conflict with reason `person_taken` and the blocking bookings in `clashes`.
    """
    await taking.locked(db, [person], [], now)
    booking = await of_activity(db, activity_id)
    if booking is None or booking.ends_at <= now or person in await taking.taken_by(db, booking):
        return
    if found := await taking.add(db, booking, person, by, now):
        clashes = [each.model_dump(mode="json") for each in found]
        raise Conflict("They have something else at that time.", reason="person_taken", clashes=clashes)
    await taking.hint_changed(db, booking, "booking.joined", by, now)


async def leave(db: AsyncSession, activity_id: UUID, person: UUID, by: Actor | None, now: datetime) -> None:
    """Frees the time of one person; the booking stands."""
    booking = await of_activity(db, activity_id)
    if booking is None or person not in await taking.taken_by(db, booking):
        return
    await taking.hint_changed(db, booking, "booking.left", by, now)
    await taking.take_off(db, booking, person)


async def rebook(
    db: AsyncSession,
    *,
    activity_id: UUID,
    people: Collection[UUID],
    venue: UUID | None,
    start: datetime,
    end: datetime,
    by: Actor | None,
    now: datetime,
    expires_at: datetime | None = None,
    also: Collection[UUID] = (),
    other_end: UUID | None = None,
    venues: Collection[UUID] = (),
    override: str | None = None,
) -> Booking:
    """Moves the activity's booking. On a clash it raises Conflict and the booking stays where it was."""
    taking.check(start, end, now)
    resources = await taking.locked(db, people, [each for each in (venue, other_end, *venues) if each], now, also)
    booking = await of_activity(db, activity_id)
    if booking is None:
        raise NotFound("There is no booking to move.")
    await limits.respect(db, booking, resources, Span(start, end), override, by, now)
    was = Span(booking.starts_at, booking.ends_at)
    await taking.take(db, booking, resources, Span(start, end), by, now, expires_at)
    await taking.add_free(db, booking, also, by, now)
    await taking.moved(db, booking, was, by, now)
    return booking


async def confirm(db: AsyncSession, activity_id: UUID, by: Actor | None, now: datetime) -> Booking:
    """Makes a hold a booking."""
    await taking.release_expired(db, now)
    booking = await of_activity(db, activity_id)
    if booking is None:
        raise Conflict("The hold has expired.", reason="hold_expired")
    if booking.state is BookingState.held:
        booking.state, booking.expires_at = BookingState.booked, None
        booking.version += 1
        await taking.hint_changed(db, booking, "booking.confirmed", by, now)
    return booking


async def hold(db: AsyncSession, activity_id: UUID, until: datetime, by: Actor | None, now: datetime) -> None:
    """Makes a booking a hold again, if it has not begun."""
    booking = await of_activity(db, activity_id)
    if booking is not None and until > now:
        booking.state, booking.expires_at, booking.version = BookingState.held, until, booking.version + 1
        await taking.hint_changed(db, booking, "booking.held", by, now)


async def extend(
    db: AsyncSession, activity_id: UUID, until: datetime, optional: Collection[UUID], by: Actor | None, now: datetime
) -> list[Clash]:
    """Lengthens the activity's booking, unless the venue or somebody not `optional` is taken then: returns by what.

    Whoever is optional and taken stays for the former time.
    """
    booking = await of_activity(db, activity_id)
    if booking is None or until <= booking.ends_at:
        return []
    await taking.release_expired(db, now)
    resources = sorted(await taking.taken_by(db, booking))
    await taking.lock(db, resources)
    found = await clashing.clashes(db, by, resources, Span(booking.ends_at, until), now, besides=booking.id)
    if blocking := [each for each in found if each.resource_id not in optional]:
        return blocking
    await taking.lengthen(db, booking, until, set(resources) - {each.resource_id for each in found})
    await taking.hint_changed(db, booking, "booking.extended", by, now)
    return []


async def cancel(db: AsyncSession, activity_id: UUID, by: Actor | None, now: datetime) -> None:
    """Frees the activity's time, if it has a booking."""
    if (booking := await of_activity(db, activity_id)) is not None:
        await taking.free(db, booking)
        await taking.hint_changed(db, booking, "booking.cancelled", by, now)


async def end(db: AsyncSession, activity_id: UUID, by: Actor | None, now: datetime) -> None:
    """Frees what is left of the time of an activity that is over; all of it, if it ended before it was to begin."""
    booking = await of_activity(db, activity_id)
    if booking is None or booking.ends_at <= now:
        return
    if booking.starts_at >= now:
        await cancel(db, activity_id, by, now)
        return
    await taking.cut(db, booking, now)
    await taking.hint_changed(db, booking, "booking.ended", by, now)


async def resources_of(db: AsyncSession, booking: Booking) -> set[UUID]:
    """The people and the venue whose time it takes."""
    return await taking.taken_by(db, booking)


async def of_activity(db: AsyncSession, activity_id: UUID) -> Booking | None:
    query = select(Booking).where(Booking.activity_id == activity_id, Booking.state != BookingState.cancelled)
    return (await db.exec(query)).first()
