"""The tests of the devices that are booked for meetings, or stand in their venues."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.devices.model import Device, DeviceCheck
from telemed.scheduling.model import Booking, BookingState, Occupancy


async def in_venues_of(
    db: AsyncSession, activities: Collection[UUID], since: datetime
) -> dict[tuple[UUID, str], DeviceCheck]:
    """By activity and hospital: the last test since then of a device that is booked for it, or whose
    venue is."""
    query = (
        select(Booking.activity_id, Device.hospital_id, DeviceCheck)
        .join(Occupancy, col(Occupancy.booking_id) == Booking.id)
        .join(Device, or_(col(Device.venue_id) == Occupancy.resource_id, col(Device.id) == Occupancy.resource_id))
        .join(DeviceCheck, col(DeviceCheck.device_id) == Device.id)
        .where(col(Booking.activity_id).in_(activities), Booking.state == BookingState.booked)
        .where(col(Occupancy.active), col(Device.revoked_at).is_(None), col(DeviceCheck.at) > since)
    )
    found = (await db.exec(query.order_by(col(DeviceCheck.at)))).all()
    return {(activity, hospital): check for activity, hospital, check in found if activity is not None}
