"""A ward cart and a bedside camera are booked themselves, wherever they stand: a resource each, of the device's id."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds
from telemed.devices.model import Device, DeviceKind
from telemed.errors import Conflict
from telemed.people.rules import Span
from telemed.scheduling import queries, taking
from telemed.scheduling.model import Booking, Resource, ResourceKind

HORIZON: Final = timedelta(days=3 * 365)

KINDS: Final = frozenset({DeviceKind.cart, DeviceKind.camera})  # a room's computer is booked with its room


async def follow(db: AsyncSession, row: Device, now: datetime) -> None:
    """After a device was registered, changed or revoked: its resource has its name, and can be had or not."""
    can_be_had = row.kind in KINDS and row.revoked_at is None
    of = await db.get(Resource, row.id, with_for_update=True)
    if of is None:
        if can_be_had:
            kind = ResourceKind.equipment
            db.add(Resource(id=row.id, kind=kind, hospital_id=row.hospital_id, name=row.name, name_en=row.name))
            await db.flush()
        return
    of.name = of.name_en = row.name
    of.ended_at = None if can_be_had else of.ended_at or now
    of.version += 1
    await db.flush()


async def give_back(db: AsyncSession, actor: Actor, row: Device, kinds: Kinds, now: datetime) -> None:
    """After it was revoked: what it was booked for goes on without it, and whoever arranges that is asked for another,
    as where a room is closed. What has begun keeps it."""
    found = await queries.bookings_of(db, [row.id], Span(now, now + HORIZON), now)
    coming = sorted(
        (each for each in found if each.starts_at > now), key=lambda each: (each.activity_id is None, each.id)
    )
    for each in coming:  # before the resource, as whoever books or moves them
        if (kind := kinds.get(each.activity)) is not None and each.activity_id is not None:
            await kind.about(db, each.activity_id, to_change=True)
    for each in coming:
        if (kind := kinds.get(each.activity)) is not None and each.activity_id is not None:
            with suppress(Conflict):  # it has begun before its time, or is called off
                await kind.not_there(db, actor, each.activity_id, row.id, "", now)
        elif each.activity_id is None:
            await _without(db, actor, each, row.id, now)


async def _without(db: AsyncSession, actor: Actor, booking: Booking, id: UUID, now: datetime) -> None:
    """A busy time, or what is kept for an activity: of nothing else, it is none any more."""
    if await taking.taken_by(db, booking) == {id}:
        await taking.free(db, booking)
        await taking.hint_changed(db, booking, "booking.cancelled", actor, now)
        return
    await taking.hint_changed(db, booking, "booking.left", actor, now)
    await taking.take_off(db, booking, id)


def booked_as(row: Device) -> list[UUID]:
    """What is booked where this device is to be: itself, and the place where it stands."""
    return [row.id, row.venue_id] if row.venue_id else [row.id]
