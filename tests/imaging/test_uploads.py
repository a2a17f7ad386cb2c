"""Uploads as browsers send them: tus, batches, zips; what was acknowledged survives."""

import asyncio
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientError

from imaging.limits import Limits
from tests.imaging.conftest import Asker, Events, served, until
from tests.imaging.made import made, uid
from tests.imaging.uploading import (
    BODY,
    batch_when,
    create,
    headers_for,
    new_batch,
    nothing_left,
    offset_of,
    patch,
    send,
    settled,
    zipped,
)


async def test_a_file_sent_in_pieces_is_stored(wuxi: Asker) -> None:
    data = made()
    batch = await new_batch(wuxi, 1)
    where = await create(wuxi, len(data), batch=batch)
    assert await offset_of(wuxi, where) == 0
    assert await patch(wuxi, where, 0, data[:300]) == (204, "300")
    assert (await patch(wuxi, where, 299, data[299:]))[0] == 409
    assert await offset_of(wuxi, where) == 300
    assert await patch(wuxi, where, 300, data[300:]) == (204, str(len(data)))
    shown = await settled(wuxi, batch)
    assert [file["state"] for file in shown["files"]] == ["stored"]
    assert await offset_of(wuxi, where) == len(data)
    assert await wuxi.status(f"/dicomweb/studies/{uid('study')}/metadata") == 200


async def test_a_lost_connection_keeps_what_arrived(wuxi: Asker) -> None:
    data = made(side=128)
    where = await create(wuxi, len(data))

    lost = asyncio.Event()

    async def breaks() -> object:
        yield data[:5000]
        await lost.wait()
        raise ConnectionResetError

    sending = asyncio.create_task(patch(wuxi, where, 0, breaks()))
    await until(lambda: offset_of(wuxi, where), lambda offset: offset == 5000)
    lost.set()
    with pytest.raises(ClientError):
        await sending
    # The server may not have noticed yet that the first connection is gone.
    await until(lambda: patch(wuxi, where, 5000, data[5000:]), lambda answer: answer[0] != 423)
    assert await offset_of(wuxi, where) == len(data)


async def test_a_file_for_a_batch_that_cannot_get_it_is_refused_before_it_is_sent(wuxi: Asker) -> None:
    never = asyncio.Event()

    async def body() -> object:
        yield b"D"
        await never.wait()

    async def answer(batch: str) -> int:
        headers = {**headers_for(1000, batch=batch), "Content-Type": BODY}
        async with asyncio.timeout(30), wuxi.ask("POST", "/imaging/uploads", headers=headers, data=body()) as response:
            return response.status

    ended = await new_batch(wuxi, 0)
    await settled(wuxi, ended)
    assert await answer(ended) == 409
    assert await answer(await new_batch(wuxi.as_("jiashan"), 1)) == 404
    assert list(wuxi.archive.objects.uploads.iterdir()) == []


async def test_the_protocol_is_checked(wuxi: Asker) -> None:
    async with wuxi.ask("OPTIONS", "/imaging/uploads") as response:
        assert (response.status, response.headers["Tus-Version"]) == (204, "1.0.0")
        assert "creation-with-upload" in response.headers["Tus-Extension"]
    async with wuxi.ask("POST", "/imaging/uploads", headers={"Upload-Length": "1"}) as response:
        assert response.status == 412
    headers = {**headers_for(1), "Upload-Length": "9" * 18}
    async with wuxi.ask("POST", "/imaging/uploads", headers=headers) as response:
        assert response.status == 413
    where = await create(wuxi, 4)
    assert (await patch(wuxi, where, 0, b"12345"))[0] == 413
    async with wuxi.ask("DELETE", where, headers={"Tus-Resumable": "1.0.0"}) as response:
        assert response.status == 204
    async with wuxi.ask("HEAD", where, headers={"Tus-Resumable": "1.0.0"}) as response:
        assert response.status == 404


async def test_the_address_of_an_upload_outlives_the_sign_in_it_began_under(wuxi: Asker) -> None:
    async with wuxi.ask("POST", "/imaging/s/abcdefgh/uploads", headers=headers_for(3)) as response:
        assert response.headers["Location"].startswith("/imaging/uploads/")


async def test_somebody_elses_upload_or_batch_does_not_exist(wuxi: Asker) -> None:
    batch = await new_batch(wuxi, 1)
    where = await create(wuxi, 3, batch=batch)
    jiashan = wuxi.as_("jiashan")
    async with jiashan.ask("HEAD", where, headers={"Tus-Resumable": "1.0.0"}) as response:
        assert response.status == 404
    assert (await patch(jiashan, where, 0, b"abc"))[0] == 404
    assert await jiashan.status(f"/imaging/batches/{batch}") == 404
    async with jiashan.ask("POST", "/imaging/uploads", headers=headers_for(3, batch=batch)) as response:
        assert response.status == 404
    async with wuxi.as_("expert").ask("POST", "/imaging/uploads", headers=headers_for(3)) as response:
        assert response.status == 403


async def test_a_batch_tells_of_every_file_and_counts_the_study(wuxi: Asker, events: Events) -> None:
    files = {f"{number}.dcm": made(number=number) for number in range(1, 6)}
    files["note.dcm"] = b"not an image at all"
    files["half.dcm"] = made(number=6)[:-40]
    files["again.dcm"] = files["1.dcm"]
    batch = await new_batch(wuxi, len(files))
    await send(wuxi, files.pop("1.dcm"), "1.dcm", batch)
    await batch_when(wuxi, batch, lambda shown: shown["counts"]["stored"] == 1)
    await asyncio.gather(*(send(wuxi, data, name, batch) for name, data in files.items()))
    shown = await settled(wuxi, batch)
    states = {file["name"]: (file["state"], file["code"]) for file in shown["files"]}
    assert states["note.dcm"] == ("refused", "not_dicom")
    assert states["half.dcm"] == ("refused", "truncated")
    assert states["again.dcm"] == ("duplicate", "")
    assert shown["counts"]["stored"] == 5
    [study] = shown["studies"]
    assert (study["instance_count"], study["declared_count"], study["refused"]) == (5, 6, 1)
    opened = await wuxi.json(f"/imaging/open/{uid('study')}")
    assert not opened["complete"], "the cut-off file is known to be missing"


async def test_a_finished_batch_makes_its_study_complete(wuxi: Asker, events: Events) -> None:
    batch = await new_batch(wuxi, 3)
    for number in (1, 2, 3):
        await send(wuxi, made(number=number), f"{number}.dcm", batch)
    await settled(wuxi, batch)
    assert (await wuxi.json(f"/imaging/open/{uid('study')}"))["complete"]
    complete = await events.wait_for("study.complete")
    assert (complete.data["declared_count"], complete.data["instance_count"]) == (3, 3)


async def test_that_images_are_missing_is_told_though_all_that_came_were_told_before(
    wuxi: Asker, events: Events
) -> None:
    batch = await new_batch(wuxi, 2)
    await send(wuxi, made(number=1), "1.dcm", batch)
    await events.wait_for("study.received")
    await send(wuxi, made(number=2)[:-40], "cut.dcm", batch)
    await settled(wuxi, batch)
    told = await events.wait_for("study.grew")
    assert [told.data[name] for name in ("instance_count", "declared_count", "complete")] == [1, 2, False]
    await wuxi.store(made(number=2))
    complete = await events.wait_for("study.complete")
    assert [complete.data[name] for name in ("instance_count", "declared_count")] == [2, 2]


async def test_a_batch_with_files_missing_does_not_finish_unless_they_are_given_up(wuxi: Asker) -> None:
    batch = await new_batch(wuxi, 2)
    await send(wuxi, made(), batch=batch)
    await create(wuxi, 100, "late.dcm", batch)
    status, problem = await wuxi.post(f"/imaging/batches/{batch}/finish")
    assert (status, problem["missing"]) == (409, 1)
    status, _ = await wuxi.post(f"/imaging/batches/{batch}/finish", {"abandon": True})
    assert status == 200
    shown = await batch_when(wuxi, batch, lambda shown: shown["settled"])
    assert shown["studies"][0]["declared_count"] is None


async def test_a_zip_is_unpacked_and_each_member_judged_alone(wuxi: Asker) -> None:
    link = zipfile.ZipInfo("link.dcm")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("CT/1.dcm", made(number=1))
        archive.writestr("CT/2", made(number=2))
        archive.writestr("CT/readme.txt", b"hello")
        archive.writestr("../../out.dcm", made(number=3))
        archive.writestr("inner.zip", zipped({"x": b"y"}))
        archive.writestr(link, "/etc/passwd")
        archive.writestr("__MACOSX/._1.dcm", b"junk")
        archive.writestr("CT/.DS_Store", b"junk")
    batch = await new_batch(wuxi, 1)
    await send(wuxi, out.getvalue(), "disc.zip", batch)
    await batch_when(wuxi, batch, lambda shown: shown["counts"]["received"] == 0)
    shown = await settled(wuxi, batch)
    states = {file["name"]: (file["state"], file["code"]) for file in shown["files"]}
    assert states == {
        "disc.zip": ("unpacked", ""),
        "CT/1.dcm": ("stored", ""),
        "CT/2": ("stored", ""),
        "CT/readme.txt": ("refused", "not_dicom"),
        "../../out.dcm": ("refused", "unsafe_name"),
        "inner.zip": ("refused", "nested_zip"),
        "link.dcm": ("refused", "link"),
    }
    await nothing_left(wuxi)


async def test_a_zip_bomb_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    bomb = zipped({f"{number}.dcm": bytes(4 << 20) for number in range(8)})
    async with served(tmp_path, limits=Limits(workers=1, zip_ratio=20)) as wuxi:
        batch = await new_batch(wuxi, 2)
        await send(wuxi, bomb, "bomb.zip", batch)
        await send(wuxi, made(), "fine.dcm", batch)
        shown = await settled(wuxi, batch)
        states = {file["name"]: (file["state"], file["code"]) for file in shown["files"]}
        assert states == {"bomb.zip": ("refused", "zip_bomb"), "fine.dcm": ("stored", "")}
        await nothing_left(wuxi)


async def test_many_small_files_at_once_all_arrive(wuxi: Asker) -> None:
    batch = await new_batch(wuxi, 60)
    await asyncio.gather(*(send(wuxi, made(number=number), f"{number}", batch) for number in range(60)))
    shown = await settled(wuxi, batch)
    assert shown["counts"]["stored"] == 60


async def test_whole_uploads_are_worked_off_after_a_restart(tmp_path: Path) -> None:
    async with served(tmp_path) as wuxi:
        batch = await new_batch(wuxi, 2)
        # Standing at the sandbox's door: received and promised, not yet looked at.
        turns = wuxi.archive.sandbox._turns
        held = [await turns.take("wuxi") for _ in range(wuxi.archive.limits.workers)]
        await send(wuxi, made(number=1), "1", batch)
        await send(wuxi, zipped({"2": made(number=2)}), "2.zip", batch)
        shown = await wuxi.json(f"/imaging/batches/{batch}")
        assert shown["counts"]["received"] == 2
        for worker in held:
            turns.give(worker, "wuxi")
    async with served(tmp_path) as wuxi:
        shown = await batch_when(wuxi, batch, lambda shown: shown["counts"]["stored"] == 2)
        assert (await settled(wuxi, batch))["studies"][0]["declared_count"] == 2
