"""The signaling leaf: rooms on one WebSocket port, known to the product only through what is named here.

    async with serve_rooms(path, keys, LocalBus(reader), origins=[...], port=8761) as rooms:
        rooms.port
        await rooms.commands.set_rights(room, sub, rights, studies, rev)  # room.grants
        await rooms.commands.remove(room, sub, rev)                       # room.remove
        await rooms.commands.end(room, rev)                               # room.end
        await rooms.commands.revoke(sid)                                  # sid.revoked

A command that has returned is durable; its `rev` is the moment of the decision in microseconds, and overrules every
ticket issued before. `reader(event)` returns once it has committed; an event that raised comes again, in order
per room.
"""

from signaling.bus.base import Bus, Event
from signaling.bus.local import LocalBus
from signaling.commands import Commands
from signaling.ice import Ice
from signaling.server import Serving, serve_rooms

__all__ = ["Bus", "Commands", "Event", "Ice", "LocalBus", "Serving", "serve_rooms"]
