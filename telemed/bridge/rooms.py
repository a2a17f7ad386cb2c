"""Signaling's events become facts: each once, in one transaction with what follows from it."""

from uuid import UUID

from signaling import Event
from telemed.activities import attendance
from telemed.activities.kinds import Kinds
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.events import once
from telemed.rooms import service as rooms

CONSUMER = "rooms"


class RoomFacts:
    """What the leaf's bus calls: returns once it has committed, so the leaf may forget the event."""

    def __init__(self, database: Database, kinds: Kinds, clock: Clock) -> None:
        self._database, self._kinds, self._clock = database, kinds, clock

    async def __call__(self, event: Event) -> None:
        room = _room(event.source)
        if room is None:
            return
        now = self._clock()
        async with self._database.write() as db:
            if not await once(db, CONSUMER, UUID(event.id)):
                return
            staff_id = await rooms.fact(
                db, room, event.type, event.epoch, event.seq, event.data, event.occurred_at, now
            )
            replaced = event.data.get("reason") == "replaced"
            await attendance.fact(
                db, self._kinds, room, event.type, staff_id, event.occurred_at, now, replaced=replaced
            )


def _room(source: str) -> UUID | None:
    try:
        return UUID(source.removeprefix("room/"))
    except ValueError:  # a room that no consultation has: --dev, a test
        return None
