"""A series in a pack: the whole stack small in one answer, its frames in runs, and the originals untouched."""

import gzip
from typing import Any

import imagecodecs
import msgspec
import numpy as np
import pytest

from imaging.store.packs import frames_of
from tests.imaging.conftest import Asker, Time, grant
from tests.imaging.made import made, uid
from tests.imaging.packed import SIDE, address, frame_of, pack_of, previews, settled, slice_of, smooth

INSTANCES = f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}/instances"
STORED = "application/octet-stream; transfer-syntax=*"
SMALLER = f"image/jphc, {STORED}; q=0.9"


async def test_one_answer_makes_the_whole_stack_scrollable_from_the_middle_outward(wuxi: Asker, time: Time) -> None:
    await wuxi.store(*(slice_of(number) for number in (3, 1, 2, 5, 4)))
    assert (await wuxi.get(address("preview")))[:2] == (204, b"")
    await settled(wuxi, time)
    found = await previews(wuxi)
    assert found.contents.version == await pack_of(wuxi)
    assert found.contents.instances == [uid("study", "series", str(number)) for number in range(1, 6)]
    assert found.contents.previews == [2, 3, 1, 4, 0]
    for position, (_, number, length, quarter) in enumerate(found.contents.frames):
        _, whole, _ = await wuxi.get(frame_of(position + 1), "image/jphc")
        assert (number, length, quarter) == (1, len(whole), len(found.bodies[position]))
        assert whole.startswith(found.bodies[position])
        small = imagecodecs.htj2k_decode(found.bodies[position], skipres=2)
        assert small.shape == (SIDE // 4, SIDE // 4)
        assert np.array_equal(small, imagecodecs.htj2k_decode(whole, skipres=2)), "the beginning is all of it"


async def test_frames_come_in_runs_and_without_what_the_reader_has(wuxi: Asker, time: Time) -> None:
    await wuxi.store(*(slice_of(number) for number in range(1, 6)))
    await settled(wuxi, time)
    found = await previews(wuxi)
    lengths = [row[2] for row in found.contents.frames]
    asked = {"version": found.contents.version, "frames": "3,0-1"}
    status, body, _ = await wuxi.get(address("frames", **asked))
    assert (status, len(body)) == (200, lengths[3] + lengths[0] + lengths[1])
    at = 0
    for position in (3, 0, 1):
        stream = body[at : at + lengths[position]]
        assert imagecodecs.jpeg2k_decode(stream).tobytes() == smooth(position + 1), "decoded by OpenJPEG"
        at += lengths[position]
    _, rest, _ = await wuxi.get(address("frames", **asked, rest=1))
    assert found.bodies[3] + rest[: lengths[3] - len(found.bodies[3])] == body[: lengths[3]]
    status, part, headers = await wuxi.get(address("frames", **asked), Range="bytes=10-19")
    assert (status, part, headers["Content-Range"]) == (206, body[10:20], f"bytes 10-19/{len(body)}")
    assert (await wuxi.get(address("frames", **asked), Range=f"bytes={len(body)}-"))[0] == 416
    _, _, headers = await wuxi.get(address("frames", **asked))
    again = await wuxi.get(address("frames", **asked), **{"If-None-Match": headers["ETag"]})
    assert again[:2] == (304, b"")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("frames=5", 404), ("frames=-1", 400), ("frames=1-0", 404), ("frames=", 400), ("frames=a", 400),
        ("frames=" + ",".join(["0-1"] * 129), 400), ("frames=99999999", 400), ("", 400),
    ],
)  # fmt: skip
async def test_frames_that_are_not_there_or_make_no_sense_are_refused(
    wuxi: Asker, time: Time, asked: str, status: int
) -> None:
    await wuxi.store(slice_of(1), slice_of(2))
    await settled(wuxi, time)
    version = await pack_of(wuxi)
    assert await wuxi.status(f"{address('frames')}?version={version}&{asked}") == status


async def test_a_frame_that_is_not_encoded_is_named_and_read_as_it_is_stored(wuxi: Asker, time: Time) -> None:
    noise = made(number=2, side=SIDE, PixelData=np.random.default_rng(1).bytes(2 * SIDE**2))
    await wuxi.store(slice_of(1), noise, slice_of(3))
    await settled(wuxi, time)
    found = await previews(wuxi)
    assert [bool(row[2]) for row in found.contents.frames] == [True, False, True]
    assert sorted(found.contents.previews) == [0, 2]
    assert await wuxi.status(address("frames", version=found.contents.version, frames="0-2")) == 400
    assert (await wuxi.get(frame_of(2), SMALLER))[1] == (await wuxi.get(frame_of(2), STORED))[1]


async def test_a_pack_opens_no_other_series(wuxi: Asker, time: Time) -> None:
    await wuxi.store(slice_of(1), slice_of(1, "other"))
    await settled(wuxi, time)
    version = await pack_of(wuxi)
    assert await wuxi.status(address("preview", version=version)) == 200
    for wrong in (version, "0" * 32, "..", "x" * 32, ""):
        assert await wuxi.status(address("preview", "other", version=wrong)) == 410, wrong


async def test_a_pack_is_seen_by_whom_its_study_is_seen(wuxi: Asker, time: Time) -> None:
    await wuxi.store(slice_of(1))
    await settled(wuxi, time)
    version = await pack_of(wuxi)
    asked = [address("preview"), address("frames", version=version, frames="0"), f"/imaging/open/{uid('study')}"]
    expert = wuxi.as_("expert")
    for path in asked:
        unknown = path.replace(uid("study"), "1.2.3")
        assert [await who.status(path) for who in (wuxi, wuxi.as_("jiashan"), expert)] == [200, 404, 404], path
        assert [await who.status(unknown) for who in (wuxi, wuxi.as_("jiashan"))] == [404, 404]
    await wuxi.archive.grants_put([grant(time)], rev=1)
    assert [await expert.status(path) for path in asked] == [200, 200, 200]
    await wuxi.archive.grants_end(["g1"], rev=2)
    assert [await expert.status(path) for path in asked] == [404, 404, 404]


async def test_pixels_may_be_kept_only_under_a_sign_in_and_only_of_one_version(wuxi: Asker, time: Time) -> None:
    await wuxi.store(slice_of(1))
    await settled(wuxi, time)
    version = await pack_of(wuxi)
    paths = [address("preview"), address("preview", version=version), address("frames", version=version, frames="0")]
    kept = []
    for path in paths:
        for prefix in ("/imaging/", "/imaging/s/abcdefgh12/"):
            kept.append((await wuxi.get(path.replace("/imaging/", prefix)))[2]["Cache-Control"])
    for_now, immutable = "private, no-cache", "private, max-age=900, immutable"
    assert kept == ["no-store", for_now, "no-store", immutable, "no-store", immutable]


async def test_originals_are_the_same_byte_for_byte(wuxi: Asker, time: Time) -> None:
    file = slice_of(1)
    await wuxi.store(file)
    await settled(wuxi, time)
    body = (await wuxi.get(INSTANCES + "/" + uid("study", "series", "1"), "application/dicom; transfer-syntax=*"))[1]
    assert body == file
    assert wuxi.archive.objects.path(frames_of(await pack_of(wuxi))).exists()


async def test_a_viewer_gets_the_first_slice_with_the_study(wuxi: Asker, time: Time) -> None:
    await wuxi.store(*(slice_of(number) for number in range(1, 4)))
    where = f"/imaging/open/{uid('study')}"
    opened, listed, small = _opened(*await wuxi.get(where, "multipart/related"))
    assert (opened["first"]["preview"], small, opened["series"][0]["pack"]) == (0, b"", "")
    assert opened["first"]["pack"] is None
    await settled(wuxi, time)
    opened, listed, small = _opened(*await wuxi.get(where, "multipart/related"))
    assert opened["series"][0]["pack"] == await pack_of(wuxi)
    assert listed == await wuxi.json(f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}/metadata")
    assert opened["first"]["SOPInstanceUID"] == uid("study", "series", "2")
    assert small == (await previews(wuxi)).bodies[1]
    assert opened["first"]["pack"]["position"] == 1
    asked = {"version": opened["first"]["pack"]["version"], "frames": opened["first"]["pack"]["position"], "rest": 1}
    _, rest, _ = await wuxi.get(address("frames", **asked))
    assert small + rest == (await wuxi.get(frame_of(2), "image/jphc"))[1], "the rest of it can be asked for at once"
    assert len(small + rest) == opened["first"]["pack"]["length"]
    assert "first" not in await wuxi.json(where)


def _opened(status: int, body: bytes, headers: Any) -> tuple[Any, Any, bytes]:
    assert status == 200
    boundary = headers["Content-Type"].rpartition("boundary=")[2].encode()
    parts = body.split(b"--" + boundary)[1:-1]
    bodies = [part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in parts]
    return msgspec.json.decode(bodies[0]), msgspec.json.decode(gzip.decompress(bodies[1])), b"".join(bodies[2:])
