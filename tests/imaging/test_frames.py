"""The one place that reads frames: ranges of a stored object, from memory at once and otherwise by a thread."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from imaging.disk import Disk, open_disk
from imaging.layout import cut, total
from imaging.store import frames as module
from imaging.store.frames import Frames
from imaging.store.objects import Objects, Source

ONE = Source("a" * 64)
CONTENT = bytes(range(256)) * 16


@pytest.fixture
async def disk() -> AsyncIterator[Disk]:
    async with open_disk() as disk:
        yield disk


@pytest.fixture
def objects(tmp_path: Path) -> Objects:
    objects = Objects(tmp_path)
    _store(objects, ONE, CONTENT)
    return objects


def _store(objects: Objects, source: Source, content: bytes) -> None:
    path = objects.path(source)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


async def test_ranges_come_behind_one_another_between_what_is_put_around_them(objects: Objects, disk: Disk) -> None:
    with closing(Frames(objects, disk)) as frames:
        body = await frames.read(ONE, [(10, 3), (300, 2)], (b"<<", b">"))
        assert body == b"<<" + CONTENT[10:13] + CONTENT[300:302] + b">"
        assert await frames.read(ONE, []) == b""


@pytest.mark.parametrize("in_memory", [0, 100])
async def test_what_is_not_in_memory_is_read_by_a_thread(
    objects: Objects, disk: Disk, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    real = os.preadv

    def preadv(descriptor: int, views: list[memoryview], start: int, flags: int = 0) -> int:
        """As a disk of whose file only the first bytes are in memory."""
        if flags and start >= in_memory:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        return real(descriptor, [views[0][: in_memory - start]] if flags else views, start)

    monkeypatch.setattr(os, "preadv", preadv)
    with closing(Frames(objects, disk)) as frames:
        assert await frames.read(ONE, [(50, 200)]) == CONTENT[50:250]


async def test_a_system_without_that_question_is_read_by_threads(
    objects: Objects, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "IN_MEMORY_ONLY", None)
    with closing(Frames(objects, disk)) as frames:
        assert await frames.read(ONE, [(0, len(CONTENT))]) == CONTENT


async def test_an_object_that_is_gone_or_too_short_is_an_error_and_never_a_short_frame(
    objects: Objects, disk: Disk
) -> None:
    with closing(Frames(objects, disk)) as frames:
        with pytest.raises(FileNotFoundError):
            await frames.read(Source("b" * 64), [(0, 1)])
        with pytest.raises(OSError, match="shorter"):
            await frames.read(ONE, [(len(CONTENT) - 1, 2)])


async def test_only_so_many_objects_stay_open_and_each_gives_its_own_bytes(objects: Objects, disk: Disk) -> None:
    sources = [Source(f"{n:064}", "sidecar" if n % 2 else "original") for n in range(8)]
    for n, source in enumerate(sources):
        _store(objects, source, bytes([n]) * 10)

    def held() -> int:
        names = (os.path.realpath(each) for each in Path("/proc/self/fd").iterdir())
        return sum(name.startswith(str(objects.root)) for name in names)

    with closing(Frames(objects, disk, kept_open=3)) as frames:
        for _ in range(2):
            assert [await frames.read(source, [(2, 3)]) for source in sources] == [bytes([n]) * 3 for n in range(8)]
        assert held() == 3
    async with asyncio.timeout(10):
        while held():  # the thread that read last lets go of its file a moment after its answer
            await asyncio.to_thread(int)


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [(0, 10, [(100, 4), (7, 6)]), (2, 3, [(102, 1)]), (3, 6, [(103, 1), (7, 2)]), (4, 10, [(7, 6)]), (5, 5, [])],
)
def test_a_part_of_ranges_is_ranges_again(start: int, stop: int, expected: list[tuple[int, int]]) -> None:
    assert cut([(100, 4), (7, 6)], start, stop) == expected
    assert total(expected) == stop - start
