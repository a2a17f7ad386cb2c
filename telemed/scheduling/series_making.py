"""Books the times of series eight weeks ahead, and again those whose time something else took."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from sqlalchemy import or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Account, Actor
from telemed.db import Database
from telemed.errors import Conflict
from telemed.kit.clock import day_in
from telemed.kit.failures import due, isolated
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.scheduling import differing, limits, partners, queries, service, taking
from telemed.scheduling.model import LIVE, Booking, BookingChange, BookingSeries, Occupancy, Resource, ResourceKind
from telemed.scheduling.recurrence import Occurrence, is_readable, readable_ids, rule_of, to_come

MADE_AHEAD: Final = timedelta(weeks=8)


async def make_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """Books what is missing of every series and can be booked, each in a transaction of its own; returns the failures,
    by series."""
    failed: dict[UUID, Exception] = {}
    async with database.read() as db:
        ids = [each.id for each in (await db.exec(going_on(now))).all()]
        found = await due(db, "a series of times", ids, partial(_is_due, db, now), failed)
    for id in found:
        async with database.write() as db, isolated(db, "a series of times", id, failed):
            row = (
                await db.exec(select(BookingSeries).where(BookingSeries.id == id).with_for_update(key_share=True))
            ).one()
            await make(db, None, row, now)
    return failed


def going_on(now: datetime) -> SelectOfScalar[BookingSeries]:
    """For a query: those that have not ended, by the clock of any hospital."""
    ended = col(BookingSeries.ends_on) < (now - timedelta(days=1)).date()
    query = select(BookingSeries).where(or_(col(BookingSeries.ends_on).is_(None), ~ended))
    return query.order_by(col(BookingSeries.id))


async def unbooked(db: AsyncSession, rows: Sequence[BookingSeries], now: datetime) -> dict[UUID, list[Occurrence]]:
    """By series the times of the next eight weeks that stand in no calendar."""
    zones, ids = await people.zones(db), [each.id for each in rows]
    # Before what was decided of single ones: who takes one back meanwhile does both, and it is not booked again.
    known = select(col(Booking.series_id), col(Booking.on)).where(col(Booking.series_id).in_(ids), LIVE)
    booked = set((await db.exec(known)).all())
    changes: dict[UUID, list[BookingChange]] = {each: [] for each in ids}
    query = select(BookingChange).where(col(BookingChange.series_id).in_(ids))
    for change in (await db.exec(query)).all():
        changes[change.series_id].append(change)
    out = {}
    for row in rows:
        zone = zones[row.hospital_id]
        wanted = to_come(
            rule_of(row, zone), differing.differences(changes[row.id]), day_in(zone, now + MADE_AHEAD), now
        )
        out[row.id] = [each for each in wanted if (row.id, each.on) not in booked]
    return out


async def _is_due(db: AsyncSession, now: datetime, id: UUID) -> bool:
    """Whether one that is missing could be booked: most looks find what they found before."""
    row = await db.get_one(BookingSeries, id)
    missing = (await unbooked(db, [row], now))[id]
    return bool(missing) and await _any_free(db, row, missing, now)


async def _any_free(db: AsyncSession, row: BookingSeries, missing: Sequence[Occurrence], now: datetime) -> bool:
    resources = await usable(db, row)
    covered = await partners.covered(db, row.hospital_id, resources)
    open_ = [Span(each.starts_at, each.ends_at) for each in missing if covered(each.starts_at)]
    if not resources or not open_:
        return False
    within = Span(min(each.start for each in open_), max(each.end for each in open_))  # one may be moved past others
    taken = await queries.busy(db, resources, within, now)
    free = [each for each in open_ if not any(each.overlaps(one) for spans in taken.values() for one in spans)]
    if not free or row.kind in limits.FREE or row.override_reason:
        return bool(free)
    return [] in await limits.broken_at(db, [limits.Time(resources, each) for each in free], row.kind, now)


def is_whole(row: BookingSeries) -> bool:
    """Whether all of it can be read: when it comes, and whom and what it takes."""
    return is_readable(row.rrule, row.at) and len(readable_ids(row.resources)) == len(row.resources)


async def usable(db: AsyncSession, row: BookingSeries) -> list[UUID]:
    """Whom and what it takes, without equipment that is no longer to be had. Nothing where somebody of it has left:
    without them it is another meeting, and a coordinator says who comes instead. Raises Conflict where an id of it
    cannot be read."""
    ids = readable_ids(row.resources)
    if len(ids) < len(row.resources):
        raise Conflict("Whom or what it takes cannot be read: say it anew.", reason="rule_unreadable")
    if await left(db, ids):
        return []
    ended = select(Resource.id).where(col(Resource.id).in_(ids), col(Resource.ended_at).is_not(None))
    gone = set((await db.exec(ended)).all())
    return [each for each in ids if each not in gone]


async def left(db: AsyncSession, ids: Collection[UUID]) -> list[UUID]:
    """Of these people those who have left, as their account says."""
    disabled = select(Account.id).where(col(Account.id).in_(ids), col(Account.disabled_at).is_not(None))
    return list((await db.exec(disabled.order_by(col(Account.id)))).all())


async def reserve(db: AsyncSession, resources: Collection[UUID], now: datetime) -> tuple[list[UUID], list[UUID]]:
    """Locks them all, in one order; returns the people and the places."""
    places = select(Resource.id).where(col(Resource.id).in_(resources), Resource.kind != ResourceKind.person)
    of_places = set((await db.exec(places)).all())
    who, where = [each for each in resources if each not in of_places], sorted(of_places)
    await service.reserve(db, who, where, now)
    return who, where


async def bookings(db: AsyncSession, series_id: UUID, *, to_change: bool = False) -> dict[date, Booking]:
    """Those that stand, by their day; `to_change`: locked in one order, before what they take."""
    query = select(Booking).where(Booking.series_id == series_id, LIVE).order_by(col(Booking.id))
    found = (await db.exec(query.with_for_update() if to_change else query)).all()
    return {each.on: each for each in found if each.on is not None}


async def make(db: AsyncSession, by: Actor | None, row: BookingSeries, now: datetime) -> list[Booking]:
    """Books the times that are missing of the next eight weeks; one whose time is taken, or would pass over limits
    without a reason, is left for a later try. Returns those booked."""
    missing = (await unbooked(db, [row], now))[row.id]
    resources = await usable(db, row)
    if not missing or not resources:
        return []
    covered = await partners.covered(db, row.hospital_id, resources)
    who, where = await reserve(db, resources, now)
    made = []
    for each in missing:
        if not covered(each.starts_at):
            continue
        try:
            async with db.begin_nested():
                made.append(await book(db, by, row, each, who, where, row.override_reason, now))
        except Conflict:
            continue
    return made


async def book(
    db: AsyncSession,
    by: Actor | None,
    row: BookingSeries,
    what: Occurrence,
    who: Collection[UUID],
    where: Collection[UUID],
    override: str,
    now: datetime,
) -> Booking:
    """One time of the series. Raises Conflict as `service.book`."""
    made = await service.book(
        db,
        kind=row.kind,
        title=row.title,
        people=who,
        venue=None,
        venues=where,
        start=what.starts_at,
        end=what.ends_at,
        hospital_id=row.hospital_id,
        by=by,
        now=now,
        note=row.note,
        override=override,
        of_series=(row.id, what.on),
    )
    made.created_by = row.created_by
    return made


async def follow(
    db: AsyncSession, by: Actor | None, row: BookingSeries, former: BookingSeries, since: date, now: datetime
) -> list[Booking]:
    """After a change: the bookings of `former` from that day on become those of `row`, at its times and with whom it
    takes now; those that it has not are given up. What has begun stays as it is. Returns what is given up.

    All let go of their time before one takes its new one: a series that moves by a day is not in its own way.
    """
    zone = (await people.zones(db))[row.hospital_id]
    known = await bookings(db, former.id, to_change=True)  # whoever moves one now has done so when we read on
    changes = differing.differences(await differing.of(db, BookingChange, row.id))
    wanted = {each.on: each for each in to_come(rule_of(row, zone), changes, day_in(zone, now + MADE_AHEAD), now)}
    resources = await usable(db, row)
    covered = await partners.covered(db, row.hospital_id, resources)
    await reserve(db, resources, now)
    stay, given_up = list[tuple[Booking, Occurrence]](), list[Booking]()
    for on, booking in sorted(known.items()):
        if on < since or booking.starts_at <= now:
            continue
        booking.series_id = row.id
        what = wanted.get(on)
        if what is None or not covered(what.starts_at):
            given_up.append(booking)
        elif not resources:
            continue  # somebody of it has left: what is booked stands until it is said who comes instead
        elif await _differs(db, booking, row, what, resources):
            stay.append((booking, what))
        elif (booking.title, booking.note) != (row.title, row.note):  # its time is not taken anew, nor limits asked
            booking.title, booking.note, booking.version = row.title, row.note, booking.version + 1
            await taking.hint_changed(db, booking, "booking.retitled", by, now)
    ids = [booking.id for booking, _ in stay]
    await db.exec(update(Occupancy).where(col(Occupancy.booking_id).in_(ids)).values(active=False))
    given_up += [each for each, what in stay if not await _again(db, by, row, each, what, resources, now)]
    for each in given_up:
        await taking.free(db, each)
        await taking.hint_changed(db, each, "booking.cancelled", by, now)
    await db.flush()
    await make(db, by, row, now)
    return given_up


async def _differs(
    db: AsyncSession, booking: Booking, row: BookingSeries, what: Occurrence, resources: Collection[UUID]
) -> bool:
    has, wants = (booking.starts_at, booking.ends_at, booking.kind), (what.starts_at, what.ends_at, row.kind)
    return has != wants or await taking.taken_by(db, booking) != set(resources)


async def _again(
    db: AsyncSession,
    by: Actor | None,
    row: BookingSeries,
    booking: Booking,
    what: Occurrence,
    resources: Collection[UUID],
    now: datetime,
) -> bool:
    """Whether it could take that time."""
    span, was = Span(what.starts_at, what.ends_at), Span(booking.starts_at, booking.ends_at)
    try:
        async with db.begin_nested():
            booking.kind, booking.title, booking.note = row.kind, row.title, row.note
            await limits.respect(db, booking, resources, span, row.override_reason, by, now)
            await taking.take(db, booking, resources, span, by, now)
    except Conflict:
        await db.refresh(booking)  # as it was
        return False
    await taking.moved(db, booking, was, by, now)
    return True


def next_of(found: Mapping[date, Booking], now: datetime) -> Booking | None:
    """The first that has not begun."""
    return min((each for each in found.values() if each.starts_at > now), key=lambda each: each.starts_at, default=None)
