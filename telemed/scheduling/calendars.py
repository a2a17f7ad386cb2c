"""The calendar of hospitals: their people and places, what takes their time, and when they can be had."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds
from telemed.people.calendars import working_times
from telemed.people.rules import Span
from telemed.scheduling import availability, moving, queries
from telemed.scheduling.schemas import CalendarOut, CalendarQuery, OpeningOut, ResourceOut, TimeOut


async def calendar(db: AsyncSession, actor: Actor, kinds: Kinds, by: CalendarQuery, now: datetime) -> CalendarOut:
    hospitals, within = by.hospital_id.split(","), Span(by.start, by.end)
    named = [UUID(each) for each in by.people.split(",")] if by.people else []
    ids = await queries.bookable(db, hospitals, named, by.specialty)
    places = await queries.things(db, hospitals)
    resources = await queries.described(db, [*ids, *(each.id for each in places)])
    found = await queries.bookings_of(db, [each.id for each in resources], within, now)
    return CalendarOut(
        resources=resources,
        entries=await queries.shown(db, actor, found, now, await moving.movable(db, actor, kinds, found, now)),
        openings=await openings(db, resources, within),
    )


async def openings(db: AsyncSession, resources: Collection[ResourceOut], within: Span) -> list[OpeningOut]:
    """When each can be had: by their hospital's hours and holidays, or by hours of their own."""
    kept = await availability.of(db, [each.id for each in resources])
    hospitals = await working_times(db, {each.hospital_id for each in resources})
    usual = {id: _times(hours.spans(within)) for id, hours in hospitals.items()}
    out = []
    for each in resources:
        own = availability.opening(kept[each.id], hospitals[each.hospital_id]) if each.id in kept else None
        out.append(
            OpeningOut(
                resource_id=each.id,
                open=_times(own.spans(within)) if own else usual[each.hospital_id],
                tele=_times(own.kept(within)) if own else [],
            )
        )
    return out


def _times(spans: Iterable[Span]) -> list[TimeOut]:
    """In order, those that meet as one."""
    out: list[TimeOut] = []
    for start, end in sorted(spans):
        if out and start <= out[-1].ends_at:
            out[-1] = TimeOut(starts_at=out[-1].starts_at, ends_at=max(end, out[-1].ends_at))
        else:
            out.append(TimeOut(starts_at=start, ends_at=end))
    return out
