"""Imaging's events become the read model of studies, each once."""

from imaging.outbox import Event
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.events import once
from telemed.studies import facts

CONSUMER = "studies"


class StudyFacts:
    """What the archive publishes to: returns once it has committed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock

    async def __call__(self, event: Event) -> None:
        async with self._database.write() as db:
            if await once(db, CONSUMER, event.id):
                await facts.happened(db, event.type, event.data, event.occurred_at, self._clock())
