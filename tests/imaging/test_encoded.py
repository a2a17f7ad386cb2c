"""A frame for a reader far away: smaller as HTJ2K, the same bit for bit, and never missing for it."""

from typing import Any

import imagecodecs
import numpy as np
import pytest

from tests.imaging.conftest import Asker, Time, bundled
from tests.imaging.made import SIDE, made, picture, uid
from tests.imaging.packed import settled

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
async def test_a_grey_frame_comes_back_bit_for_bit_and_smaller(wuxi: Asker, time: Time, kind: str) -> None:
    await wuxi.store(made(side=SIDE, **GREY[kind]))
    await settled(wuxi, time)
    status, body, headers = await wuxi.get(FRAME, SMALLER_OR_STORED)
    assert (status, headers["Content-Type"]) == (200, f"image/jphc; transfer-syntax={HTJ2K}")
    assert imagecodecs.jpeg2k_decode(body).tobytes() == GREY[kind]["PixelData"], "decoded by OpenJPEG, not by OpenJPH"
    assert len(body) < len(GREY[kind]["PixelData"])
    status, ranged, _ = await wuxi.get(FRAME, SMALLER, Range="bytes=10-19")
    assert (status, ranged) == (206, body[10:20])
    status, parts, headers = await wuxi.get(FRAME, 'multipart/related; type="image/jphc"')
    assert (status, body in parts, HTJ2K.encode() in parts) == (200, True, True)
    assert (await wuxi.get(FRAME, "application/octet-stream; transfer-syntax=*"))[1] == GREY[kind]["PixelData"]


async def test_a_big_endian_frame_is_encoded_with_its_values(wuxi: Asker, time: Time) -> None:
    status, answer = await wuxi.store(bundled("MR_small_bigendian.dcm"))
    await settled(wuxi, time)
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
    wuxi: Asker, time: Time, odd: dict[str, Any]
) -> None:
    await wuxi.store(made(**odd))
    await settled(wuxi, time)
    stored = await wuxi.get(FRAME, "application/octet-stream; transfer-syntax=*")
    for _ in range(2):
        assert (await wuxi.get(FRAME, SMALLER_OR_STORED))[:2] == stored[:2]
    assert await wuxi.status(FRAME, SMALLER) == 406


async def test_several_frames_come_encoded_in_parts(wuxi: Asker, time: Time) -> None:
    frames = picture("<u2")
    await wuxi.store(made(side=SIDE, NumberOfFrames=2, PixelData=frames * 2))
    await settled(wuxi, time)
    status, body, _ = await wuxi.get(FRAME + ",2", 'multipart/related; type="image/jphc"')
    assert status == 200
    assert body.count(HTJ2K.encode()) == 2


async def test_until_a_pack_is_made_and_without_one_frames_come_as_they_are_stored(wuxi: Asker) -> None:
    await wuxi.store(made(side=SIDE, **GREY["12 bits"]))
    assert (await wuxi.get(FRAME, SMALLER_OR_STORED))[1] == GREY["12 bits"]["PixelData"]
    assert await wuxi.status(FRAME, SMALLER) == 406
