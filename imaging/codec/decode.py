"""Decodes one frame to numbers: with pydicom's decoders, or else with imagecodecs."""

from typing import Any

import imagecodecs
import numpy as np
from pydicom import Dataset
from pydicom.encaps import get_frame
from pydicom.pixels.processing import convert_color_space
from pydicom.pixels.utils import pixel_array
from pydicom.uid import UID

from imaging.errors import Refused
from imaging.limits import Limits
from imaging.syntaxes import RLE

Pixels = np.ndarray[Any, np.dtype[Any]]

JPEG_2000 = ("1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93")
HTJ2K = ("1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203")
JPEG_LS = ("1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81")
JPEG = tuple(f"1.2.840.10008.1.2.4.{number}" for number in (50, 51, 57, 70))


END_OF_CODESTREAM = b"\xff\xd9"


def decode_frame(data_set: Dataset, number: int, limits: Limits) -> Pixels:
    """Frame `number` (from 1): rows x columns, or rows x columns x 3 in RGB."""
    check_size(data_set, limits)
    if bits_of(data_set)[1] > 0 and has_all_bits(data_set):
        return _stored_bits(data_set, number)
    try:
        return pixel_array(data_set, index=number - 1)
    except Exception as error:
        return _other_codec(data_set, number, error)


def has_all_bits(data_set: Dataset) -> bool:
    """Whether all bits allocated are there."""
    syntax = data_set.file_meta.TransferSyntaxUID
    return not syntax.is_encapsulated or syntax == RLE


def bits_of(data_set: Dataset) -> tuple[int, int, int]:
    """How many bits are allocated, and the lowest and highest of those stored (PS3.5 §8.1.1). Usually 16, 0 and 11."""
    allocated = int(data_set.get("BitsAllocated") or 0)
    stored = int(data_set.get("BitsStored") or allocated)
    highest = stored - 1 if data_set.get("HighBit") in (None, "") else int(data_set.HighBit)
    return allocated, highest - stored + 1, highest


def _stored_bits(data_set: Dataset, number: int) -> Pixels:
    """Where the stored bits are not the lowest, which pydicom does not know."""
    allocated, lowest, highest = bits_of(data_set)
    if highest >= allocated:
        raise Refused("malformed_pixels", "The picture says that it stores bits which are not there.")
    # Shifting down again extends the sign.
    stored: Pixels = (allocated_bits(data_set, number) << allocated - 1 - highest) >> allocated - 1 - highest + lowest
    return stored


def allocated_bits(data_set: Dataset, number: int) -> Pixels:
    """Frame `number` with all bits allocated, those beside the stored ones too; for frames that no codec compressed."""
    return pixel_array(data_set, index=number - 1, correct_unused_bits=False)


def check_size(data_set: Dataset, limits: Limits) -> None:
    """Raises Refused before a decoder allocates what the header claims (S28)."""
    rows, columns = int(data_set.get("Rows") or 0), int(data_set.get("Columns") or 0)
    bits = int(data_set.get("BitsAllocated") or 0) * int(data_set.get("SamplesPerPixel") or 1)
    if not rows or not columns or not bits:
        raise Refused("no_pixels", "This object holds no picture.")
    if rows * columns * bits // 8 > limits.decoded_bytes:
        raise Refused("too_large", "The picture is too large to be decoded here.")


def _other_codec(data_set: Dataset, number: int, error: Exception) -> Pixels:
    syntax = data_set.file_meta.TransferSyntaxUID
    if not syntax.is_encapsulated:
        raise error
    try:
        decoded = _decode(syntax, _compressed(data_set, number))
    except Exception as second:
        raise Refused("undecodable", f"No decoder here reads this {syntax.name} picture.") from second
    pixels: Pixels = np.asarray(decoded)
    samples = int(data_set.get("SamplesPerPixel") or 1)
    if pixels.shape != (data_set.Rows, data_set.Columns, *([samples] if samples > 1 else [])):
        raise Refused("undecodable", "The compressed picture is not of the size the header says.") from error
    photometric = str(data_set.get("PhotometricInterpretation"))
    if photometric.startswith("YBR_FULL") and syntax not in JPEG:  # which comes as RGB
        return convert_color_space(pixels, photometric, "RGB")
    return pixels


def _compressed(data_set: Dataset, number: int) -> bytes:
    frames = int(data_set.get("NumberOfFrames") or 1)
    return get_frame(data_set.PixelData, number - 1, number_of_frames=frames)


def _decode(syntax: UID, frame: bytes) -> Any:
    if syntax in HTJ2K:
        if not frame.removesuffix(b"\0").endswith(END_OF_CODESTREAM):
            raise ValueError("cut off")  # the codec would make up the rest
        return imagecodecs.htj2k_decode(frame)
    if syntax in JPEG_2000:
        return imagecodecs.jpeg2k_decode(frame)
    if syntax in JPEG_LS:
        return imagecodecs.jpegls_decode(frame)
    if syntax in JPEG:
        return imagecodecs.jpeg_decode(frame)
    raise ValueError(syntax)
