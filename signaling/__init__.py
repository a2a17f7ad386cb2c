"""The signaling leaf: rooms on one WebSocket port, known to the product only through what is named here.

    async with serve_rooms(path, keys, LocalBus(reader), origins=[...], port=8761) as rooms:
        rooms.port
        await rooms.commands.set_rights(room, sub, rights, studies, rev, role=role, booked=booked)  # room.grants
        await rooms.commands.remove(room, sub, rev)                                                 # room.remove
        await rooms.commands.end(room, rev)                                                         # room.end
        await rooms.commands.revoke(sid)                                                            # sid.revoked

A command is durable once it has returned. Its `rev` is the time of the decision in microseconds; it overrules every
ticket issued before. `reader(event)` must return only after it has committed; if it raises, the event comes again.
Events come in order per room.
"""

from signaling.bus.base import Bus, Event
from signaling.bus.local import LocalBus
from signaling.commands import Commands
from signaling.ice import Ice
from signaling.server import Serving, serve_rooms

__all__ = ["Bus", "Commands", "Event", "Ice", "LocalBus", "Serving", "serve_rooms"]
