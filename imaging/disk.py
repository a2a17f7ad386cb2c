"""Disk work, in threads of the archive's own, so that on a slow disk nothing else of the process waits for it.

The event loop's own threads, half a dozen, also write the rooms' log, check passwords and make prints.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final, TypeVar, TypeVarTuple

from imaging.turns import Turns

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
READERS: Final = 4
WRITERS: Final = 8


class Disk:
    def __init__(self) -> None:
        self._readers = ThreadPoolExecutor(READERS, "imaging-disk-read")
        self._writers = ThreadPoolExecutor(WRITERS, "imaging-disk-write")
        self._turns = Turns(range(WRITERS))

    async def read(self, work: Callable[[*Ts], T], *args: *Ts) -> T:
        """Runs what reads, renames or deletes a little."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, work, *args)

    async def write(self, hospital: str, work: Callable[[*Ts], T], *args: *Ts, long: bool = False) -> T:
        """Runs what syncs, or deletes much, in a turn of the hospital. `long`: work with many files."""
        turn = await self._turns.take(hospital, long)
        running = asyncio.get_running_loop().run_in_executor(self._writers, work, *args)
        running.add_done_callback(lambda _: self._turns.give(turn, hospital, long))
        return await asyncio.shield(running)  # the thread goes on if the caller is cancelled, and so does its turn

    def close(self) -> None:
        self._readers.shutdown()
        self._writers.shutdown()


@asynccontextmanager
async def open_disk() -> AsyncIterator[Disk]:
    disk = Disk()
    try:
        yield disk
    finally:
        disk.close()
