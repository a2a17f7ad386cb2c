"""Enters, moves and removes busy time: one's own, or for a coordinator that of a person or venue of their hospital."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds
from telemed.errors import Conflict, Invalid, NotAllowed, NotFound, Stale
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.scheduling import clashing, differing, limits, partners, queries, taking, telling, whose
from telemed.scheduling.model import Booking, BookingChange, BookingSeries, BookingState, Occupancy, ResourceKind
from telemed.scheduling.schemas import BusyIn, BusyTimes
from telemed.scheduling.service import book


async def enter(db: AsyncSession, actor: Actor, new: BusyIn, kinds: Kinds, now: datetime) -> list[Booking]:
    """Enters busy time, for oneself or, as a coordinator, for a person or venue of the hospital.

    Over bookings: those given up lose this person or place, those kept leave gaps in what is entered; what is named as
    neither refuses it.
    """
    resource, span = new.resource_id or actor.id, Span(new.starts_at, new.ends_at)
    taking.check(span.start, span.end, now)
    await _lock_given_up(db, new.given_up, kinds)
    kind = await whose.lock(db, actor, resource, now)
    parts = await _make_way(db, actor, resource, new, kinds, now)
    made = [
        await book(
            db,
            kind=new.kind,
            title=new.title,
            people=[resource] if kind is ResourceKind.person else [],
            venue=None if kind is ResourceKind.person else resource,
            start=each.start,
            end=each.end,
            hospital_id=actor.hospital_id,
            by=actor,
            now=now,
            note=new.note,
            override=new.override,
        )
        for each in parts
    ]
    await telling.of_time(db, telling.ENTERED, made[0], actor, now)
    return made


async def _lock_given_up(db: AsyncSession, ids: Collection[UUID], kinds: Kinds) -> None:
    """Activities and busy times before resources, as whoever books or moves them does, and all in one order."""
    if not ids:
        return
    theirs = col(Booking.id).in_(ids)
    query = select(Booking.activity, Booking.activity_id).where(theirs, col(Booking.activity_id).is_not(None))
    for name, id in (await db.exec(query.order_by(col(Booking.activity_id)))).all():
        if (kind := kinds.get(name)) is not None and id is not None:
            await kind.about(db, id, to_change=True)
    plain = select(Booking.id).where(theirs, col(Booking.activity_id).is_(None))
    await db.exec(plain.order_by(col(Booking.id)).with_for_update())


async def _make_way(
    db: AsyncSession,
    actor: Actor,
    resource: UUID,
    new: BusyTimes,
    kinds: Kinds,
    now: datetime,
    besides: UUID | None = None,
) -> list[Span]:
    """Gives up what is given up, and returns what is left of that time around what is kept. `besides`: the booking that
    is moved there."""
    span = Span(new.starts_at, new.ends_at)
    found = [each for each in await queries.bookings_of(db, [resource], span, now) if each.id != besides]
    may_be = [each.id for each in found if _may_give_up(actor, resource, each, now)]
    if unsaid := [each for each in found if each.id not in {*new.given_up, *new.kept}]:
        clashes = await clashing.clashes(db, actor, [resource], span, now, besides=besides)
        raise Conflict(
            f"{len(unsaid)} bookings are in the way.",
            reason="clash",
            clashes=[each.model_dump(mode="json") for each in clashes],
            given_up=[str(each) for each in may_be],
            arranged=[str(each.id) for each in found if each.activity_id is not None],
        )
    given_up = [each for each in found if each.id in new.given_up]
    if not new.words and any(each.activity_id is not None for each in given_up):
        raise Invalid("Tell whoever arranges what is given up why.", reason="reason_needed")
    for each in given_up:
        if each.id not in may_be:
            raise Conflict("That one stays: it has begun, or is not yours to give up.", reason="begun")
        kind = kinds.get(each.activity)
        if kind is not None and each.activity_id is not None:
            await kind.not_there(db, actor, each.activity_id, resource, new.words, now)
        else:
            others = await taking.taken_by(db, each) - {resource}  # of a time that comes again: it ends for them too
            await _let_go(db, each, actor, new.words, now)
            await telling.of_time(db, telling.TAKEN_BACK, each, actor, now, to=others)
    parts = span.without([Span(each.starts_at, each.ends_at) for each in found if each.id not in new.given_up])
    if not parts:
        raise Conflict("What is kept takes all of that time.", reason="nothing_left")
    return parts


def _may_give_up(actor: Actor, resource: UUID, booking: Booking, now: datetime) -> bool:
    if booking.activity_id is not None:
        return booking.starts_at > now
    if booking.series_id is not None and booking.starts_at > now:  # it takes people and places of other hospitals too
        return True
    return queries.may_take_back(actor, booking, [resource])


async def move(
    db: AsyncSession, actor: Actor, booking_id: UUID, version: int, new: BusyTimes, kinds: Kinds, now: datetime
) -> list[Booking]:
    """Another time, or another length, for whom it is; over bookings as `enter`, in parts around what is kept.

    Raises Conflict that names what blocks it, or where a series has no agreement with a hospital of it then; then it
    stays. What takes several people or places gives nothing up.
    """
    await _lock_given_up(db, [*new.given_up, booking_id] if new.given_up else [], kinds)
    booking = await _theirs(db, actor, booking_id, version, now)
    if booking.held_for is not None:  # another time is kept by keeping that one
        raise NotFound("There is no such entry.")
    if booking.ends_at <= now:
        raise Conflict("That time has passed.", reason="in_the_past")
    taking.check(new.starts_at, new.ends_at, now)
    await taking.release_expired(db, now)
    resources = sorted(await taking.taken_by(db, booking))
    if booking.series_id is not None:  # it may take people and places of other hospitals
        await partners.refuse_uncovered(db, booking.hospital_id, resources, new.starts_at)
    await taking.lock(db, resources)
    first, rest = Span(new.starts_at, new.ends_at), list[Span]()
    if len(resources) == 1:
        first, *rest = await _make_way(db, actor, resources[0], new, kinds, now, booking.id)
    await limits.respect(db, booking, resources, first, new.override, actor, now)
    was = Span(booking.starts_at, booking.ends_at)
    await taking.take(db, booking, resources, first, actor, now)
    await _series_keeps(db, actor, booking, first, new.words, now)
    await taking.moved(db, booking, was, actor, now)
    await telling.of_time(db, telling.MOVED, booking, actor, now)
    return [booking, *[await _beside(db, actor, booking, resources[0], each, new.override, now) for each in rest]]


async def _series_keeps(
    db: AsyncSession, actor: Actor, booking: Booking, span: Span, words: str, now: datetime
) -> None:
    if booking.series_id is not None and booking.on is not None:
        series = await db.get_one(BookingSeries, booking.series_id)
        zone, minutes = (await people.zones(db))[series.hospital_id], (span.end - span.start) // timedelta(minutes=1)
        await differing.settle(db, BookingChange, actor, series, zone, booking.on, span.start, minutes, words, now)


async def _beside(
    db: AsyncSession, actor: Actor, of: Booking, resource: UUID, span: Span, override: str, now: datetime
) -> Booking:
    """A further part of a busy time that was moved, after what is kept between."""
    (known,) = await queries.described(db, [resource])
    is_person = known.kind == ResourceKind.person
    return await book(
        db,
        kind=of.kind,
        title=of.title,
        title_en=of.title_en,
        people=[resource] if is_person else [],
        venue=None if is_person else resource,
        start=span.start,
        end=span.end,
        hospital_id=of.hospital_id,
        by=actor,
        now=now,
        note=of.note,
        override=override,
    )


async def take_back(db: AsyncSession, actor: Actor, booking_id: UUID, version: int, now: datetime) -> None:
    booking = await _theirs(db, actor, booking_id, version, now)
    await _let_go(db, booking, actor, "", now)
    if booking.held_for is None and booking.ends_at > now:
        await telling.of_time(db, telling.TAKEN_BACK, booking, actor, now)


async def _let_go(db: AsyncSession, booking: Booking, actor: Actor, why: str, now: datetime) -> None:
    """Its series, if it is of one, leaves that day out: it is not booked again."""
    if booking.series_id is not None and booking.on is not None:
        await differing.leave_out(db, BookingChange, actor, booking.series_id, booking.on, why, now)
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
