"""Delivers the log's events to the bus, in order per room, until each is acknowledged."""

import asyncio
import logging
import sqlite3
from typing import Final

from signaling.bus.base import Bus
from signaling.log import RoomLog
from signaling.supervise import Trouble

FIRST_PAUSE: Final = 0.2
LONGEST_PAUSE: Final = 5.0
_log = logging.getLogger(__name__)


class Courier:
    def __init__(self, log: RoomLog, bus: Bus) -> None:
        self._log, self._bus = log, bus
        self._wake = asyncio.Event()
        self.trouble = Trouble()
        log.on_append = self._wake.set

    async def run(self) -> None:
        self._wake.set()  # what an earlier process left undelivered
        pause = FIRST_PAUSE
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                done = await self.round()
            except sqlite3.OperationalError as full:
                if self.trouble.failed(full, "log"):
                    _log.warning("the log of the rooms cannot be read: %s; it is tried again", full)
                done = False
            if done:
                pause = FIRST_PAUSE
                continue
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)
            self._wake.set()

    async def round(self) -> bool:
        """Delivers all that waits, once. False if an event failed: the later ones of its room wait behind it."""
        stuck: dict[str, Exception] = {}
        after = 0
        while batch := await asyncio.to_thread(self._log.pending, after):
            for after, event in batch:
                if event.source in stuck:
                    continue
                try:
                    await self._bus.publish(event)
                except Exception as failure:
                    _log.exception("event %s of %s is not taken; it comes again", event.id, event.source)
                    stuck[event.source] = failure
                else:
                    self._log.ack(after)
        self.trouble.round(stuck)
        return not stuck
