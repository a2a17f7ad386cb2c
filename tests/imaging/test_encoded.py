"""A frame on its way to a reader far away: smaller as HTJ2K, the same bit for bit, and never missing for it."""

from typing import Any

import imagecodecs
import numpy as np
import pytest

from imaging.errors import NoSpace, Refused
from imaging.workers.jobs import Job
from imaging.workers.sandbox import Sandbox
from tests.imaging.conftest import Asker, bundled
from tests.imaging.made import SIDE, made, picture, uid

FRAME = (
    f"/dicomweb/studies/{uid('study')}/series/{uid('study', 'series')}/instances/{uid('study', 'series', '1')}/frames/1"
)
HTJ2K = "1.2.840.10008.1.2.4.202"
SMALLER = "image/jphc"
SMALLER_OR_STORED = "image/jphc, application/octet-stream; transfer-syntax=*; q=0.9"

GREY: dict[str, dict[str, Any]] = {
    "12 bits": {"PixelData": picture("<u2")},
    "signed": {"PixelData": picture("<i2"), "BitsStored": 16, "HighBit": 15, "PixelRepresentation": 1},
    "signed in 13 bits": {"PixelData": picture("<i2"), "BitsStored": 13, "HighBit": 12, "PixelRepresentation": 1},
    "8 bits": {"PixelData": picture("u1"), "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7},
    "inverted": {"PixelData": picture("<u2"), "PhotometricInterpretation": "MONOCHROME1"},
}


@pytest.mark.parametrize("kind", GREY)
async def test_a_grey_frame_comes_back_bit_for_bit_and_smaller(wuxi: Asker, kind: str) -> None:
    await wuxi.store(made(side=SIDE, **GREY[kind]))
    status, body, headers = await wuxi.get(FRAME, SMALLER_OR_STORED)
    assert (status, headers["Content-Type"]) == (200, f"image/jphc; transfer-syntax={HTJ2K}")
    assert imagecodecs.jpeg2k_decode(body).tobytes() == GREY[kind]["PixelData"], "decoded by OpenJPEG, not by OpenJPH"
    assert len(body) < len(GREY[kind]["PixelData"])
    status, ranged, _ = await wuxi.get(FRAME, SMALLER, Range="bytes=10-19")
    assert (status, ranged) == (206, body[10:20])
    status, parts, headers = await wuxi.get(FRAME, 'multipart/related; type="image/jphc"')
    assert (status, body in parts, HTJ2K.encode() in parts) == (200, True, True)
    assert (await wuxi.get(FRAME, "application/octet-stream; transfer-syntax=*"))[1] == GREY[kind]["PixelData"]


async def test_a_big_endian_frame_is_encoded_with_its_values(wuxi: Asker) -> None:
    status, answer = await wuxi.store(bundled("MR_small_bigendian.dcm"))
    assert status == 200
    instance = answer["00081199"]["Value"][0]["00081190"]["Value"][0]
    path = instance[instance.index("/dicomweb") :] + "/frames/1"
    stored = (await wuxi.get(path, "application/octet-stream; transfer-syntax=*"))[1]
    status, body, _ = await wuxi.get(path, SMALLER)
    assert status == 200
    assert imagecodecs.jpeg2k_decode(body).tobytes() == stored


@pytest.mark.parametrize(
    "odd",
    [
        {"side": 16},
        {"side": SIDE, "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 1,
         "PixelData": bytes(SIDE**2)},
        {"side": SIDE, "SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0,
         "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelData": bytes(3 * SIDE**2)},
        {"side": SIDE, "PhotometricInterpretation": "PALETTE COLOR"},
        {"side": SIDE, "PixelData": (np.frombuffer(picture("<u2"), "<u2") | 0x8000).tobytes()},
        {"side": SIDE, "PixelData": (np.frombuffer(picture("<u2"), "<u2") << 2).tobytes(), "HighBit": 13},
        {"side": SIDE, "PixelData": (np.frombuffer(picture("<i2"), "<u2") & 0xFFF).tobytes(), "PixelRepresentation": 1},
        {"side": SIDE, "PixelData": np.random.default_rng(1).bytes(2 * SIDE**2)},
    ],
    ids=["tiny", "8 bits with a sign", "colour", "palette", "an overlay above", "shifted", "a sign cut off",
         "noise"],
)  # fmt: skip
async def test_what_is_not_to_be_encoded_is_sent_as_stored_or_refused_by_the_offer(
    wuxi: Asker, odd: dict[str, Any]
) -> None:
    await wuxi.store(made(**odd))
    stored = await wuxi.get(FRAME, "application/octet-stream; transfer-syntax=*")
    for _ in range(2):
        assert (await wuxi.get(FRAME, SMALLER_OR_STORED))[:2] == stored[:2]
    assert await wuxi.status(FRAME, SMALLER) == 406


async def test_a_frame_is_encoded_once_and_a_refusal_is_remembered(
    wuxi: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, derive = list[Job](), Sandbox.derive

    async def counted(sandbox: Sandbox, job: Job, hospital: str) -> None:
        jobs.append(job)
        await derive(sandbox, job, hospital)

    await wuxi.store(made(side=SIDE, **GREY["12 bits"]), made("other", side=16))
    other = FRAME.replace(uid("study"), uid("other")).replace(uid("study", "series"), uid("other", "series"))
    other = other.replace(uid("study", "series", "1"), uid("other", "series", "1"))
    monkeypatch.setattr(Sandbox, "derive", counted)
    for _ in range(3):
        assert await wuxi.status(FRAME, SMALLER_OR_STORED) == 200
        assert await wuxi.status(other, SMALLER_OR_STORED) == 200
    assert sum(type(job).__name__ == "Encode" for job in jobs) == 2


@pytest.mark.parametrize("why", [NoSpace(), Refused("too_large", "The worker was killed.")])
async def test_a_worker_that_cannot_encode_costs_no_picture(
    wuxi: Asker, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    async def fails(_sandbox: Sandbox, _job: Job, _hospital: str) -> None:
        raise why

    await wuxi.store(made(side=SIDE, **GREY["12 bits"]))
    monkeypatch.setattr(Sandbox, "derive", fails)
    status, body, _ = await wuxi.get(FRAME, SMALLER_OR_STORED)
    assert (status, body) == (200, GREY["12 bits"]["PixelData"])


async def test_several_frames_come_encoded_in_parts(wuxi: Asker) -> None:
    frames = picture("<u2")
    await wuxi.store(made(side=SIDE, NumberOfFrames=2, PixelData=frames * 2))
    status, body, _ = await wuxi.get(FRAME + ",2", 'multipart/related; type="image/jphc"')
    assert status == 200
    assert body.count(HTJ2K.encode()) == 2
