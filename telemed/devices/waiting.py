"""A device waits in the room of the meeting it or its venue is booked for, and is there whoever stands beside it."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.tickets import Keys
from telemed.activities.kinds import Kinds
from telemed.devices import bookable, rules
from telemed.devices.model import Device
from telemed.errors import NotFound
from telemed.people.rules import Span
from telemed.rooms import service as rooms
from telemed.rooms.ports import Entry
from telemed.scheduling import queries
from telemed.scheduling.model import Booking, Resource


async def room_of(db: AsyncSession, device: Device, kinds: Kinds, now: datetime) -> tuple[Booking, Entry] | None:
    """The booking in whose room it waits now: the one that is on or next, else one that runs late."""
    span = Span(now - rules.OVERTIME, now + rules.WAITS_BEFORE)
    found = []
    for booking in await queries.bookings_of(db, bookable.booked_as(device), span, now):
        kind = kinds.get(booking.activity)
        entry = await kind.device_entry(db, booking.activity_id) if kind and booking.activity_id else None
        if entry is not None:
            found.append((booking, entry))
    return next((each for each in found if each[0].ends_at > now), found[-1] if found else None)


async def ticket(db: AsyncSession, device: Device, kinds: Kinds, keys: Keys, now: datetime) -> tuple[UUID, str]:
    """The room and a signed ticket for it. Raises NotFound while it is booked for none that is open, nor its venue."""
    found = await room_of(db, device, kinds, now)
    if found is None:
        raise NotFound("Nothing is booked here now.", reason="no_room_here")
    _, entry = found
    venue = await db.get(Resource, device.venue_id) if device.venue_id else None
    name = venue.name if venue else device.name
    room_id = entry.activity.id
    return room_id, await rooms.device_ticket(db, device.id, device.hospital_id, name, room_id, entry, keys, now)
