"""What the numbers of a pixel mean (PS3.3 §C.7.6.3.1.2), and whose colours they are (ICC profiles, §C.11.15)."""

from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image, ImageCms
from pydicom import Dataset

from imaging.codec.decode import HTJ2K, JPEG_2000, Pixels
from imaging.errors import Refused

GREY: Final = ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
COLOURS: Final = ("RGB", "YBR_FULL", "YBR_FULL_422")
OF_WAVELETS: Final = ("YBR_RCT", "YBR_ICT")
"""Undone by the codecs that make them; in other streams they mean nothing."""


def refuse_unknown(data_set: Dataset) -> None:
    """Raises Refused where a picture of these numbers could have any colour: retired kinds, and what fits no kind."""
    samples = int(data_set.get("SamplesPerPixel") or 1)
    known: tuple[str, ...] = {1: GREY, 3: COLOURS}.get(samples, ())
    if samples == 3 and data_set.file_meta.TransferSyntaxUID in (*JPEG_2000, *HTJ2K):
        known += OF_WAVELETS
    photometric = str(data_set.get("PhotometricInterpretation") or "")
    deep = photometric in COLOURS[1:] and int(data_set.get("BitsAllocated") or 0) != 8
    if photometric not in known or deep:
        raise Refused(
            "unknown_colours", f"What the numbers of a pixel mean is not known here: {photometric or 'none'}."
        )


def of_eight_bits(data_set: Dataset, pixels: Pixels) -> Pixels:
    """Rows x columns x 3."""
    stored = int(data_set.get("BitsStored") or 8)
    if pixels.dtype != np.uint8 or stored < 8:
        pixels = np.rint(np.clip(pixels / (2.0**stored - 1), 0, 1) * 255).astype(np.uint8)
    return pixels


def in_srgb(data_set: Dataset, picture: Pixels) -> Pixels:
    """The picture's colours as screens show them, where its file says by a profile whose they are. Raises Refused."""
    profile = _profile(data_set)
    if not profile:
        return picture
    try:
        found = ImageCms.ImageCmsProfile(BytesIO(profile))
        intent = ImageCms.Intent(ImageCms.getDefaultIntent(found))
        screen = ImageCms.createProfile("sRGB")
        shown = ImageCms.profileToProfile(Image.fromarray(picture), found, screen, intent, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise Refused("malformed_profile", "The colour profile of the picture cannot be applied.") from error
    return np.asarray(shown)


def _profile(data_set: Dataset) -> bytes:
    """That of the image, or of the first optical path of a slide; empty where it is the screen's own."""
    for place in [data_set, *(data_set.get("OpticalPathSequence") or [])[:1]]:
        if found := place.get("ICCProfile"):
            return b"" if str(place.get("ColorSpace") or "").strip().upper() == "SRGB" else bytes(found)
    return b""
