"""Loads when people and places work and what takes that time: one row for each of them, which the database makes.

A row for each booking costs Python more than the search itself: of 36,000 it made a quarter of a second.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import String, and_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.rules import Hours, Span, WorkingTime
from telemed.scheduling import availability, queries
from telemed.scheduling.availability import Opening
from telemed.scheduling.finding import Agenda
from telemed.scheduling.intervals import Time, united, without
from telemed.scheduling.model import Availability, Booking, BookingState, Occupancy

# Outside the working hours, and not in the night: given only when it is asked for.
AFTER_HOURS: Final = Hours(time(7), time(21))


class Seconds(FunctionElement[str]):
    """All of a group's moments, in seconds, as one JSON array; an end is rounded up, a start down."""

    type, inherit_cache = String(), True
    up = False


class SecondsUp(Seconds):
    inherit_cache = True
    up = True


@compiles(Seconds, "sqlite")
def _of_sqlite(element: Seconds, compiler: SQLCompiler, **how: Any) -> str:
    up = ", '+0.999 seconds'" if element.up else ""
    return f"json_group_array(unixepoch({compiler.process(element.clauses, **how)}{up}))"


@compiles(Seconds, "postgresql")
def _of_postgresql(element: Seconds, compiler: SQLCompiler, **how: Any) -> str:
    whole = "ceil" if element.up else "floor"
    return f"json_agg({whole}(extract(epoch FROM {compiler.process(element.clauses, **how)}))::bigint)::text"


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def span(one: Time) -> Span:
    return Span(moment(one[0]), moment(one[1]))


async def not_counted(db: AsyncSession, besides: UUID | None, now: datetime, *, gives_way: bool = False) -> list[UUID]:
    """The bookings that take no time: holds that are over and not yet released, that of the activity `besides` and what
    is kept for it. `gives_way`: whatever is kept while it is arranged, as it does for an emergency.
    """
    over = and_(col(Booking.state) == BookingState.held, col(Booking.expires_at) <= now)
    found = list((await db.exec(select(Booking.id).where(over))).all())
    if besides is not None:
        found += (await db.exec(select(Booking.id).where(Booking.activity_id == besides))).all()
    if gives_way or besides is not None:
        held = select(Booking.id, Booking.held_for).where(Booking.state == BookingState.held)
        kept = (await db.exec(held.where(col(Booking.held_for).is_not(None)))).all()
        found += [id for id, of in kept if gives_way or of == besides]
    return found


async def taken(
    db: AsyncSession, resources: Collection[UUID], within: Span, but: Collection[UUID] = ()
) -> dict[UUID, list[Time]]:
    """What takes the time of each. Everything read stands in one index, so that the table is not touched."""
    query = (
        select(Occupancy.resource_id, Seconds(col(Occupancy.starts_at)), SecondsUp(col(Occupancy.ends_at)))
        .where(col(Occupancy.resource_id).in_(resources), col(Occupancy.active), queries.meets(within))
        .group_by(col(Occupancy.resource_id))
    )
    if but:
        query = query.where(col(Occupancy.booking_id).not_in(but))
    return {
        resource: united(zip(json.loads(starts), json.loads(ends), strict=True))
        for resource, starts, ends in (await db.exec(query)).all()
    }


class Openings:
    """When each hospital works within a time, and when it could besides."""

    def __init__(self, hours: Mapping[str, WorkingTime], within: Span, *, any_hour: bool) -> None:
        self.hours = hours
        self._known: dict[str, tuple[list[Time], list[Time]]] = {}
        self._within, self._any_hour = within, any_hour

    def of(self, hospital: str) -> tuple[list[Time], list[Time]]:
        if hospital not in self._known:
            self._known[hospital] = self._found(self.hours[hospital], self.hours[hospital].zone)
        return self._known[hospital]

    def own(self, row: Availability, hospital: str) -> tuple[list[Time], list[Time]]:
        return self._found(availability.opening(row, self.hours[hospital]), self.hours[hospital].zone)

    def _found(self, hours: WorkingTime | Opening, zone: str) -> tuple[list[Time], list[Time]]:
        if self._any_hour:
            return _seconds([self._within]), []
        works = _seconds(hours.spans(self._within))
        every_day = WorkingTime(zone, *AFTER_HOURS, {}, dict.fromkeys(range(7), AFTER_HOURS))
        return works, without(_seconds(every_day.spans(self._within)), works)

    def guessed(self, time: Time) -> list[int]:
        return sorted({year for each in self.hours.values() for year in each.unknown(span(time))})

    def hold(self, hospitals: Iterable[str], time: Time) -> bool:
        return all(self.hours[each].hold(span(time)) for each in hospitals)


def _seconds(spans: Iterable[Span]) -> list[Time]:
    return united((seconds(start), seconds(end)) for start, end in spans)


async def load(
    db: AsyncSession, hospitals: Mapping[UUID, str], openings: Openings, within: Span, but: Collection[UUID]
) -> dict[UUID, Agenda]:
    """The agendas of these resources, each of its hospital or with hours of its own, in two queries."""
    kept = await availability.of(db, hospitals.keys())
    room = {id: int(each.total_seconds()) for id, each in availability.buffers(kept).items()}
    busy = await taken(db, hospitals.keys(), within, but)
    out: dict[UUID, Agenda] = {}
    for resource, hospital in hospitals.items():
        own = kept.get(resource)
        opens, besides = openings.own(own, hospital) if own else openings.of(hospital)
        between = room.get(resource, 0)
        full = busy.get(resource, ())
        if between:
            full = united((start - between, end + between) for start, end in full)
        out[resource] = Agenda(opens, full, besides, between)
    return out


def by_day(windows: Iterable[Span], zone: Any) -> list[Time]:
    """The windows cut at each midnight of the zone."""
    out: list[Time] = []
    for start, end in windows:
        while start < end:
            midnight = datetime.combine(start.astimezone(zone).date() + timedelta(days=1), time(), zone).astimezone(UTC)
            out.append((seconds(start), seconds(min(midnight, end))))
            start = midnight
    return [each for each in out if each[0] < each[1]]
