"""Takes imaging's events into the read model of studies, each once."""

from typing import Any

import msgspec
from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.outbox import Event
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.inbox import once
from telemed.kit.quarantine import Failed, Quarantine, reopen, take
from telemed.studies import intake

CONSUMER = "studies"


class StudyFacts:
    """What the archive calls with each event; it returns once the effect has committed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def __call__(self, event: Event) -> None:
        told: dict[str, Any] = msgspec.to_builtins(event)
        news = Failed(CONSUMER, CONSUMER, event.id, event.type, told, event.occurred_at)
        await take(self._database, news, lambda db: self.apply(db, event), self._clock())

    async def apply(self, db: AsyncSession, event: Event) -> None:
        await intake.happened(db, event.type, event.data, event.occurred_at, self._clock())

    async def again(self, db: AsyncSession, row: Quarantine) -> None:
        """Applies an event that was set aside once more."""
        await reopen(db, row)
        if await once(db, CONSUMER, row.event_id):
            await self.apply(db, msgspec.convert(row.data, Event))
