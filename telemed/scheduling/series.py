"""The use cases of a time that comes again: plan it, change it whole or from a day on, end it, change one."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotFound, Stale
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.rules import Span
from telemed.scheduling import differing, limits, queries, series_making, taking, telling
from telemed.scheduling.model import Booking, BookingChange, BookingSeries
from telemed.scheduling.recurrence import Occurrence, OccurrenceChange, Rule, days, following, has, moment
from telemed.scheduling.series_making import follow, make, next_of, rule_of
from telemed.scheduling.series_planning import AHEAD, checked, respect_limits
from telemed.scheduling.series_schemas import (
    TimeOccurrenceIn,
    TimeSeriesChangeIn,
    TimeSeriesEndIn,
    TimeSeriesIn,
)

KEPT: Final = {"kind", "title", "rrule", "starts_on", "at", "minutes", "note"}
DAY: Final = timedelta(days=1)


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
    own = await series_making.bookings(db, id, to_change=True)
    who, was = set(map(UUID, row.resources)), {on: each.starts_at for on, each in own.items()}
    changes = differing.differences(await differing.of(db, BookingChange, id))
    await respect_limits(db, new, following(rule, changes, now, AHEAD), {on: each.id for on, each in own.items()}, now)
    today = day_in(rule.zone, now)
    if new.since is None or new.since <= row.starts_on:
        later, since = _rewrite(db, actor, row, new, now), today
    elif new.since < today:
        raise Invalid("Times that were are not changed.", reason="in_the_past")
    else:
        later, since = await _split(db, actor, row, new, new.since, now), new.since
    await db.flush()
    await follow(db, actor, later, row, since, now)
    off = next_of({on: each for on, each in own.items() if on >= since}, now)
    await _tell_of_change(db, later, who, was, off, actor, now)
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


async def _tell_of_change(
    db: AsyncSession,
    row: BookingSeries,
    before: set[UUID],
    was: Mapping[date, datetime],
    off: Booking | None,
    actor: Actor,
    now: datetime,
) -> None:
    """Who comes to it, who goes on at another time, who is taken off: each hears of the next one that concerns them.

    `was`: when each was, `off`: the next one before the change.
    """
    after, found = set(map(UUID, row.resources)), await series_making.bookings(db, row.id)
    if (next_one := next_of(found, now)) is not None:
        await telling.of_time(db, telling.ENTERED, next_one, actor, now, to=after - before)
    moved = {on: each for on, each in found.items() if was.get(on) != each.starts_at}
    if (next_one := next_of(moved, now)) is not None:
        await telling.of_time(db, telling.MOVED, next_one, actor, now, to=after & before)
    if off is not None:
        await telling.of_time(db, telling.TAKEN_BACK, off, actor, now, to=before - after)


async def end(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: TimeSeriesEndIn, now: datetime
) -> BookingSeries:
    """No times after a day: those booked are given up."""
    row = await get(db, actor, id, version=version)
    if not new.reason:
        raise Invalid("Say why it ends.", reason="reason_needed")
    row.ends_on, row.version = new.last, row.version + 1
    record(db, actor, "booking_series.ended", str(id), now, reason=new.reason)
    await db.flush()
    today = day_in((await people.zones(db))[row.hospital_id], now)
    if given_up := await follow(db, actor, row, row, today, now):
        await telling.of_time(db, telling.TAKEN_BACK, given_up[0], actor, now)
    return row


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
    who, where = await series_making.reserve(db, resources, now)
    if booking is None:
        made = await series_making.book(db, actor, row, what, who, where, new.override, now)
        await telling.of_time(db, telling.ENTERED, made, actor, now)
    else:
        span = Span(what.starts_at, what.ends_at)
        await limits.respect(db, booking, resources, span, new.override, actor, now)
        await taking.take(db, booking, resources, span, actor, now)
        booking.version += 1
        await taking.hint_changed(db, booking, "booking.moved", actor, now)
        await telling.of_time(db, telling.MOVED, booking, actor, now)
    await differing.move(db, BookingChange, actor, row.id, on, starts, minutes, new.reason, now)
