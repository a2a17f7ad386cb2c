"""How one frame's stored values become grey (PS3.3 §C.11, §C.7.6.16.2): read from its data set, then applied.

The painter applies the same rules (`web/src/viewer/dicom/look.ts`, `view/voi.ts`); decision 35 lists them.
"""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from pydicom import Dataset
from pydicom.uid import XRayAngiographicImageStorage, XRayRadiofluoroscopicImageStorage

from imaging.codec.decode import Pixels
from imaging.errors import Refused
from imaging.syntaxes import EXPLICIT_BE

FUNCTIONS = ("LINEAR", "LINEAR_EXACT", "SIGMOID")
"""VOI LUT Function (§C.11.2.1.3)."""

XRAY = (XRayAngiographicImageStorage, XRayRadiofluoroscopicImageStorage)
"""Their modality values are in proportion to the X-ray beam, and not for the display (§C.8.7.1.1.2)."""


@dataclass(frozen=True)
class Window:
    center: float
    width: float
    function: str = "LINEAR"

    @property
    def makes_sense(self) -> bool:
        """§C.11.2.1.2.1: the linear function needs a width of 1, the others a positive one."""
        return self.function in FUNCTIONS and (self.width >= 1 or (self.width > 0 and self.function != "LINEAR"))

    def shares(self, values: Pixels) -> Pixels:
        """0 (black) to 1 of each modality value."""
        center, width = self.center, self.width
        if self.function == "SIGMOID":
            return cast(Pixels, 1 / (1 + np.exp(np.clip(-4 * (values - center) / width, -700, 700))))
        if self.function == "LINEAR":
            center, width = center - 0.5, width - 1
            if width == 0:
                return cast(Pixels, (values > center).astype(np.float64))
        return cast(Pixels, np.clip((values - center) / width + 0.5, 0, 1))


@dataclass(frozen=True)
class Table:
    """A look-up table (§C.11.1.1); values before its first and after its last entry get these."""

    first: int
    bits: int
    entries: Pixels

    def of(self, values: Pixels) -> Pixels:
        at = np.clip(np.floor(values) - self.first, 0, len(self.entries) - 1).astype(np.int64)
        return cast(Pixels, self.entries[at].astype(np.float64))

    def shares(self, values: Pixels) -> Pixels:
        return cast(Pixels, np.minimum(self.of(values) / (2**self.bits - 1), 1))


@dataclass(frozen=True)
class Look:
    """One frame's way to grey. Of a window and a VOI table the window is the file's first view."""

    slope: float
    intercept: float
    modality: Table | None
    windows: tuple[Window, ...]
    voi: Table | None
    inverted: bool
    """MONOCHROME1, or an INVERSE presentation: small values are bright."""
    padding: tuple[int, int] | None

    def values(self, stored: Pixels) -> Pixels:
        """Modality values, as floating point."""
        if self.modality is not None:
            return self.modality.of(stored)
        return stored.astype(np.float64) * self.slope + self.intercept

    def grey(self, stored: Pixels, center_width: tuple[float, float] | None, function: str = "") -> Pixels:
        """8-bit grey through the asked window (without a function: the file's own), else as the file says."""
        own = self.windows[0] if self.windows else None
        window = own
        if center_width is not None:
            window = Window(*center_width, function or (own.function if own else "LINEAR"))
        view = window or self.voi or self._whole(stored)
        low, high = stored.min(), stored.max()
        if stored.dtype.kind == "f" or int(high) - int(low) > 0xFFFF:
            return self._through(view, stored)
        table = self._through(view, np.arange(int(low), int(high) + 1))
        grey: Pixels = table[stored.astype(np.int64) - int(low)]
        return grey

    def _through(self, view: Window | Table, stored: Pixels) -> Pixels:
        shares = view.shares(self.values(stored))
        grey: Pixels = np.rint(255 * (1 - shares if self.inverted else shares)).astype(np.uint8)
        return grey

    def _whole(self, stored: Pixels) -> Window:
        """From the darkest to the brightest value that is no padding."""
        if self.padding is not None:
            stored = stored[(stored < self.padding[0]) | (stored > self.padding[1])]
        if not stored.size:
            return Window(0.5, 1)
        ends = np.array([stored.min(), stored.max()])
        if self.modality is not None:
            ends = np.arange(ends[0], ends[1] + 1) if ends[1] - ends[0] <= 0xFFFF else ends
        values = self.values(ends)
        low, high = float(values.min()), float(values.max())
        return Window((low + high + 1) / 2, high - low + 1)


def look_of(data_set: Dataset, frame: int) -> Look:
    """The look of frame `frame` (from 1), classic or enhanced. Raises Refused for a table that cannot be right."""
    transform = _group(data_set, frame, "PixelValueTransformationSequence")
    voi = _group(data_set, frame, "FrameVOILUTSequence")
    order = ">" if data_set.file_meta.TransferSyntaxUID == EXPLICIT_BE else "<"
    photometric = data_set.get("PhotometricInterpretation")
    for_display = data_set.get("SOPClassUID") not in XRAY
    inverse = str(data_set.get("PresentationLUTShape", "")).strip().upper() == "INVERSE"
    return Look(
        slope=(for_display and next(iter(_numbers(transform, "RescaleSlope")), 0)) or 1,
        intercept=next(iter(_numbers(transform, "RescaleIntercept")), 0) if for_display else 0,
        modality=_table(data_set, "ModalityLUTSequence", order) if for_display else None,
        windows=_windows(voi),
        voi=_table(voi, "VOILUTSequence", order),
        inverted=photometric == "MONOCHROME1" or (inverse and photometric == "MONOCHROME2"),
        padding=_padding(data_set),
    )


SPACINGS = ("PixelSpacing", "ImagerPixelSpacing", "PixelAspectRatio")
"""Between rows, and between columns: one of these (§10.7.1.1, §C.7.6.3.1.7)."""


def proportion(data_set: Dataset, frame: int) -> float:
    """How much taller than wide a pixel is to be shown."""
    measures = _group(data_set, frame, "PixelMeasuresSequence")
    for place, keyword in [(measures, SPACINGS[0]), *((data_set, each) for each in SPACINGS)]:
        pair = _numbers(place, keyword)
        if len(pair) == 2 and min(pair) > 0:
            return pair[0] / pair[1]
    return 1.0


def _group(data_set: Dataset, frame: int, keyword: str) -> Dataset:
    """A functional group: the frame's own, else the shared one, else the data set itself."""
    own = data_set.get("PerFrameFunctionalGroupsSequence") or []
    for place in [*own[frame - 1 : frame], *(data_set.get("SharedFunctionalGroupsSequence") or [])[:1]]:
        if found := place.get(keyword):
            return cast(Dataset, found[0])
    return data_set


def _windows(data_set: Dataset) -> tuple[Window, ...]:
    function = str(data_set.get("VOILUTFunction") or "LINEAR").strip().upper()
    pairs = zip(_numbers(data_set, "WindowCenter"), _numbers(data_set, "WindowWidth"), strict=False)
    windows = (Window(center, width, function) for center, width in pairs)
    return tuple(window for window in windows if window.makes_sense)


def _padding(data_set: Dataset) -> tuple[int, int] | None:
    """The padding values, from and to (§C.7.5.1.1.2)."""
    found = [_numbers(data_set, f"PixelPadding{name}") for name in ("Value", "RangeLimit")]
    ends = [int(values[0]) for values in found if values]
    return (min(ends), max(ends)) if found[0] else None


def _table(data_set: Dataset, keyword: str, order: str) -> Table | None:
    sequence = data_set.get(keyword)
    if not sequence:
        return None
    item: Dataset = sequence[0]
    described = _numbers(item, "LUTDescriptor")
    data: Any = item.get("LUTData")
    if len(described) != 3 or not 1 <= described[2] <= 16 or data is None:
        raise Refused("malformed_lut", "A look-up table of the picture does not say how it is to be read.")
    count = (int(described[0]) & 0xFFFF) or 0x10000
    if isinstance(data, bytes):
        # Eight-bit entries may be packed two to a word.
        width = "u2" if len(data) >= 2 * count else "u1"
        entries = np.frombuffer(data[: count * int(width[1])], f"{order}{width}")
    else:
        entries = np.atleast_1d(np.asarray(data, np.int64)) & 0xFFFF
    if len(entries) < count:
        raise Refused("malformed_lut", "A look-up table of the picture is shorter than it says.")
    return Table(int(described[1]), int(described[2]), entries[:count])


def _numbers(data_set: Dataset, keyword: str) -> list[float]:
    """The values; none where one of them is no number."""
    try:
        value = data_set.get(keyword)
        values = [] if value in (None, "") else list(value) if hasattr(value, "__iter__") else [value]
        numbers = [float(one) for one in values]
    except (TypeError, ValueError):
        return []
    return numbers if all(map(np.isfinite, numbers)) else []
