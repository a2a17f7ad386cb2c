"""Takes in signaling's events: each once, in one transaction with what follows from it."""

from typing import Any
from uuid import UUID

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession

from signaling import Event
from telemed.activities import attendance
from telemed.activities.kinds import Kinds
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.inbox import once
from telemed.kit.quarantine import Failed, Quarantine, reopen, take

CONSUMER = "rooms"


class RoomReports:
    """What signaling calls with each event; it returns once the effect has committed, and signaling may forget it."""

    def __init__(self, database: Database, kinds: Kinds, clock: Clock) -> None:
        self._database, self._kinds, self._clock = database, kinds, clock

    async def __call__(self, event: Event) -> None:
        if _room(event.source) is None:
            return
        told: dict[str, Any] = msgspec.to_builtins(event)
        news = Failed(CONSUMER, CONSUMER, UUID(event.id), event.type, told, event.occurred_at)
        await take(self._database, news, lambda db: self.apply(db, event), self._clock())

    async def apply(self, db: AsyncSession, event: Event) -> None:
        room, now = _room(event.source), self._clock()
        if room is None:
            return
        where = {"epoch": event.epoch, "seq": event.seq}
        await attendance.take_in(db, self._kinds, room, event.type, event.data, event.occurred_at, now, **where)

    async def again(self, db: AsyncSession, row: Quarantine) -> None:
        """Applies an event that was set aside once more."""
        await reopen(db, row)
        if await once(db, CONSUMER, row.event_id):
            await self.apply(db, msgspec.convert(row.data, Event))


def _room(source: str) -> UUID | None:
    try:
        return UUID(source.removeprefix("room/"))
    except ValueError:  # the name is no id: a room of `signaling --dev` or of a test
        return None
