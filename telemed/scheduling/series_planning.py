"""What is in the way of the next times of a series, and whether it can be planned like that at all."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, Invalid, NotFound
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.rules import Span
from telemed.scheduling import differing, limits, partners, queries, series_making
from telemed.scheduling.clashing import clashes_at
from telemed.scheduling.model import BookingChange, BookingSeries
from telemed.scheduling.recurrence import Difference, Occurrence, Rule, check, following
from telemed.scheduling.schemas import LimitOut
from telemed.scheduling.series_schemas import TimeOccurrenceOut, TimePreviewOut, TimeSeriesIn

AHEAD: Final = 8


async def look_ahead(
    db: AsyncSession, actor: Actor, new: TimeSeriesIn, of: UUID | None, now: datetime, most: int = AHEAD
) -> TimePreviewOut:
    """The next times of what is being planned, or of the series `of` as it would be, with all that is in their way."""
    rule = await checked(db, actor, new, now)
    if of is None:
        return TimePreviewOut(items=await _ahead(db, actor, new, rule, {}, None, now, most), left_out=[])
    rule = replace(rule, ends_on=(await db.get_one(BookingSeries, of)).ends_on)
    decided = await differing.of(db, BookingChange, of)
    changes, why = differing.differences(decided), {each.on: each.reason for each in decided}
    items = await _ahead(db, actor, new, rule, changes, of, now, most)
    return TimePreviewOut(items=items, left_out=differing.left_out(rule, changes, why, now))


async def _ahead(
    db: AsyncSession,
    actor: Actor,
    new: TimeSeriesIn,
    rule: Rule,
    changes: Mapping[date, Difference],
    of: UUID | None,
    now: datetime,
    most: int,
) -> list[TimeOccurrenceOut]:
    found, resources = following(rule, changes, now, most), list(dict.fromkeys(new.resources))
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
            not_covered=not covered(each.starts_at),
            clashes=clashes,
            limits=broken,
        )
        for each, span, clashes, broken in zip(found, spans, standing, passed, strict=True)
    ]


async def _broken(
    db: AsyncSession,
    new: TimeSeriesIn,
    found: Collection[Occurrence],
    own: Mapping[date, UUID],
    now: datetime,
) -> list[list[LimitOut]]:
    if new.kind in limits.FREE:
        return [[] for _ in found]
    times = [limits.Time(new.resources, Span(each.starts_at, each.ends_at), own.get(each.on)) for each in found]
    return await limits.broken_at(db, times, new.kind, now)


async def respect_limits(
    db: AsyncSession, new: TimeSeriesIn, found: Collection[Occurrence], own: Mapping[date, UUID], now: datetime
) -> None:
    """Raises Conflict that names the limits of the next times, unless it is said why they are passed over."""
    if new.override:
        return
    if broken := [one for some in await _broken(db, new, found, own, now) for one in some]:
        told = [each.model_dump(mode="json") for each in broken]
        raise Conflict("Somebody or something should not be booked then.", reason="limits", limits=told)


async def checked(db: AsyncSession, actor: Actor, new: TimeSeriesIn, now: datetime) -> Rule:
    check(new.rrule, new.at)
    known = await queries.described(db, new.resources)
    things = {each.id for each in await queries.things(db, {each.hospital_id for each in known})}
    if any(each not in {one.id for one in known} for each in new.resources) or any(
        each.kind != "person" and each.id not in things for each in known
    ):
        raise NotFound("There is no such person or venue.", reason="unknown_resource")
    if await series_making.left(db, new.resources):
        raise NotFound("Somebody of it has left their hospital.", reason="person_left")
    of = {each.hospital_id for each in known}
    if actor.hospital_id not in of:
        raise Invalid("Plan it with somebody or something of your own hospital.", reason="none_of_yours")
    if not of <= set(await partners.of(db, actor.hospital_id, now)):
        raise Conflict("With one of these hospitals there is no agreement today.", reason="no_agreement")
    zone = (await people.zones(db))[actor.hospital_id]
    return Rule(new.rrule, new.starts_on, time.fromisoformat(new.at), new.minutes, zone)
