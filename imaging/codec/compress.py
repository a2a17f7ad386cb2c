"""Compresses a frame for a client that asks for a codec by name; a lossless codestream is decoded and compared."""

from typing import Final

import imagecodecs
import numpy as np
from pydicom import Dataset
from pydicom.pixels.utils import pixel_array

from imaging.codec.decode import Pixels, check_size, decode_frame, has_all_bits
from imaging.codec.encode import GREY, check_bits, encode_frame
from imaging.errors import Refused
from imaging.limits import Limits
from imaging.syntaxes import HTJ2K_LOSSLESS_RPCL, JPEG_2000_LOSSLESS, JPEG_BASELINE, JPEG_LS_LOSSLESS

COLOURS: Final = ("PALETTE COLOR", "RGB", "YBR_FULL")
QUALITY: Final = 90
START_OF_FRAME: Final = 0xF7
"""The JPEG-LS marker before which the codec writes what is no part of the codestream (SPIFF)."""


def samples_of(data_set: Dataset, number: int, limits: Limits) -> Pixels:
    """The frame's samples as the header describes them, with no colours changed.

    Raises Refused for what would not come back bit for bit, or under another header.
    """
    if "PixelData" not in data_set:
        raise Refused("as_stored", "Only whole numbers are compressed.")
    check_size(data_set, limits)
    photometric = data_set.get("PhotometricInterpretation")
    if photometric in (*GREY, *COLOURS) and has_all_bits(data_set):
        samples = pixel_array(data_set, index=number - 1, raw=True, correct_unused_bits=False)
    elif photometric in GREY:
        samples = decode_frame(data_set, number, limits)
    else:
        raise Refused("as_stored", "The colours of these frames are bound to the codec they are stored in.")
    if samples.dtype.kind not in "iu" or samples.dtype.itemsize > 2:
        raise Refused("as_stored", "Codecs take pixels of 8 and 16 bits.")
    check_bits(data_set, samples)
    return samples.astype(samples.dtype.newbyteorder("="), copy=False)  # big endian would be encoded as garbage


def compress(header: Dataset, samples: Pixels, syntax: str) -> bytes:
    """The codestream. Raises Refused for what the codec cannot hold, or does not give back."""
    if syntax == HTJ2K_LOSSLESS_RPCL:
        return encode_frame(header, samples.astype(samples.dtype.newbyteorder("<")).tobytes())[0]
    if syntax == JPEG_BASELINE:
        return _baseline(header, samples)
    if syntax == JPEG_LS_LOSSLESS:
        # The codec knows no sign; it is the header that says how the bits are read (PS3.5 §8.2.3).
        samples = samples.view(f"u{samples.dtype.itemsize}")
        encoded = _codestream(bytes(imagecodecs.jpegls_encode(samples)))
        decoded = imagecodecs.jpegls_decode(encoded)
    elif syntax == JPEG_2000_LOSSLESS:
        bits = int(header.BitsStored)
        encoded = bytes(
            imagecodecs.jpeg2k_encode(
                samples, level=0, reversible=True, mct=False, codecformat="j2k", bitspersample=bits
            )
        )
        decoded = imagecodecs.jpeg2k_decode(encoded)
    else:
        raise ValueError(syntax)
    if decoded.dtype != samples.dtype or not np.array_equal(decoded, samples):
        raise Refused("as_stored", "The codec does not give these values back.")
    return encoded


def _baseline(header: Dataset, samples: Pixels) -> bytes:
    if samples.dtype != np.uint8 or header.PhotometricInterpretation not in (*GREY, "RGB"):
        raise Refused("as_stored", "Baseline JPEG holds grey or RGB of 8 bits.")
    return bytes(imagecodecs.jpeg8_encode(np.ascontiguousarray(samples), level=QUALITY, subsampling="422"))


def _codestream(encoded: bytes) -> bytes:
    """Without the segments between the start of the image and that of the frame (PS3.5 §A.4.3)."""
    at = 2
    while encoded[at + 1] != START_OF_FRAME:
        at += 2 + int.from_bytes(encoded[at + 2 : at + 4])
    return encoded[:2] + encoded[at:]
