"""Rules that only the archive applies: the painter shows its picture, with a mark. And pictures that nobody draws."""

import struct

import numpy as np
from pydicom import Dataset

from tests.imaging.colour_rules import RGB, YBR, colours, palette
from tests.imaging.rule import RAMP, Edit, Rule, every, having, values_of, windowed

_UP = np.arange(256) * 257


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def profile() -> bytes:
    """The ICC profile of a made-up camera: red and green are exchanged, and its curve is a gamma of 1.4."""
    columns = {"r": (0.3851, 0.7169, 0.0971), "g": (0.4361, 0.2225, 0.0139), "b": (0.1431, 0.0606, 0.7142)}
    curve = b"curv" + bytes(4) + struct.pack(">IH", 1, round(1.4 * 256)) + bytes(2)
    tags = {f"{name}XYZ": b"XYZ " + bytes(4) + b"".join(map(_fixed, xyz)) for name, xyz in columns.items()}
    tags |= {"wtpt": b"XYZ " + bytes(4) + b"".join(map(_fixed, (0.9642, 1, 0.8249)))}
    tags |= {f"{name}TRC": curve for name in columns}
    table, body, at = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name.encode() + struct.pack(">II", at + len(body), len(data))
        body += data
    size = at + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02400000, b"scnr", b"RGB ", b"XYZ ")
    head += bytes(12) + b"acsp" + bytes(28) + b"".join(map(_fixed, (0.9642, 1, 0.8249)))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _floats(ds: Dataset) -> None:
    del ds.PixelData, ds.BitsStored, ds.HighBit, ds.PixelRepresentation
    ds.FloatPixelData, ds.BitsAllocated = (RAMP / 7).astype("<f4").tobytes(), 32


LEFT = (
    Rule("64 bits", "C.7.6.3.1", every(values_of(RAMP * 16, 12, allocated=64), windowed(1500, 2000))),
    Rule("floating point pixels", "C.7.6.24", _floats),
    Rule("colours of a profile", "C.11.15", every(colours(RGB, "RGB"), having(ICCProfile=profile()))),
)


def _unnamed(ds: Dataset) -> None:
    del ds.PhotometricInterpretation


def _of_two_kinds(ds: Dataset) -> None:
    palette(_UP, _UP[::-1], _UP)(ds)
    ds.GreenPaletteColorLookupTableDescriptor = [256, 10, 16]


def _four(photometric: str) -> Edit:
    return every(colours(np.concatenate([RGB, RGB[..., :1]], -1), photometric), having(SamplesPerPixel=4))


REFUSED = {
    "HSV": ("unknown_colours", colours(RGB, "HSV")),
    "CMYK": ("unknown_colours", _four("CMYK")),
    "ARGB": ("unknown_colours", _four("ARGB")),
    "YBR of a partial range": ("unknown_colours", colours(YBR, "YBR_PARTIAL_422")),
    "YBR of sixteen bits": ("unknown_colours", colours(YBR.astype(np.int64) * 257, "YBR_FULL", bits=16)),
    "a wavelet's colours without a wavelet": ("unknown_colours", colours(YBR, "YBR_RCT")),
    "grey of three numbers": ("unknown_colours", colours(RGB, "MONOCHROME2")),
    "colours of one number": ("unknown_colours", having(PhotometricInterpretation="RGB")),
    "no kind of colours": ("unknown_colours", _unnamed),
    "a palette of parts that do not fit": ("malformed_palette", _of_two_kinds),
    "a profile that is none": ("malformed_profile", every(colours(RGB, "RGB"), having(ICCProfile=b"none at all."))),
}
"""The reason by which each is refused, and its picture."""
