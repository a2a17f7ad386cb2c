"""The bus as the leaf sees it: an event is handed over once `publish` has returned, and not before."""

from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True):
    """At least once, in order per source; `seq` rises by one per source and epoch."""

    id: str  # UUIDv7, the same when delivered again
    type: str
    v: int = 1
    source: str  # room/<id>
    epoch: int
    seq: int
    occurred_at: datetime
    data: dict[str, Any]


class Bus(Protocol):
    async def publish(self, event: Event) -> None:
        """Returns when the reader has committed; raises when it has not, and the event comes again."""
