"""The bus as this leaf sees it: an event is delivered once `publish` has returned."""

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True):
    """An event; delivered at least once, in order per source. `seq` rises by one per source and epoch."""

    id: str  # UUIDv7; the same if it is delivered again
    type: str
    v: int = 1
    source: str  # room/<id>
    epoch: int
    seq: int
    occurred_at: datetime
    data: dict[str, Any]


class Bus(Protocol):
    async def publish(self, event: Event) -> None:
        """Returns once the reader has committed. If it raises, the event is delivered again."""
