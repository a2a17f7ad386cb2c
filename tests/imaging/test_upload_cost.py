"""What one small file costs the archive on its way in: a study of hundreds pays it hundreds of times."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest

from tests.imaging.conftest import Asker, until
from tests.imaging.made import made
from tests.imaging.uploading import BODY, headers_for, new_batch, send, settled


async def test_a_file_is_synced_once_and_so_is_each_folder_it_gets_a_name_in(
    wuxi: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced, real = list[int](), os.fsync

    def sync(descriptor: int) -> None:
        synced.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", sync)
    batch = await new_batch(wuxi, 3)
    for number in range(3):
        await send(wuxi, made(number=number), f"{number}", batch)
    assert (await settled(wuxi, batch))["counts"]["stored"] == 3
    assert len(synced) == 3 * 3, "its bytes, its name among the uploads, its name among the objects"


async def test_a_batch_that_ends_while_a_file_comes_does_not_get_it(wuxi: Asker) -> None:
    data, batch, ended = made(), await new_batch(wuxi, 0), asyncio.Event()

    async def body() -> AsyncIterator[bytes]:
        yield data[:500]
        await ended.wait()
        yield data[500:]

    async def late() -> int:
        headers = {**headers_for(len(data), batch=batch), "Content-Type": BODY}
        async with wuxi.ask("POST", "/imaging/uploads", headers=headers, data=body()) as response:
            return response.status

    uploads = wuxi.archive.objects.uploads
    sending = asyncio.create_task(late())
    await until(lambda: asyncio.to_thread(lambda: list(uploads.iterdir())), lambda files: len(files) == 1)
    await settled(wuxi, batch)
    ended.set()
    assert await sending == 409
    assert (await wuxi.json(f"/imaging/batches/{batch}"))["files"] == []
    assert list(uploads.iterdir()) == []
