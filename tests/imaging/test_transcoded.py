"""Frames and objects in the codec that a client names: the same values bit for bit, or the offer."""

from io import BytesIO
from typing import Any

import av
import imagecodecs
import msgspec
import numpy as np
import pytest
from PIL import Image
from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels.utils import pixel_array
from pydicom.uid import UID, BasicTextSRStorage, ExplicitVRLittleEndian

from tests.imaging.conftest import Asker, bundled
from tests.imaging.made import SIDE, as_bytes, made, picture, uid

STUDY = f"/dicomweb/studies/{uid('study')}"
INSTANCE = f"{STUDY}/series/{uid('study', 'series')}/instances/{uid('study', 'series', '1')}"
FRAME = f"{INSTANCE}/frames/1"
JPEG_LS, JPEG_2000, BASELINE = (f"1.2.840.10008.1.2.4.{number}" for number in (80, 90, 50))
HTJ2K = "1.2.840.10008.1.2.4.202"
TYPES = {"image/jls": JPEG_LS, "image/jp2": JPEG_2000}
ANY = "application/octet-stream; transfer-syntax=*"

BYTES = {"BitsAllocated": 8, "BitsStored": 8, "HighBit": 7}
RGB = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0, **BYTES}
COLOURS = np.stack([np.frombuffer(picture("u1"), "u1").reshape(SIDE, SIDE) // n for n in (1, 2, 3)], -1)
KINDS: dict[str, dict[str, Any]] = {
    "12 bits": {"PixelData": picture("<u2")},
    "signed": {"PixelData": picture("<i2"), "BitsStored": 16, "HighBit": 15, "PixelRepresentation": 1},
    "signed in 13 bits": {"PixelData": picture("<i2"), "BitsStored": 13, "HighBit": 12, "PixelRepresentation": 1},
    "8 bits": {"PixelData": picture("u1"), **BYTES},
    "a palette's numbers": {"PixelData": picture("u1"), **BYTES, "PhotometricInterpretation": "PALETTE COLOR"},
    "RGB": {"PixelData": COLOURS.tobytes(), **RGB},
    "RGB in planes": {"PixelData": COLOURS.transpose(2, 0, 1).tobytes(), **RGB, "PlanarConfiguration": 1},
    "YBR": {"PixelData": COLOURS.tobytes(), **RGB, "PhotometricInterpretation": "YBR_FULL"},
    "noise": {"PixelData": np.random.default_rng(1).bytes(2 * SIDE**2), "BitsStored": 16, "HighBit": 15},
}


def read_by_ffmpeg(codestream: bytes, syntax: str, bits: int) -> np.ndarray[Any, Any]:
    """Grey values by decoders of another family than those of the archive."""
    decoder = av.CodecContext.create("jpegls" if syntax == JPEG_LS else "jpeg2000", "r")
    [frame] = [*decoder.decode(av.Packet(codestream)), *decoder.decode(None)]
    values: np.ndarray[Any, Any] = frame.to_ndarray()
    return values >> (16 - bits) if syntax == JPEG_2000 and bits > 8 else values


def read_by_gdcm(codestream: bytes, syntax: str, header: Dataset) -> np.ndarray[Any, Any]:
    header.file_meta.TransferSyntaxUID = UID(syntax)
    header.PixelData, header.PlanarConfiguration = encapsulate([codestream]), 0
    header["PixelData"].VR = "OB"
    header["PixelData"].is_undefined_length = True
    values: np.ndarray[Any, Any] = pixel_array(header, raw=True, decoding_plugin="gdcm")
    return values


@pytest.mark.parametrize("media_type", TYPES)
@pytest.mark.parametrize("kind", KINDS)
async def test_a_frame_comes_back_bit_for_bit_in_the_codec_that_is_named(
    wuxi: Asker, kind: str, media_type: str
) -> None:
    file, syntax = made(side=SIDE, **KINDS[kind]), TYPES[media_type]
    await wuxi.store(file)
    status, body, headers = await wuxi.get(FRAME, media_type)
    assert (status, headers["Content-Type"]) == (200, f"{media_type}; transfer-syntax={syntax}")
    header = dcmread(BytesIO(file))
    stored = pixel_array(header, raw=True)
    assert (read_by_gdcm(body, syntax, dcmread(BytesIO(file))) == stored).all()
    if stored.ndim == 2 and not header.PixelRepresentation:
        assert (read_by_ffmpeg(body, syntax, header.BitsStored) == stored).all()
    assert (await wuxi.get(FRAME, f"{ANY}; q=0.5, {media_type}"))[1] == body
    status, ranged, _ = await wuxi.get(FRAME, media_type, Range="bytes=10-19")
    assert (status, ranged) == (206, body[10:20])
    status, parts, _ = await wuxi.get(
        FRAME, f'multipart/related; type="application/octet-stream"; transfer-syntax={syntax}'
    )
    assert (status, body in parts, syntax.encode() in parts) == (200, True, True)


@pytest.mark.parametrize(
    "name", ["MR_small_bigendian.dcm", "MR_small_RLE.dcm", "MR_small_jp2klossless.dcm", "image_dfl.dcm"]
)
async def test_whatever_it_was_stored_in_a_frame_is_given_with_its_values(wuxi: Asker, name: str) -> None:
    data = bundled(name)
    await wuxi.store(data)
    image = dcmread(BytesIO(data))
    path = (
        f"/dicomweb/studies/{image.StudyInstanceUID}/series/{image.SeriesInstanceUID}/instances/{image.SOPInstanceUID}"
    )
    status, body, _ = await wuxi.get(f"{path}/frames/1", "image/jls")
    assert status == 200
    assert (read_by_gdcm(body, JPEG_LS, dcmread(BytesIO(data))) == image.pixel_array).all()


@pytest.mark.parametrize("kind", ["8 bits", "RGB"])
async def test_baseline_jpeg_is_made_of_8_bits_for_who_names_it(wuxi: Asker, kind: str) -> None:
    await wuxi.store(made(side=SIDE, **KINDS[kind]))
    status, body, headers = await wuxi.get(FRAME, f"image/jpeg; transfer-syntax={BASELINE}")
    assert (status, headers["Content-Type"]) == (200, f"image/jpeg; transfer-syntax={BASELINE}")
    stored = np.frombuffer(KINDS[kind]["PixelData"], "u1").reshape((SIDE, SIDE, 3) if kind == "RGB" else (SIDE, SIDE))
    assert np.abs(np.asarray(Image.open(BytesIO(body)), np.int16) - stored).mean() < 4
    assert await wuxi.status(FRAME, "image/jpeg") == 406, "without a name it would be a lossless one (PS3.18 §8.7.3)"


@pytest.mark.parametrize(
    ("attributes", "accept"),
    [
        (KINDS["12 bits"], f"image/jpeg; transfer-syntax={BASELINE}"),
        (KINDS["a palette's numbers"], f"image/jpeg; transfer-syntax={BASELINE}"),
        ({"PixelData": (np.frombuffer(picture("<u2"), "<u2") | 0x8000).tobytes()}, "image/jls"),
        ({"PixelData": (np.frombuffer(picture("<u2"), "<u2") << 2).tobytes(), "HighBit": 13}, "image/jp2"),
    ],
    ids=["12 bits in baseline", "a palette in baseline", "an overlay above", "shifted"],
)
async def test_what_a_codec_cannot_hold_is_refused_with_what_is_on_offer(
    wuxi: Asker, attributes: dict[str, Any], accept: str
) -> None:
    await wuxi.store(made(side=SIDE, **attributes))
    status, body, _ = await wuxi.get(FRAME, accept)
    offered = msgspec.json.decode(body)["offered"]
    assert status == 406
    assert "application/octet-stream; transfer-syntax=1.2.840.10008.1.2.1" in offered
    assert not any(accept.partition(";")[0] in one for one in offered)
    assert (await wuxi.get(FRAME, f"{accept}, {ANY}; q=0.5"))[1] == attributes["PixelData"]


@pytest.mark.parametrize("syntax", [JPEG_LS, JPEG_2000, HTJ2K])
async def test_objects_come_in_the_transfer_syntax_that_is_named(wuxi: Asker, syntax: str) -> None:
    frames = picture("<u2")
    files = [
        made(number=1, side=SIDE, NumberOfFrames=2, PixelData=frames * 2),
        made(number=2, side=SIDE, PixelData=frames),
    ]
    await wuxi.store(*files, report())
    status, body, headers = await wuxi.get(INSTANCE, f"application/dicom; transfer-syntax={syntax}")
    assert (status, headers["Content-Type"]) == (200, f"application/dicom; transfer-syntax={syntax}")
    told, before = dcmread(BytesIO(body)), dcmread(BytesIO(files[0]))
    assert told.file_meta.TransferSyntaxUID == syntax
    codestreams = [*generate_frames(told.PixelData, number_of_frames=2)]
    for codestream, values in zip(codestreams, before.pixel_array, strict=True):
        if syntax == HTJ2K:
            assert (imagecodecs.jpeg2k_decode(codestream) == values).all()  # by OpenJPEG, not by OpenJPH
        else:
            assert (read_by_ffmpeg(codestream, syntax, 12) == values).all()
    del told.PixelData, before.PixelData
    assert told == before
    accept = f'multipart/related; type="application/dicom"; transfer-syntax={syntax}'
    status, body, _ = await wuxi.get(STUDY, accept)
    assert status == 200
    assert body.count(f"application/dicom; transfer-syntax={syntax}\r\n".encode()) == 2
    assert body.count(f"application/dicom; transfer-syntax={ExplicitVRLittleEndian}\r\n".encode()) == 1, (
        "without pixels"
    )


async def test_objects_of_which_one_cannot_be_compressed_are_refused_before_the_first_is_sent(wuxi: Asker) -> None:
    shifted = (np.frombuffer(picture("<u2"), "<u2") << 2).tobytes()
    await wuxi.store(made(side=SIDE), made(number=2, side=SIDE, PixelData=shifted, HighBit=13))
    status, body, _ = await wuxi.get(STUDY, f"multipart/related; type=application/dicom; transfer-syntax={JPEG_LS}")
    assert (status, msgspec.json.decode(body)["reason"]) == (406, "as_stored")
    assert await wuxi.status(STUDY, f"multipart/related; type=application/dicom; transfer-syntax={BASELINE}") == 406


def report() -> bytes:
    """An object without pixels."""
    text = Dataset()
    text.file_meta = FileMetaDataset()
    text.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    text.file_meta.MediaStorageSOPClassUID = text.SOPClassUID = BasicTextSRStorage
    text.file_meta.MediaStorageSOPInstanceUID = text.SOPInstanceUID = UID(uid("report"))
    text.StudyInstanceUID, text.Modality = uid("study"), "SR"
    text.SeriesInstanceUID = uid("study", "reports")
    return as_bytes(text)
