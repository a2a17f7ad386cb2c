"""Adds the signed head of the audit's chain to a file every hour; the file belongs on another computer."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from telemed.audit import heads
from telemed.db import Database
from telemed.kit.clock import Clock

LOOK_EVERY, EVERY = timedelta(minutes=1), timedelta(hours=1)
ITEM: Final = "audit head"


class HeadFile:
    """Remembers in memory when it wrote last: a restart writes one more, which does no harm."""

    def __init__(self, database: Database, key: heads.HeadKey, path: Path, clock: Clock) -> None:
        self._database, self._key, self._path, self._clock = database, key, path, clock
        self._last: datetime | None = None

    async def write_due(self) -> Mapping[Any, Exception]:
        """A file that cannot be written is tried again each minute, and readiness says so."""
        now = self._clock()
        if self._last is not None and now - self._last < EVERY:
            return {}
        head = await heads.current(self._database, self._key, now)
        if head is None:
            return {}
        try:
            await asyncio.to_thread(heads.append, self._path, head)
        except OSError as failure:
            return {ITEM: failure}
        self._last = now
        return {}
