"""The use cases of a time that comes again: plan it, change it whole or from a day on, end it, change one."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotFound, Stale
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.rules import Span
from telemed.scheduling import differing, limits, partners, queries, series_making, taking, telling
from telemed.scheduling.clashing import clashes_at
from telemed.scheduling.model import Booking, BookingChange, BookingSeries
from telemed.scheduling.recurrence import Occurrence, OccurrenceChange, Rule, check, days, following, has, moment
from telemed.scheduling.schemas import LimitOut
from telemed.scheduling.series_making import follow, make, next_of, rule_of
from telemed.scheduling.series_schemas import (
    TimeOccurrenceIn,
    TimeOccurrenceOut,
    TimeSeriesChangeIn,
    TimeSeriesEndIn,
    TimeSeriesIn,
)

AHEAD: Final = 8
KEPT: Final = {"kind", "title", "rrule", "starts_on", "at", "minutes", "note"}
DAY: Final = timedelta(days=1)


async def plan(db: AsyncSession, actor: Actor, new: TimeSeriesIn, now: datetime) -> BookingSeries:
    """Raises NotFound for a person or place that is none, Conflict where limits are passed over without a reason or no
    agreement covers the other hospital, Invalid for a rule without a time to come."""
    rule = await _checked(db, actor, new, now)
    if next(days(rule, day_in(rule.zone, now) - DAY), None) is None:
        raise Invalid("This rule has no time to come.", reason="no_occurrence")
    await _respect(db, new, following(rule, {}, now, AHEAD), {}, now)
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


async def look_ahead(
    db: AsyncSession, actor: Actor, new: TimeSeriesIn, of: UUID | None, now: datetime, most: int = AHEAD
) -> list[TimeOccurrenceOut]:
    """The next times of what is being planned, or of the series `of` as it would be, with all that is in their way."""
    rule, resources = await _checked(db, actor, new, now), list(dict.fromkeys(new.resources))
    changes = differing.differences(await differing.of(db, BookingChange, of)) if of else {}
    found = following(rule, changes, now, most)
    own = await series_making.bookings(db, of) if of else {}
    spans = [Span(each.starts_at, each.ends_at) for each in found]
    its = {each.id for each in own.values()}
    standing = [
        [clash for clash in theirs if clash.booking_id not in its]
        for theirs in await clashes_at(db, actor, resources, spans, now)
    ]
    passed = await _broken(db, new, found, {on: each.id for on, each in own.items()}, now)
    covered = await partners.covered(db, actor.hospital_id, resources)
    hospitals = {each.hospital_id for each in await queries.described(db, resources)}
    hours = await working_times(db, hospitals)
    return [
        TimeOccurrenceOut(
            on=each.on,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            moved=each.on in changes,
            booked=(kept := own.get(each.on)) is not None and Span(kept.starts_at, kept.ends_at) == span,
            closed=[id for id in sorted(hospitals) if not hours[id].works_on(day_in(hours[id].zone, each.starts_at))],
            guessed=sorted({year for one in hours.values() for year in one.unknown(span)}),
            not_covered=not covered(each.on),
            clashes=clashes,
            limits=broken,
        )
        for each, span, clashes, broken in zip(found, spans, standing, passed, strict=True)
    ]


async def _broken(
    db: AsyncSession,
    new: TimeSeriesIn,
    found: Collection[Occurrence],
    own: dict[date, UUID],
    now: datetime,
) -> list[list[LimitOut]]:
    if new.kind in limits.FREE:
        return [[] for _ in found]
    times = [limits.Time(new.resources, Span(each.starts_at, each.ends_at), own.get(each.on)) for each in found]
    return await limits.broken_at(db, times, new.kind, now)


async def _respect(
    db: AsyncSession, new: TimeSeriesIn, found: Collection[Occurrence], own: dict[date, UUID], now: datetime
) -> None:
    """Raises Conflict that names the limits of the next times, unless it is said why they are passed over."""
    if new.override:
        return
    if broken := [one for some in await _broken(db, new, found, own, now) for one in some]:
        told = [each.model_dump(mode="json") for each in broken]
        raise Conflict("Somebody or something should not be booked then.", reason="limits", limits=told)


def _ids(new: TimeSeriesIn) -> list[str]:
    return [str(each) for each in dict.fromkeys(new.resources)]


async def _checked(db: AsyncSession, actor: Actor, new: TimeSeriesIn, now: datetime) -> Rule:
    check(new.rrule, new.at)
    known = await queries.described(db, new.resources)
    things = {each.id for each in await queries.things(db, {each.hospital_id for each in known})}
    if any(each not in {one.id for one in known} for each in new.resources) or any(
        each.kind != "person" and each.id not in things for each in known
    ):
        raise NotFound("There is no such person or venue.", reason="unknown_resource")
    of = {each.hospital_id for each in known}
    if actor.hospital_id not in of:
        raise Invalid("Plan it with somebody or something of your own hospital.", reason="none_of_yours")
    if not of <= set(await partners.of(db, actor.hospital_id, now)):
        raise Conflict("With one of these hospitals there is no agreement today.", reason="no_agreement")
    zone = (await people.zones(db))[actor.hospital_id]
    return Rule(new.rrule, new.starts_on, time.fromisoformat(new.at), new.minutes, zone)


async def get(db: AsyncSession, actor: Actor, id: UUID, *, version: int | None = None) -> BookingSeries:
    """For coordinators of its hospital; others read it in the list alone."""
    row = await db.get(BookingSeries, id, with_for_update=version is not None)
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
    rule = await _checked(db, actor, new, now)
    own = await series_making.bookings(db, id)
    before, first = set(map(UUID, row.resources)), next_of(own, now)
    changes = differing.differences(await differing.of(db, BookingChange, id))
    await _respect(db, new, following(rule, changes, now, AHEAD), {on: each.id for on, each in own.items()}, now)
    today = day_in(rule.zone, now)
    if new.since is None or new.since <= row.starts_on:
        was = row.model_dump(include=KEPT | {"resources"}, mode="json")
        row.sqlmodel_update(new.model_dump(include=KEPT) | {"resources": _ids(new), "override_reason": new.override})
        row.version += 1
        became = row.model_dump(include=KEPT | {"resources"}, mode="json")
        record(db, actor, "booking_series.changed", str(id), now, change=changed(was, became))
        later, since = row, today
    elif new.since < today:
        raise Invalid("Times that were are not changed.", reason="in_the_past")
    else:
        later, since = await _split(db, actor, row, new, new.since, now), new.since
    await db.flush()
    await follow(db, actor, later, row, since, now)
    await _tell_of_change(db, later, before, first, actor, now)
    return later


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
    db: AsyncSession, row: BookingSeries, before: set[UUID], first: Booking | None, actor: Actor, now: datetime
) -> None:
    """Who comes to it, who goes on, who is taken off: each hears of the next time that concerns them."""
    after = set(map(UUID, row.resources))
    if (next_one := next_of(await series_making.bookings(db, row.id), now)) is not None:
        await telling.of_time(db, telling.ENTERED, next_one, actor, now, to=after - before)
        await telling.of_time(db, telling.MOVED, next_one, actor, now, to=after & before)
    if first is not None:
        await telling.of_time(db, telling.TAKEN_BACK, first, actor, now, to=before - after)


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
    booking = (await series_making.bookings(db, id)).get(on)
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
