"""A ward cart and a bedside camera are booked themselves, wherever they stand: a resource each, of the device's id."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.devices.model import Device, DeviceKind
from telemed.scheduling.model import Resource, ResourceKind

KINDS: Final = frozenset({DeviceKind.cart, DeviceKind.camera})  # a room's computer is booked with its room


async def follow(db: AsyncSession, row: Device, now: datetime) -> None:
    """After a device was registered, changed or revoked: its resource has its name, and can be had or not. What is
    booked stays booked."""
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


def booked_as(row: Device) -> list[UUID]:
    """What is booked where this device is to be: itself, and the place where it stands."""
    return [row.id, row.venue_id] if row.venue_id else [row.id]
