"""Encodes a frame without loss for a pack, and proves that it comes back bit for bit."""

from typing import Final

import imagecodecs
import numpy as np
from pydicom import Dataset

from imaging.codec.codestream import Malformed, quarter_of
from imaging.codec.decode import Pixels
from imaging.errors import Refused

GREY: Final = ("MONOCHROME1", "MONOCHROME2")
SMALLEST: Final = 64 * 64
"""Pixels of a picture with which a codestream saves nothing."""


def encode_frame(header: Dataset, stored: bytes) -> tuple[bytes, int]:
    """The frame as HTJ2K, lossless, by resolution (PS3.5 annex A.4.12, transfer syntax 1.2.840.10008.1.2.4.202).

    And how many bytes of it are the picture of a quarter of the rows and columns.

    `stored`: its bytes, uncompressed and little endian. Raises Refused where it is to be sent as it is stored.
    """
    pixels = _words(header, stored)
    encoded = bytes(
        imagecodecs.htj2k_encode(
            pixels, reversible=True, tlm=True, tilepart=1, resolutions=_decompositions(*pixels.shape), rgb=False
        )
    )
    decoded = imagecodecs.htj2k_decode(encoded)
    if decoded.dtype != pixels.dtype or not np.array_equal(decoded, pixels):
        raise Refused("as_stored", "The codec does not give these values back.")
    if len(encoded) >= len(stored):
        raise Refused("as_stored", "Encoding does not make it smaller.")
    try:
        return encoded, quarter_of(encoded)
    except Malformed as why:
        raise Refused("as_stored", "The codec does not divide it by resolution.") from why


def _words(header: Dataset, stored: bytes) -> Pixels:
    rows, columns, bits = int(header.Rows), int(header.Columns), int(header.BitsAllocated)
    signed = bool(header.get("PixelRepresentation"))
    if header.get("SamplesPerPixel", 1) != 1 or header.get("PhotometricInterpretation") not in GREY:
        raise Refused("as_stored", "Only grey pictures are encoded: between two palette entries there is no colour.")
    if bits not in (8, 16) or (bits == 8 and signed):
        raise Refused("as_stored", "Decoders in browsers take 8 bits without a sign, and 16 bits.")
    if rows * columns < SMALLEST or len(stored) != rows * columns * bits // 8:
        raise Refused("as_stored", "It is too small, or not of the size that its header says.")
    words = np.frombuffer(stored, f"<{'i' if signed else 'u'}{bits // 8}").reshape(rows, columns)
    check_bits(header, words)
    return words.astype(words.dtype.newbyteorder("="), copy=False)  # big endian would be encoded as garbage


def check_bits(header: Dataset, words: Pixels) -> None:
    """Raises Refused where there are bits beside the stored ones."""
    used = int(header.BitsStored)
    low, high = (-(1 << used - 1), (1 << used - 1) - 1) if words.dtype.kind == "i" else (0, (1 << used) - 1)
    if int(header.HighBit) != used - 1 or words.min() < low or words.max() > high:
        raise Refused("as_stored", "Bits outside Bits Stored would be taken for a part of the values.")


def _decompositions(rows: int, columns: int) -> int:
    """At least five, and so many that the smallest picture has at most 64 rows or columns."""
    count = 5
    while -(-min(rows, columns) >> count) > 64:
        count += 1
    return count
