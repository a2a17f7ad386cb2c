"""The sockets and tasks around the pure core; only this code awaits a client."""

import asyncio
import logging
import random
import sqlite3
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from signaling.codec import write
from signaling.errors import Close
from signaling.log import RoomLog
from signaling.rooms import Rooms
from signaling.supervise import Trouble

HELLO_S: Final = 2.0
OUTBOX: Final = 1 << 20  # bytes queued for one client; beyond that it is disconnected, and may resume
TICK_S: Final = 0.5
FULL_S: Final = 1.0  # seconds between two tries to write to a full disk
_log = logging.getLogger(__name__)
Peer = tuple[Any, ...]  # the remote end, as `getpeername` gives it


def nobody_counts(_peer: Peer) -> None:
    """The default of `welcomed`: alone, this leaf does not count connections by address."""


class Outbox:
    """A client's send queue; only this writes to its socket."""

    def __init__(self, ws: ServerConnection, shell: "Shell") -> None:
        self._ws, self._shell = ws, shell
        self._queue: deque[bytes | int] = deque()
        self._bytes, self._done, self._refused = 0, False, False
        self._wake = asyncio.Event()

    def push(self, frame: bytes) -> None:
        if self._done:
            return
        self._bytes += len(frame)
        if self._bytes > OUTBOX:
            self._done = True
            return self._ws.transport.abort()  # the client does not read, so a close frame would not reach it
        self._queue.append(frame)
        self._wake.set()

    def close(self, code: Close | None) -> None:
        if not self._done:
            self._done = True
            self._queue.append(code or 1000)
            self._wake.set()

    def refuse(self, frame: bytes, code: Close) -> None:
        if not self._done:
            self._done = self._refused = True
            self._queue.clear()
            self._queue.extend((frame, int(code)))
            self._wake.set()

    async def run(self) -> None:
        with suppress(ConnectionClosed):
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._shell.durable(unless=lambda: self._refused)
                while self._queue:
                    if isinstance(item := self._queue.popleft(), int):
                        return await self._ws.close(item)
                    await self._ws.send(item, text=True)
                    self._bytes -= len(item)


class Shell:
    def __init__(
        self, rooms: Rooms, log: RoomLog, welcomed: Callable[[Peer], None], clock: Callable[[], float]
    ) -> None:
        self.rooms, self.log, self._welcomed, self._clock = rooms, log, welcomed, clock
        self.outboxes: set[Outbox] = set()
        self._flushing = asyncio.Lock()
        self.stuck = ""  # why nothing can be written now; empty while all is well
        self.trouble = Trouble()

    async def durable(self, unless: Callable[[], bool] = lambda: False) -> None:
        """Waits until all that was logged is on disk: no frame may leave earlier. All waiters share one fsync."""
        mark = self.log.appended
        while self.log.synced < mark and not unless():
            if not await self._flush(mark):
                await asyncio.sleep(FULL_S)

    async def _flush(self, mark: int) -> bool:
        """Writes the log; false while the disk is full, when everything stays queued and unacknowledged."""
        async with self._flushing:
            if self.log.synced >= mark:
                return True
            try:
                await asyncio.to_thread(self.log.flush)
            except sqlite3.OperationalError as full:
                if not self.stuck:
                    _log.error("the log of the rooms cannot be written: %s; it is tried again", full)
                self.stuck = "no_space"
                return False
            self.stuck = ""
            return True

    async def connection(self, ws: ServerConnection) -> None:
        out = Outbox(ws, self)
        self.outboxes.add(out)
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(out.run())
            try:
                await self._read(ws, out)
                await ws.wait_closed()
            finally:
                self.outboxes.discard(out)
                writer.cancel()

    async def _read(self, ws: ServerConnection, out: Outbox) -> None:
        try:
            async with asyncio.timeout(HELLO_S):
                raw = await ws.recv(decode=False)
        except TimeoutError:
            return out.close(Close.hello_timeout)
        except ConnectionClosed:
            return
        if (session := self.rooms.hello(out, raw, self._clock())) is None:
            return
        self._welcomed(ws.remote_address)
        try:
            while True:
                self.rooms.receive(session, out, await ws.recv(decode=False), self._clock())
        except ConnectionClosed:
            pass  # connections break every day: no traceback
        finally:
            self.rooms.cut(session, out, self._clock())

    async def tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self.rooms.tick(self._clock())
            self.trouble.round(self.rooms.failed)
            await self._flush(self.log.appended)

    async def drain(self, spread: float) -> None:
        """Closes every client at a different moment within `spread` seconds, so that they do not all return at once."""
        if not self.outboxes:
            return
        for out in self.outboxes:
            after_ms = round(random.uniform(0, spread) * 1000)
            out.push(write("goaway", {"mode": "reconnect", "after_ms": after_ms}))
        await asyncio.sleep(spread)
        for out in self.outboxes:
            out.close(Close.drain)
