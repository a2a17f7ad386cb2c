"""Packs are made in the background: newest first, again after whatever went wrong, and never at a picture's cost."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
import pytest
from sqlmodel import select

from imaging.codec.codestream import Malformed, prefix_ends
from imaging.errors import Refused
from imaging.index.model import Instance
from imaging.packing import KEPT_ON, Packing
from imaging.workers.jobs import Encode, Encoded
from imaging.workers.sandbox import Sandbox
from tests.full import full_at
from tests.imaging.conftest import Asker, Time, served, until
from tests.imaging.made import made, uid
from tests.imaging.packed import SIDE, address, frame_of, pack_of, previews, settled, slice_of, smooth

SMALLER = "image/jphc, application/octet-stream; transfer-syntax=*; q=0.9"


async def test_late_images_make_a_new_pack_and_the_old_one_is_readable_for_a_while(wuxi: Asker, time: Time) -> None:
    await wuxi.store(slice_of(2), slice_of(4))
    await settled(wuxi, time)
    old = await previews(wuxi)
    await wuxi.store(slice_of(3))
    assert (await previews(wuxi)).contents == old.contents, "until the new one is made"
    await settled(wuxi, time)
    new = await previews(wuxi)
    assert len(new.contents.instances) == 3
    assert new.contents.version != old.contents.version
    assert (await previews(wuxi, version=old.contents.version)).contents == old.contents
    body = (await wuxi.get(address("frames", version=old.contents.version, frames="1")))[1]
    assert imagecodecs.jpeg2k_decode(body).tobytes() == smooth(4)
    time.pass_(KEPT_ON)
    folder = wuxi.archive.objects.pack(old.contents.version)

    async def kept() -> bool:
        return folder.exists()

    await until(kept, lambda there: not there)
    assert await wuxi.status(address("preview", version=old.contents.version)) == 410


async def test_what_was_encoded_once_is_copied_into_the_next_pack(
    wuxi: Asker, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = _counted(monkeypatch)
    await wuxi.store(slice_of(1), slice_of(3))
    await settled(wuxi, time)
    await wuxi.store(slice_of(2))
    await settled(wuxi, time)
    assert len(jobs) == 3
    for number in (1, 2, 3):
        assert imagecodecs.jpeg2k_decode((await wuxi.get(frame_of(number), "image/jphc"))[1]).tobytes() == smooth(
            number
        )


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[Encode]:
    jobs, encode = list[Encode](), Sandbox.encode

    async def counted(sandbox: Sandbox, job: Encode) -> Encoded:
        jobs.append(job)
        return await encode(sandbox, job)

    monkeypatch.setattr(Sandbox, "encode", counted)
    return jobs


async def test_an_archive_that_was_there_before_is_packed_newest_first(
    wuxi: Asker, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = _counted(monkeypatch)
    for study in ("older", "newer"):
        await wuxi.store(slice_of(1, study))
    assert await wuxi.archive.packing.queue() == 2
    await settled(wuxi, time)
    newest_first = [_sha(wuxi, study) for study in ("newer", "older")]
    assert [Path(job.path).name for job in jobs] == [await each for each in newest_first]


async def _sha(asker: Asker, study: str) -> str:
    query = select(Instance.sha256).where(Instance.sop_uid == uid(study, "series", "1"))
    return await asker.archive.index.read(lambda session: session.exec(query).one())


async def test_a_series_that_is_read_is_packed_before_others(
    wuxi: Asker, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = _counted(monkeypatch)
    for study in ("study", "newer"):
        await wuxi.store(slice_of(1, study))
    await wuxi.get(frame_of(1), SMALLER)
    await settled(wuxi, time)
    assert Path(jobs[0].path).name == await _sha(wuxi, "study")


async def test_a_study_that_still_grows_waits(wuxi: Asker, time: Time) -> None:
    await wuxi.store(slice_of(1))
    time.pass_(4)
    assert await wuxi.archive.packing._next() is None
    time.pass_(1)
    assert await wuxi.archive.packing._next() is not None


async def test_a_frame_at_which_the_encoder_dies_stays_as_it_is_and_the_others_are_packed(
    wuxi: Asker, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    encode, pixels = Sandbox.encode, b"".join(smooth(number) for number in range(1, 6))
    await wuxi.store(made(side=SIDE, NumberOfFrames=5, PixelData=pixels))

    async def dies(sandbox: Sandbox, job: Encode) -> Encoded:
        if _has_third(job):
            raise Refused("too_large", "The worker was killed.")
        return await encode(sandbox, job)

    monkeypatch.setattr(Sandbox, "encode", dies)
    await settled(wuxi, time)
    assert [bool(row[2]) for row in (await previews(wuxi)).contents.frames] == [True, True, False, True, True]
    for number in (1, 2, 3, 4, 5):
        path = frame_of(1).removesuffix("1") + str(number)
        _, body, headers = await wuxi.get(path, SMALLER)
        encoded = headers["Content-Type"].startswith("image/jphc")
        assert encoded == (number != 3)
        assert (imagecodecs.jpeg2k_decode(body).tobytes() if encoded else body) == smooth(number)


def _has_third(job: Encode) -> bool:
    """Leaves half a frame behind where it has."""
    original = Path(job.path).read_bytes()
    found = any(original[start : start + length] == smooth(3) for ((start, length),) in job.frames)
    if found:
        with Path(job.target).open("ab") as target:
            target.write(b"half a frame")
    return found


async def test_a_full_disk_leaves_frames_as_they_are_and_packs_later(wuxi: Asker, time: Time, tmp_path: Path) -> None:
    await wuxi.store(slice_of(1))
    limit = tmp_path / "limit"
    limit.write_bytes(b"")
    with full_at(limit, more=1000):
        time.pass_(10)
        wuxi.archive.packing.grew()

        async def failed() -> bool:
            return bool(wuxi.archive.packing._failed)

        await until(failed, bool)
        assert (await wuxi.get(frame_of(1), SMALLER))[1] == smooth(1)
    assert not list(wuxi.archive.objects.packs.glob("*/*"))
    assert not list(wuxi.archive.objects.spool.iterdir())
    await wuxi.archive.sandbox.stop()  # the worker that began on the full disk keeps its limit
    time.pass_(60)
    await settled(wuxi, time)
    assert imagecodecs.jpeg2k_decode((await wuxi.get(frame_of(1), SMALLER))[1]).tobytes() == smooth(1)


@pytest.mark.parametrize("damage", ["frames.bin", "preview.bin", "frames.idx", "gone"])
async def test_a_damaged_pack_costs_no_picture_and_is_made_anew(tmp_path: Path, time: Time, damage: str) -> None:
    async with served(tmp_path, time=time) as wuxi:
        await wuxi.store(slice_of(1))
        await settled(wuxi, time)
        folder = wuxi.archive.objects.pack(await pack_of(wuxi))
    if damage == "gone":
        for file in folder.iterdir():
            file.unlink()
    else:
        (folder / damage).write_bytes((folder / damage).read_bytes()[:-1])
    async with served(tmp_path, time=time) as wuxi:
        assert (await wuxi.get(frame_of(1), SMALLER))[1] == smooth(1)
        await settled(wuxi, time)
        assert imagecodecs.jpeg2k_decode((await wuxi.get(frame_of(1), SMALLER))[1]).tobytes() == smooth(1)


async def test_what_a_dead_process_left_is_removed_and_its_series_packed(tmp_path: Path, time: Time) -> None:
    async with served(tmp_path, time=time) as wuxi:
        await wuxi.store(slice_of(1))
        stray = wuxi.archive.objects.pack("0" * 32)
        begun = wuxi.archive.objects.spooled()
        for folder in (stray, begun):
            folder.mkdir(parents=True)
            (folder / "frames.bin").write_bytes(b"half")
    async with served(tmp_path, time=time) as wuxi:
        await settled(wuxi, time)
        assert not stray.exists()
        assert not begun.exists()
        assert len((await previews(wuxi)).bodies) == 1


async def test_a_stream_that_is_not_divided_by_resolution_is_no_part_of_a_pack() -> None:
    pixels = np.frombuffer(smooth(), "<u2").reshape(SIDE, SIDE)
    made_for_packs = imagecodecs.htj2k_encode(pixels, reversible=True, tlm=True, tilepart=1, resolutions=5, rgb=False)
    ends = prefix_ends(bytes(made_for_packs))
    assert len(ends) == 6
    assert ends == sorted(ends)
    plain = bytes(imagecodecs.htj2k_encode(pixels, reversible=True))
    for wrong in (plain, bytes(made_for_packs)[:-1], bytes(made_for_packs)[:50], b"", bytes(made_for_packs) + b"\0"):
        with pytest.raises(Malformed):
            prefix_ends(wrong)


class Waiting:
    """An index in which a series waits for ever, and a disk that does nothing."""

    def __init__(self) -> None:
        self.asked, self.waits = 0, asyncio.Event()

    async def read(self, *_work: object) -> object:
        self.asked += 1
        if self.asked == 4:  # after the known packs and the sweep: what is next, and how many wait
            self.waits.set()
        return {1: set(), 4: 1}.get(self.asked)


async def test_it_ends_when_it_is_to_end_also_if_an_image_comes_in_that_moment() -> None:
    idle = Waiting()
    nothing: Any = idle
    packing = Packing(nothing, nothing, nothing, nothing, nothing, lambda: datetime.now(UTC), lambda: 0.0)
    task = asyncio.create_task(packing.run())
    await idle.waits.wait()
    await asyncio.sleep(0)  # now it waits for news
    packing.grew()
    task.cancel()
    ended, _ = await asyncio.wait([task], timeout=10)
    assert ended == {task}
