"""The rules of coloured pictures (PS3.3 C.7.6.3.1.2, C.7.9)."""

from collections.abc import Callable
from io import BytesIO

import imagecodecs
import numpy as np
from PIL import Image
from pydicom import Dataset
from pydicom.encaps import encapsulate
from pydicom.pixels.processing import convert_color_space
from pydicom.uid import (
    UID,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    RLELossless,
)

from tests.imaging.rule import RAMP, SIDE, Array, Edit, Rule, every, having, run_lengths, values_of

_ROW, _COLUMN = np.mgrid[:SIDE, :SIDE]
RGB = np.stack([_ROW * 17, _COLUMN * 17, 255 - (_ROW + _COLUMN) * 8], axis=-1).astype(np.uint8)
YBR: Array = convert_color_space(RGB, "RGB", "YBR_FULL")


def colours(pixels: Array, photometric: str, *, planar: bool = False, bits: int = 8) -> Edit:
    def edit(ds: Dataset) -> None:
        ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.PlanarConfiguration = 3, photometric, int(planar)
        values_of(np.moveaxis(pixels, -1, 0) if planar else pixels, bits, allocated=bits)(ds)

    return edit


def jpeg(ds: Dataset) -> None:
    """RGB samples in JPEG, without the marker of Adobe that would say so."""
    out = BytesIO()
    Image.fromarray(RGB).save(out, "JPEG", quality=100, subsampling=0, keep_rgb=True)
    data = out.getvalue()
    start = data.index(b"\xff\xee")
    data = data[:start] + data[start + 2 + int.from_bytes(data[start + 2 : start + 4]) :]
    # Component identifiers "R", "G", "B" would say it too.
    frame, scan = data.index(b"\xff\xc0"), data.index(b"\xff\xda")
    named = bytearray(data)
    for number in range(3):
        named[frame + 10 + 3 * number] = named[scan + 5 + 2 * number] = number + 1
    ds.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    ds.PixelData = encapsulate([bytes(named)])
    ds["PixelData"].VR, ds["PixelData"].is_undefined_length = "OB", True


def halved(ds: Dataset) -> None:
    """YBR_FULL_422 without compression: two pixels share their colour."""
    colours(YBR, "YBR_FULL_422")(ds)
    pairs = YBR.reshape(-1, 2, 3).astype(int)
    values = np.stack([pairs[:, 0, 0], pairs[:, 1, 0], pairs[..., 1].mean(1), pairs[..., 2].mean(1)], -1)
    ds.PixelData = values.astype(np.uint8).tobytes()
    ds["PixelData"].VR = "OB"


def encoded(pixels: Array, photometric: str, syntax: str, encode: Callable[[Array], bytes]) -> Edit:
    def edit(ds: Dataset) -> None:
        colours(pixels, photometric)(ds)
        ds.file_meta.TransferSyntaxUID = UID(syntax)
        ds.PixelData = encapsulate([bytes(encode(pixels))])
        ds["PixelData"].VR, ds["PixelData"].is_undefined_length = "OB", True

    return edit


def htj2k(pixels: Array) -> bytes:
    return bytes(imagecodecs.htj2k_encode(pixels, reversible=True))


def jpeg_ls(pixels: Array) -> bytes:
    return bytes(imagecodecs.jpegls_encode(pixels))


def jpeg_2000(pixels: Array) -> bytes:
    return bytes(imagecodecs.jpeg2k_encode(pixels, mct=False, reversible=True, codecformat="j2k", level=0))


def in_plain(pixels: Array, photometric: str) -> Edit:
    """For pydicom, which has no HTJ2K."""

    def edit(ds: Dataset) -> None:
        ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        colours(pixels, photometric)(ds)

    return edit


def palette(*tables: Array, bits: int = 16, first: int = 0) -> Edit:
    def edit(ds: Dataset) -> None:
        ds.PhotometricInterpretation = "PALETTE COLOR"
        values_of(RAMP, 8, allocated=8)(ds)
        for name, table in zip(("Red", "Green", "Blue"), tables, strict=True):
            setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [len(table) % 0x10000, first, bits])
            data = table.astype("<u2" if bits > 8 else "u1").tobytes()
            setattr(ds, f"{name}PaletteColorLookupTableData", data + b"\0" * (len(data) % 2))

    return edit


def segmented(*tables: list[int], bits: int = 16, entries: int = 256) -> Edit:
    def edit(ds: Dataset) -> None:
        ds.PhotometricInterpretation = "PALETTE COLOR"
        values_of(RAMP, 8, allocated=8)(ds)
        for name, table in zip(("Red", "Green", "Blue"), tables, strict=True):
            setattr(ds, f"{name}PaletteColorLookupTableDescriptor", [entries, 0, bits])
            data = np.array(table, "<u2" if bits > 8 else "u1").tobytes()
            setattr(ds, f"Segmented{name}PaletteColorLookupTableData", data + b"\0" * (len(data) % 2))

    return edit


_UP, _DOWN = np.arange(256) * 257, 65535 - np.arange(256) * 257
_BENT = np.rint(65535 * (np.arange(256) / 255) ** 2).astype(np.int64)
# Discrete (0), linear (1) and indirect (2) segments: code, length, then values, an end, or a place in bytes.
_LINES = [0, 1, 0, 1, 127, 65535, 1, 128, 20000]
_TWICE = [0, 2, 100, 40000, 1, 126, 5, 2, 2, 0, 0]
_LINES_8 = [0, 1, 10, 1, 127, 255, 1, 128, 30]
_AGAIN_8 = [0, 2, 7, 200, 1, 126, 7, 2, 1, 4, 0, 0, 0, 0, 2, 0, 255]
_AGAIN = [0, 2, 100, 40000, 1, 126, 5, 2, 1, 8, 0, 0, 2, 0, 65535]
_WRITTEN_OUT = [0, 2, 100, 40000, 1, 126, 5, 1, 126, 5, 0, 2, 0, 65535]

COLOUR_RULES = (
    Rule("RGB", "C.7.6.3.1.2", colours(RGB, "RGB")),
    Rule("RGB in planes", "C.7.6.3.1.3", colours(RGB, "RGB", planar=True)),
    Rule("RGB of sixteen bits", "C.7.6.3.1.2", colours(RGB.astype(np.int64) * 257, "RGB", bits=16)),
    Rule("YBR", "C.7.6.3.1.2", colours(YBR, "YBR_FULL")),
    Rule("YBR in planes", "C.7.6.3.1.3", colours(YBR, "YBR_FULL", planar=True)),
    Rule("YBR of which two pixels share a colour", "C.7.6.3.1.2", halved),
    Rule("RGB of five bits", "C.7.6.3.1", every(colours(RGB >> 3, "RGB"), having(BitsStored=5, HighBit=4))),
    Rule(
        "RGB of twelve bits",
        "C.7.6.3.1",
        every(colours(RGB.astype(np.int64) * 16, "RGB", bits=16), having(BitsStored=12, HighBit=11)),
    ),
    Rule("YBR in JPEG-LS", "C.7.6.3.1.2", encoded(YBR, "YBR_FULL", JPEGLSLossless, jpeg_ls)),
    Rule("YBR in JPEG 2000", "C.7.6.3.1.2", encoded(YBR, "YBR_FULL", JPEG2000Lossless, jpeg_2000)),
    Rule(
        "RGB in HTJ2K",
        "C.7.6.3.1.2",
        encoded(RGB, "YBR_RCT", HTJ2KLossless, htj2k),
        in_plain(RGB, "RGB"),
    ),
    Rule(
        "YBR in HTJ2K",
        "C.7.6.3.1.2",
        encoded(YBR, "YBR_FULL", HTJ2KLossless, htj2k),
        in_plain(YBR, "YBR_FULL"),
    ),
    Rule(
        "RGB in run lengths",
        "PS3.5 G",
        every(colours(RGB, "RGB"), lambda ds: ds.compress(RLELossless, generate_instance_uid=False)),
    ),
    Rule(
        "RGB of thirty-two bits in run lengths",
        "PS3.5 G",
        every(colours(RGB.astype(np.int64) * 0x1010101, "RGB", bits=32), run_lengths),
    ),
    Rule("RGB in JPEG without a marker", "C.7.6.3.1.2", every(colours(RGB, "RGB"), jpeg)),
    Rule("palette", "C.7.9", palette(_UP, _DOWN, _BENT)),
    Rule("palette of eight bits", "C.7.9", palette(_UP >> 8, _DOWN >> 8, _BENT >> 8, bits=8)),
    Rule("palette from another first value", "C.7.9", palette(_UP[:100], _DOWN[:100], _BENT[:100], first=50)),
    Rule("dark palette of sixteen bits", "C.7.9", palette(_UP // 2, _DOWN // 3, _BENT // 2)),
    Rule("segmented palette", "C.7.9.2", segmented(_LINES, _TWICE, _LINES)),
    Rule(
        "segmented palette with a place in bytes",  # pydicom counts words
        "C.7.9.2.3",
        segmented(_AGAIN, _AGAIN, _LINES),
        segmented(_WRITTEN_OUT, _WRITTEN_OUT, _LINES),
    ),
    Rule("segmented palette of eight bits", "C.7.9.2", segmented(_LINES_8, _AGAIN_8, _LINES_8, bits=8)),
)
