"""Renders numbers to a picture: modality and VOI transforms, palette and colour, scaling (PS3.3 §C.11)."""

import warnings
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from pydicom import Dataset
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi

from imaging.codec.decode import Pixels


def render(
    data_set: Dataset,
    pixels: Pixels,
    *,
    media_type: str,
    window: tuple[float, float] | None,
    size: tuple[int, int] | None,
    quality: int,
) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = _colour(data_set, pixels) if _is_colour(data_set, pixels) else _grey(data_set, pixels, window)
    image = Image.fromarray(picture)
    if size is not None:
        ratio = min(size[0] / image.width, size[1] / image.height)
        target = (max(1, round(image.width * ratio)), max(1, round(image.height * ratio)))
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
        pixels = apply_color_lut(pixels, data_set)
    if pixels.dtype != np.uint8:
        bits = int(data_set.get("BitsStored") or 8) if pixels.ndim == 3 else 8
        highest = int(pixels.max(initial=0))
        # A palette's entries use all 16 bits, whatever the depth of the index.
        shift = 8 if highest > 0xFF and bits <= 8 else max(0, bits - 8)
        pixels = (pixels >> shift).astype(np.uint8)
    return np.ascontiguousarray(pixels[..., :3])


def _grey(data_set: Dataset, pixels: Pixels, window: tuple[float, float] | None) -> Pixels:
    values: Any = apply_modality_lut(pixels, data_set)
    if window is not None:
        low, high = _edges(*window)
    elif data_set.get("VOILUTSequence") and not data_set.get("WindowWidth"):
        values = apply_voi(values, data_set)
        low, high = float(values.min()), float(values.max())
    else:
        low, high = _own_window(data_set, values)
    span = max(high - low, 1e-6)
    grey = np.clip((values.astype(np.float32) - low) * (255.0 / span), 0, 255)
    if data_set.get("PhotometricInterpretation") == "MONOCHROME1":
        grey = 255 - grey
    return np.ascontiguousarray(grey.astype(np.uint8))


def _own_window(data_set: Dataset, values: Any) -> tuple[float, float]:
    """The file's first window, or else a window over all values but the extremes."""
    try:
        center, width = _first(data_set.get("WindowCenter")), _first(data_set.get("WindowWidth"))
        if width >= 1:
            return _edges(center, width)
    except (TypeError, ValueError):
        pass
    low, high = np.percentile(values, (0.5, 99.5))
    return float(low), float(high)


def _edges(center: float, width: float) -> tuple[float, float]:
    """PS3.3 §C.11.2.1.2.1, the linear function."""
    return center - 0.5 - (width - 1) / 2, center - 0.5 + (width - 1) / 2


def _first(value: Any) -> float:
    return float(value[0] if hasattr(value, "__getitem__") and not isinstance(value, str) else value)
