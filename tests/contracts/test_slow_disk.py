"""A disk that is slow with the files of one hospital keeps neither another hospital nor a room waiting."""

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from imaging.disk import WRITERS
from imaging.ingest import uploads
from signaling import Event, LocalBus, serve_rooms
from tests.imaging.conftest import Asker, served, until
from tests.imaging.made import made
from tests.imaging.uploading import new_batch, send, settled, zipped
from tests.signaling.kit import ORIGIN, PUBLIC, joined

Held = list[str]


@contextmanager
def held_syncs(monkeypatch: pytest.MonkeyPatch, which: Callable[[str, Held], bool]) -> Iterator[Held]:
    """Until left, a sync of a file waits if `which` says so of its path and of those that wait already."""
    held, lock, goes_on, real = Held(), threading.Lock(), threading.Event(), os.fsync

    def fsync(descriptor: int) -> None:
        path = os.readlink(f"/proc/self/fd/{descriptor}")
        with lock:
            waits = not goes_on.is_set() and which(path, held)
            if waits:
                held.append(path)
        if waits:
            goes_on.wait(120)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    try:
        yield held
    finally:
        goes_on.set()


async def others_go_on(wuxi: Asker, folder: Path) -> None:
    """Another hospital sends a file and reads it, and somebody writes in a room; both as in one process."""
    jiashan = wuxi.as_("jiashan")
    batch = await new_batch(jiashan, 1)
    await send(jiashan, made(number=1), "1", batch)
    assert (await settled(jiashan, batch))["counts"]["stored"] == 1

    async def ignore(_event: Event) -> None: ...

    opened = serve_rooms(folder / "rooms.db", lambda: PUBLIC, LocalBus(ignore), origins=[ORIGIN], drain_s=0)
    async with opened as rooms, joined(rooms.port, "anna") as anna:
        assert (await anna.ask("data", topic="chat", payload="goes on"))["t"] == "ack"


async def test_zips_whose_files_are_synced_slowly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))  # one thread held would be all of them
    monkeypatch.setattr(uploads, "SLICE", 2)
    async with served(tmp_path) as wuxi:
        batch = await new_batch(wuxi, 3)
        with held_syncs(monkeypatch, lambda path, _: ".members" in path) as held:
            for number in range(3):
                files = {f"{each}": made(number=10 * number + each) for each in range(5)}
                await send(wuxi, zipped(files), f"{number}.zip", batch)
            await until(lambda: asyncio.sleep(0), lambda _: bool(held))
            async with asyncio.timeout(60):
                await others_go_on(wuxi, tmp_path)
            assert len(held) == 1, "zips of a hospital take turns"
        assert (await settled(wuxi, batch))["counts"]["stored"] == 15


async def test_files_that_are_synced_slowly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with served(tmp_path) as wuxi:
        batch, most = await new_batch(wuxi, 2 * WRITERS), WRITERS - 1
        async with asyncio.TaskGroup() as sending:
            with held_syncs(monkeypatch, lambda path, held: "/uploads/" in path and len(held) < most) as held:
                for number in range(2 * WRITERS):
                    sending.create_task(send(wuxi, made(number=number), f"{number}", batch))
                await until(lambda: asyncio.sleep(0), lambda _: len(held) == most)
                async with asyncio.timeout(60):
                    await others_go_on(wuxi, tmp_path)
        assert (await settled(wuxi, batch))["counts"]["stored"] == 2 * WRITERS
