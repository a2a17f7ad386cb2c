"""When a person or a venue can be had: hours of their own, what is kept for telemedicine, room between bookings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Stale
from telemed.people.rules import Span, WorkingTime, week_of
from telemed.scheduling import whose
from telemed.scheduling.model import Availability
from telemed.scheduling.schemas import AvailabilityIn, AvailabilityOut


@dataclass(frozen=True)
class Opening:
    """The hours of one resource: its own or its hospital's, and what is kept for telemedicine beside them."""

    hours: WorkingTime
    tele: WorkingTime | None = None

    def hold(self, span: Span) -> bool:
        return self.hours.hold(span) or (self.tele is not None and self.tele.hold(span))

    def spans(self, within: Span) -> list[Span]:
        return [*self.hours.spans(within), *self.kept(within)]

    def kept(self, within: Span) -> list[Span]:
        """What is kept for telemedicine."""
        return list(self.tele.spans(within)) if self.tele else []

    def unknown(self, within: Span) -> set[int]:
        return self.hours.unknown(within)


def opening(row: Availability, hospital: WorkingTime) -> Opening:
    """On public holidays nothing is kept; on a weekend day that is worked for one, what its weekday has."""
    hours = replace(hospital, week=week_of(row.week)) if row.week else hospital
    off = {day: works for day, works in hospital.days.items() if not works}
    tele = replace(hospital, week=week_of(row.tele), days=off, entered=hospital.years) if any(row.tele) else None
    return Opening(hours, tele)


async def of(db: AsyncSession, resources: Collection[UUID]) -> dict[UUID, Availability]:
    """Of those that have one."""
    found = await db.exec(select(Availability).where(col(Availability.id).in_(resources)))
    return {each.id: each for each in found.all()}


def buffers(rows: Mapping[UUID, Availability]) -> dict[UUID, timedelta]:
    return {id: timedelta(minutes=row.buffer_minutes) for id, row in rows.items() if row.buffer_minutes}


async def shown(db: AsyncSession, actor: Actor, resource_id: UUID) -> AvailabilityOut:
    """As who may enter its time sees it. Raises as `whose.kind_of` does."""
    await whose.kind_of(db, actor, resource_id)
    row = await db.get(Availability, resource_id)
    return _out(row) if row else AvailabilityOut(version=0, week=[], tele=[], buffer_minutes=0)


async def save(
    db: AsyncSession, actor: Actor, resource_id: UUID, version: int, new: AvailabilityIn, now: datetime
) -> AvailabilityOut:
    """It holds for what is booked from now on; what is booked stays."""
    await whose.lock(db, actor, resource_id, now)
    row = await db.get(Availability, resource_id)
    if (row.version if row else 0) != version:
        current = await shown(db, actor, resource_id)
        raise Stale("It has changed since you read it.", current=current.model_dump(mode="json"))
    if row is None:
        row = Availability(id=resource_id, version=0, changed_at=now)
    row.week, row.tele = (new.week if any(new.week) else []), (new.tele if any(new.tele) else [])
    row.buffer_minutes, row.version = new.buffer_minutes, row.version + 1
    row.changed_by, row.changed_at = actor.id, now
    db.add(row)
    record(db, actor, "availability.changed", str(resource_id), now)
    await db.flush()
    return _out(row)


def _out(row: Availability) -> AvailabilityOut:
    return AvailabilityOut(version=row.version, week=row.week, tele=row.tele, buffer_minutes=row.buffer_minutes)
