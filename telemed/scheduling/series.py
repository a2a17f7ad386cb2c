"""The use cases of a time that comes again: plan it, change it whole or from a day on, end it, change one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotFound, Stale
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.scheduling import differing, limits, partners, queries, series_asking, series_making, taking, telling
from telemed.scheduling.model import Booking, BookingChange, BookingSeries
from telemed.scheduling.recurrence import (
    Occurrence,
    OccurrenceChange,
    Rule,
    days,
    following,
    has,
    moment,
    readable_ids,
    rule_of,
)
from telemed.scheduling.series_making import follow, make, next_of
from telemed.scheduling.series_planning import AHEAD, checked, respect_limits
from telemed.scheduling.series_schemas import (
    TimeOccurrenceIn,
    TimeSeriesChangeIn,
    TimeSeriesEndIn,
    TimeSeriesIn,
)

KEPT: Final = {"kind", "title", "rrule", "starts_on", "at", "minutes", "note"}
DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class _Before:
    """A series before it is changed: whom and what it took, when each of its times was, and the next that changes."""

    who: set[UUID]
    was: Mapping[date, datetime]
    next_one: Booking | None


async def plan(db: AsyncSession, actor: Actor, new: TimeSeriesIn, now: datetime) -> BookingSeries:
    """Raises NotFound for a person or place that is none, Conflict where limits are passed over without a reason or no
    agreement covers the other hospital, Invalid for a rule without a time to come."""
    rule = await checked(db, actor, new, now)
    if next(days(rule, day_in(rule.zone, now) - DAY), None) is None:
        raise Invalid("This rule has no time to come.", reason="no_occurrence")
    await respect_limits(db, new, following(rule, {}, now, AHEAD), {}, now)
    row = BookingSeries(
        hospital_id=actor.hospital_id,
        created_by=actor.id,
        created_at=now,
        resources=_ids(new),
        override_reason=new.override,
        **new.model_dump(include=KEPT),
    )
    db.add(row)
    await db.flush()
    record(db, actor, "booking_series.planned", str(row.id), now, reason=new.override or None)
    if made := await make(db, actor, row, now):
        await telling.of_time(db, telling.ENTERED, made[0], actor, now)
    await series_asking.review(db, row, now, actor)
    return row


def _ids(new: TimeSeriesIn) -> list[str]:
    return [str(each) for each in dict.fromkeys(new.resources)]


async def get(db: AsyncSession, actor: Actor, id: UUID, *, version: int | None = None) -> BookingSeries:
    """For coordinators of its hospital; others read it in the list alone."""
    # Who takes one back in the calendar refers to this row while we wait for that booking: they may.
    row = await db.get(BookingSeries, id, with_for_update={"key_share": True} if version is not None else None)
    if row is None or row.hospital_id != actor.hospital_id or not actor.has(*queries.BOOKS_FOR_OTHERS):
        raise NotFound("There is no such series.")
    if version is not None and row.version != version:
        raise Stale("It has changed since you read it.", current={"version": row.version})
    return row


async def change(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: TimeSeriesChangeIn, now: datetime
) -> BookingSeries:
    """This and all following (`since`: the series is split there), or all that is still to come; bookings stay the
    same ones."""
    row = await get(db, actor, id, version=version)
    rule = await checked(db, actor, new, now)
    splits, today = new.since is not None and new.since > row.starts_on, day_in(rule.zone, now)
    since = new.since if splits and new.since else date.min  # one of a day that was may be moved to one to come
    if splits and since < today:
        raise Invalid("Times that were are not changed.", reason="in_the_past")
    if splits and row.ends_on is not None and since > row.ends_on:
        raise Invalid("It has ended by then.", reason="no_occurrence")
    rule = replace(rule, starts_on=since if splits else rule.starts_on, ends_on=row.ends_on)
    own = await series_making.bookings(db, id, to_change=True)
    next_one = next_of({on: each for on, each in own.items() if on >= since}, now)
    before = _Before(set(readable_ids(row.resources)), {on: each.starts_at for on, each in own.items()}, next_one)
    changes = differing.differences(await differing.of(db, BookingChange, id))
    await respect_limits(db, new, following(rule, changes, now, AHEAD), {on: each.id for on, each in own.items()}, now)
    later = await _split(db, actor, row, new, since, now) if splits else _rewrite(db, actor, row, new, now)
    await db.flush()
    lost = await follow(db, actor, later, row, since, now)
    await _tell_of_change(db, later, before, lost, actor, now)
    for each in (row, later) if splits else (row,):
        await series_asking.review(db, each, now, actor)
    return later


def _rewrite(db: AsyncSession, actor: Actor, row: BookingSeries, new: TimeSeriesIn, now: datetime) -> BookingSeries:
    kept = KEPT | {"resources"}
    before = row.model_dump(include=kept, mode="json")
    row.sqlmodel_update(new.model_dump(include=KEPT) | {"resources": _ids(new), "override_reason": new.override})
    row.version += 1
    record(
        db,
        actor,
        "booking_series.changed",
        str(row.id),
        now,
        reason=new.override or None,
        change=changed(before, row.model_dump(include=kept, mode="json")),
    )
    return row


async def _split(
    db: AsyncSession, actor: Actor, row: BookingSeries, new: TimeSeriesIn, since: date, now: datetime
) -> BookingSeries:
    later = BookingSeries(
        hospital_id=row.hospital_id,
        follows_id=row.id,
        ends_on=row.ends_on,
        created_by=actor.id,
        created_at=now,
        resources=_ids(new),
        override_reason=new.override,
        **new.model_dump(include=KEPT - {"starts_on"}),
        starts_on=since,
    )
    row.ends_on, row.version = since - DAY, row.version + 1
    db.add(later)
    await db.flush()
    for each in await differing.of(db, BookingChange, row.id):  # what was decided of one time later stands
        if each.on >= since:
            each.series_id = later.id
    record(db, actor, "booking_series.changed", str(row.id), now, reason=f"split at {since}")
    return later


async def clock_changed(db: AsyncSession, by: Actor | None, hospital_id: str, now: datetime) -> None:
    """The hospital lies in another time zone: what comes again there keeps its time on the wall."""
    query = series_making.going_on(now).where(BookingSeries.hospital_id == hospital_id)
    for row in (await db.exec(query.with_for_update(key_share=True))).all():
        if not series_making.is_whole(row):
            continue
        own = await series_making.bookings(db, row.id, to_change=True)
        was = {on: each.starts_at for on, each in own.items()}
        before = _Before(set(readable_ids(row.resources)), was, next_of(own, now))
        row.version += 1
        lost = await follow(db, by, row, row, date.min, now)
        await _tell_of_change(db, row, before, lost, by, now)
        await series_asking.review(db, row, now, by)


async def _tell_of_change(
    db: AsyncSession, row: BookingSeries, before: _Before, lost: Sequence[Booking], actor: Actor | None, now: datetime
) -> None:
    """Who comes to it, who goes on at another time or has lost one, who is taken off: each hears of the next one that
    concerns them. `lost`: what is given up."""
    after, found = set(readable_ids(row.resources)), await series_making.bookings(db, row.id)
    stay, off = after & before.who, before.next_one
    if (next_one := next_of(found, now)) is not None:
        await telling.of_time(db, telling.ENTERED, next_one, actor, now, to=after - before.who)
    moved = {on: each for on, each in found.items() if before.was.get(on) != each.starts_at}
    if (next_one := next_of(moved, now)) is not None:
        await telling.of_time(db, telling.MOVED, next_one, actor, now, to=stay)
    rule = rule_of(row, (await people.zones(db))[row.hospital_id])
    # Where the rule has other days, those are what became of the former ones.
    lost_for_good = {each.on: each for each in lost if each.on and (not moved or has(rule, each.on))}
    if (next_one := next_of(lost_for_good, now)) is not None:
        await telling.of_time(db, telling.TAKEN_BACK, next_one, actor, now, to=stay)
    if off is not None and off.on is not None:
        await telling.of_time(db, telling.TAKEN_BACK, off, actor, now, to=before.who - after, at=before.was[off.on])


async def end(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: TimeSeriesEndIn, now: datetime
) -> BookingSeries:
    """No times after a day: those booked are given up."""
    row = await get(db, actor, id, version=version)
    if not new.reason:
        raise Invalid("Say why it ends.", reason="reason_needed")
    if row.ends_on is not None and new.last > row.ends_on and await _goes_on(db, id):
        raise Invalid("Another series has its times from then on.", reason="no_occurrence")
    row.ends_on, row.version = new.last, row.version + 1
    record(db, actor, "booking_series.ended", str(id), now, reason=new.reason)
    await db.flush()
    if given_up := await follow(db, actor, row, row, date.min, now):
        await telling.of_time(db, telling.TAKEN_BACK, given_up[0], actor, now)
    await series_asking.review(db, row, now, actor)
    return row


async def _goes_on(db: AsyncSession, id: UUID) -> bool:
    """Whether it was split: the later times are another series'."""
    return (await db.exec(select(BookingSeries.id).where(BookingSeries.follows_id == id))).first() is not None


async def change_one(
    db: AsyncSession, actor: Actor, id: UUID, version: int, on: date, new: TimeOccurrenceIn, now: datetime
) -> BookingSeries:
    """One time of the series: left out, or moved. Raises Conflict that names what blocks the new time."""
    row = await get(db, actor, id, version=version)
    rule = rule_of(row, (await people.zones(db))[row.hospital_id])
    if not has(rule, on):
        raise NotFound("The series has no time on that day.", reason="no_occurrence")
    booking = (await series_making.bookings(db, id, to_change=True)).get(on)
    if booking is not None and booking.starts_at <= now:
        raise Conflict("That time has begun.", reason="in_the_past")
    if new.change is OccurrenceChange.left_out:
        await differing.leave_out(db, BookingChange, actor, id, on, new.reason, now)
        if booking is not None:
            await taking.free(db, booking)
            await taking.hint_changed(db, booking, "booking.cancelled", actor, now)
            await telling.of_time(db, telling.TAKEN_BACK, booking, actor, now)
    else:
        await _move_one(db, actor, row, rule, on, booking, new, now)
    row.version += 1
    record(db, actor, "booking_series.occurrence", str(id), now, reason=f"{on} {new.change}")
    await db.flush()
    await series_asking.review(db, row, now, actor)
    return row


async def _move_one(
    db: AsyncSession,
    actor: Actor,
    row: BookingSeries,
    rule: Rule,
    on: date,
    booking: Booking | None,
    new: TimeOccurrenceIn,
    now: datetime,
) -> None:
    starts = new.starts_at or moment(rule, on)
    minutes = new.minutes or row.minutes
    if starts <= now:
        raise Invalid("Say to which time to come.", reason="time_needed")
    what = Occurrence(on, starts, starts + timedelta(minutes=minutes))
    resources = await series_making.usable(db, row)
    if not resources:
        raise Conflict("Somebody of it has left, or nothing of it is to be had any more.", reason="person_left")
    await partners.refuse_uncovered(db, row.hospital_id, resources, starts)
    who, where = await series_making.reserve(db, resources, now)
    if booking is None:
        made = await series_making.book(db, actor, row, what, who, where, new.override, now)
        await telling.of_time(db, telling.ENTERED, made, actor, now)
    else:
        span, was = Span(what.starts_at, what.ends_at), Span(booking.starts_at, booking.ends_at)
        await limits.respect(db, booking, resources, span, new.override, actor, now)
        await taking.take(db, booking, resources, span, actor, now)
        await taking.moved(db, booking, was, actor, now)
        await telling.of_time(db, telling.MOVED, booking, actor, now)
    await differing.settle(db, BookingChange, actor, row, rule.zone, on, starts, minutes, new.reason, now)
