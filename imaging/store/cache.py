"""The cache of derived files (pictures, decoded frames): made on demand, deleted when there are too many."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from imaging.disk import Disk
from imaging.store.objects import Objects

KEPT_BYTES = 1 << 30
SWEEP_EVERY = 200


class Derivatives:
    def __init__(self, objects: Objects, disk: Disk, kept_bytes: int = KEPT_BYTES) -> None:
        self._objects = objects
        self._disk = disk
        self._kept_bytes = kept_bytes
        self._making: dict[Path, asyncio.Lock] = {}
        self._made = 0

    async def get(self, sha256: str, name: str, make: Callable[[Path], Awaitable[None]]) -> bytes:
        """The file's bytes; callers that ask at the same time wait for the same `make`."""
        path = self._objects.derivative(sha256, name)
        lock = self._making.setdefault(path, asyncio.Lock())
        try:
            async with lock:
                try:
                    return await self._disk.read(path.read_bytes)
                except FileNotFoundError:
                    return await self._make(path, make)
        finally:
            if not lock.locked():
                self._making.pop(path, None)

    async def _make(self, path: Path, make: Callable[[Path], Awaitable[None]]) -> bytes:
        spooled = self._objects.spooled()
        try:
            await make(spooled)
            path.parent.mkdir(exist_ok=True)
            await self._disk.read(spooled.replace, path)
        finally:
            spooled.unlink(missing_ok=True)
        self._made += 1
        if self._made % SWEEP_EVERY == 0:
            await self._disk.read(self._sweep)
        return await self._disk.read(path.read_bytes)

    def _sweep(self) -> None:
        files = sorted(((one.stat(), one) for one in self._objects.derived.glob("*/*")), key=lambda f: f[0].st_mtime)
        total = sum(stat.st_size for stat, _ in files)
        for stat, path in files:
            if total <= self._kept_bytes:
                return
            path.unlink(missing_ok=True)
            total -= stat.st_size
