"""Hospitals do not wait for each other's uploads, and nobody meddles with another's batch."""

import asyncio
import os
from pathlib import Path

from imaging.limits import Limits
from imaging.workers.sandbox import reading
from tests.imaging.conftest import Asker, served
from tests.imaging.made import made, uid
from tests.imaging.uploading import headers_for, new_batch, send, settled, zipped


async def test_a_zip_is_unpacked_slice_by_slice(tmp_path: Path) -> None:
    async with served(tmp_path, limits=Limits(unpack_slice_seconds=0)) as wuxi:
        batch = await new_batch(wuxi, 1)
        names = {f"{number}": made(number=number) for number in range(1, 8)}
        await send(wuxi, zipped(names | {"bad": b"nothing"}), "study.zip", batch)
        shown = await settled(wuxi, batch)
        assert shown["counts"]["stored"] == 7
        assert shown["counts"]["refused"] == 1
        assert sorted(file["name"] for file in shown["files"] if file["zip"]) == [*sorted(names), "bad"]


async def test_the_bound_of_a_zip_holds_over_its_slices(tmp_path: Path) -> None:
    async with served(tmp_path, limits=Limits(unpack_slice_seconds=0, zip_bytes=25_000_000)) as wuxi:
        batch = await new_batch(wuxi, 1)
        noise = os.urandom(200_000)
        await send(wuxi, zipped({str(each): noise + bytes(9_800_000) for each in range(3)}), "bomb.zip", batch)
        shown = await settled(wuxi, batch)
        assert [file["code"] for file in shown["files"]] == ["zip_bomb"]


async def test_a_small_file_passes_the_queue_of_another_hospital(wuxi: Asker) -> None:
    """While wuxi uses all the workers that it may have and has a queue, jiashan is served, by STOW and by upload."""
    turns = wuxi.archive.sandbox._turns
    held = [await turns.take("wuxi") for _ in range(wuxi.archive.limits.workers)]
    batch = await new_batch(wuxi, 20)
    for number in range(20):
        await send(wuxi, made(number=number), f"{number}", batch)
    jiashan = wuxi.as_("jiashan")
    assert (await jiashan.store(made(number=1)))[0] == 200
    other = await new_batch(jiashan, 1)
    await send(jiashan, made(number=2), "2", other)
    assert (await settled(jiashan, other))["counts"]["stored"] == 1
    assert (await wuxi.json(f"/imaging/batches/{batch}"))["counts"]["stored"] == 0
    for worker in held:
        turns.give(worker, "wuxi")
    assert (await settled(wuxi, batch))["counts"]["stored"] == 20


async def test_readers_of_a_hospital_do_not_wait_for_the_readers_of_another(wuxi: Asker) -> None:
    jiashan = wuxi.as_("jiashan")
    for number, asker in enumerate((wuxi, jiashan)):
        assert (await asker.store(made(number=number)))[0] == 200
    turns = wuxi.archive.sandbox._turns
    held = [await turns.take(reading("jiashan")) for _ in range(wuxi.archive.limits.workers)]
    address = f"/dicomweb/studies/{uid('study')}/rendered?viewport=50,50"
    waits = asyncio.create_task(jiashan.get(address))
    assert (await wuxi.get(address))[0] == 200
    assert not waits.done()
    for worker in held:
        turns.give(worker, reading("jiashan"))
    assert (await waits)[0] == 200


async def test_a_batch_is_finished_and_added_to_by_who_began_it(wuxi: Asker) -> None:
    batch = await new_batch(wuxi, 1)
    colleague = wuxi.as_("wuxi.colleague")
    assert (await colleague.post(f"/imaging/batches/{batch}/finish", {"abandon": True}))[0] == 403
    async with colleague.ask("POST", "/imaging/uploads", headers=headers_for(1, batch=batch)) as response:
        assert response.status == 404
    assert (await colleague.json(f"/imaging/batches/{batch}"))["finished_at"] is None
