"""Renders numbers to a picture: modality and VOI transforms, palette and colour, scaling (PS3.3 §C.11)."""

import warnings
from io import BytesIO

import numpy as np
from PIL import Image
from pydicom import Dataset

from imaging.codec.colours import in_srgb, of_eight_bits
from imaging.codec.decode import Pixels
from imaging.codec.look import look_of, proportion
from imaging.codec.overlay import draw_overlays
from imaging.codec.palette import through_palette
from imaging.errors import Refused


def render(
    data_set: Dataset,
    pixels: Pixels,
    *,
    frame: int,
    media_type: str,
    window: tuple[float, float] | None,
    function: str,
    size: tuple[int, int] | None,
    quality: int,
) -> bytes:
    if not _is_colour(data_set, pixels) and data_set.get("PixelPresentation") in ("COLOR", "MIXED"):
        raise Refused("supplemental_palette", "The picture has colours over its grey, which are not shown here.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if _is_colour(data_set, pixels):
            picture = in_srgb(data_set, _colour(data_set, pixels))
        else:
            picture = np.ascontiguousarray(look_of(data_set, frame).grey(pixels, window, function))
        picture = np.require(picture, requirements="W")
        draw_overlays(data_set, frame, picture)
    image = Image.fromarray(picture)
    if size is not None:
        height = image.height * proportion(data_set, frame)
        ratio = min(size[0] / image.width, size[1] / height)
        target = (max(1, round(image.width * ratio)), max(1, round(height * ratio)))
        image = image.resize(target, Image.Resampling.LANCZOS if ratio < 1 else Image.Resampling.BICUBIC)
    out = BytesIO()
    if media_type == "image/png":
        image.save(out, "PNG", compress_level=3)
    else:
        image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _is_colour(data_set: Dataset, pixels: Pixels) -> bool:
    return pixels.ndim == 3 or data_set.get("PhotometricInterpretation") == "PALETTE COLOR"


def _colour(data_set: Dataset, pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return through_palette(data_set, pixels)
    return np.ascontiguousarray(of_eight_bits(data_set, pixels))
