"""The rules by which a file's values become a picture (PS3.3 C.7.6.3, C.7.6.16.2, C.11): a small file for each.

What must be on the screen is computed by pydicom, which neither the archive's pictures nor the painter use for it.
`docs/decisions/0035-one-table-of-picture-rules.md` says which rules there are, and which are missing.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from pydicom import DataElement, Dataset, config
from pydicom.dataset import FileMetaDataset
from pydicom.pixels.processing import apply_modality_lut, apply_voi, apply_windowing
from pydicom.sequence import Sequence
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

from tests.imaging.made import uid

Array = np.ndarray[Any, np.dtype[Any]]
SIDE = 16
TOLERANCE = 2
"""Of 255."""
RAMP = np.arange(SIDE * SIDE, dtype=np.int64).reshape(SIDE, SIDE)


@dataclass(frozen=True)
class Rule:
    name: str
    section: str
    edit: Callable[[Dataset], None]
    """Makes the plain picture into one that needs the rule."""
    told: Callable[[Dataset], None] = lambda _: None
    """Where a file is wrong and the rule says how it is read all the same: tells pydicom so."""
    frame: int = 1


def file_of(rule: Rule) -> Dataset:
    """The rule's file: 16 x 16 values from 0 to 4080 where the rule does not say otherwise."""
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = CTImageStorage
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid("rule", rule.name))
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid("rules", rule.name), uid("rules", rule.name, "series")
    ds.Modality, ds.SeriesNumber, ds.InstanceNumber = "OT", 1, 1
    ds.Rows = ds.Columns = SIDE
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    store(ds, RAMP * 16, 12)
    rule.edit(ds)
    return ds


def store(ds: Dataset, values: Array, bits: int, *, signed: bool = False, allocated: int = 16) -> None:
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = allocated, bits, bits - 1, int(signed)
    ds.PixelData = values.astype(f"<{'i' if signed else 'u'}{allocated // 8}").tobytes()
    ds["PixelData"].VR = "OW" if allocated > 8 else "OB"


def expected(rule: Rule) -> Array:
    """8-bit grey of the rule's frame, by pydicom."""
    ds = file_of(rule)
    stored = ds.pixel_array.reshape(-1, SIDE, SIDE)[rule.frame - 1]
    rule.told(ds)
    ds = _flat(ds, rule.frame)
    values = apply_modality_lut(stored, ds)
    if "WindowWidth" in ds:
        center, width = _first(ds.WindowCenter), _first(ds.WindowWidth)
        ends = np.array([center - 100 * width, center + 100 * width])
        shown, (black, white) = apply_windowing(values, ds), apply_windowing(ends, ds)
    elif "VOILUTSequence" in ds:
        shown, black, white = apply_voi(values.astype(np.int64), ds), 0, 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
    else:
        inside = values[stored != ds.PixelPaddingValue] if "PixelPaddingValue" in ds else values
        shown, black, white = np.clip(values, inside.min(), inside.max()), inside.min(), inside.max()
    grey = np.rint((shown.astype(np.float64) - black) / (float(white) - black) * 255)
    return cast(Array, 255 - grey) if ds.PhotometricInterpretation == "MONOCHROME1" else cast(Array, grey)


def _first(value: Any) -> float:
    return float(value[0] if hasattr(value, "__getitem__") and not isinstance(value, str) else value)


def _flat(ds: Dataset, frame: int) -> Dataset:
    """The functional groups of a frame at the top level, where pydicom's functions look for them."""
    flat = deepcopy(ds)
    own = ds.get("PerFrameFunctionalGroupsSequence", [])[frame - 1 : frame]
    for group in [*ds.get("SharedFunctionalGroupsSequence", []), *own]:
        for sequence in group:
            for element in sequence.value[0]:
                flat[element.tag] = element
    return flat


def _set(**attributes: Any) -> Callable[[Dataset], None]:
    def edit(ds: Dataset) -> None:
        for keyword, value in attributes.items():
            if value is None:
                delattr(ds, keyword)
            else:
                setattr(ds, keyword, value)

    return edit


def _all(*edits: Callable[[Dataset], None]) -> Callable[[Dataset], None]:
    def edit(ds: Dataset) -> None:
        for one in edits:
            one(ds)

    return edit


def _window(center: Any, width: Any, function: str = "") -> Callable[[Dataset], None]:
    return _set(WindowCenter=center, WindowWidth=width, **({"VOILUTFunction": function} if function else {}))


def _small_letters(ds: Dataset) -> None:
    ds[0x00281056] = DataElement(0x00281056, "CS", "sigmoid", validation_mode=config.IGNORE)


def _stored(values: Array, bits: int, *, signed: bool = False, allocated: int = 16) -> Callable[[Dataset], None]:
    return lambda ds: store(ds, values, bits, signed=signed, allocated=allocated)


def _table(
    keyword: str, entries: Array, bits: int, *, first: int = 0, packed: bool = False
) -> Callable[[Dataset], None]:
    def edit(ds: Dataset) -> None:
        item = Dataset()
        item.add_new(0x00283002, "SS" if first < 0 else "US", [len(entries), first, bits])
        item.add_new(0x00283006, "OW", entries.astype("u1" if packed else "<u2").tobytes())
        setattr(ds, keyword, Sequence([item]))

    return edit


def _groups(shared: dict[str, dict[str, Any]], *frames: dict[str, dict[str, Any]]) -> Callable[[Dataset], None]:
    def group(content: dict[str, dict[str, Any]]) -> Dataset:
        ds = Dataset()
        for keyword, attributes in content.items():
            item = Dataset()
            _set(**attributes)(item)
            setattr(ds, keyword, Sequence([item]))
        return ds

    def edit(ds: Dataset) -> None:
        ds.NumberOfFrames = len(frames)
        ds.PixelData = ds.PixelData * len(frames)
        ds["PixelData"].VR = "OW"
        ds.SharedFunctionalGroupsSequence = Sequence([group(shared)])
        ds.PerFrameFunctionalGroupsSequence = Sequence(map(group, frames))

    return edit


_CURVE = np.rint(4095 * (np.arange(4096) / 4095) ** 2.2).astype(np.int64)
_STEEP = np.rint(255 / (1 + np.exp(-(np.arange(256) - 128) / 20))).astype(np.int64)
_RESCALED = {"RescaleSlope": 2, "RescaleIntercept": -1024}
_told_wide = _table("VOILUTSequence", _STEEP * 257, 16, first=1900)
"""The same table for pydicom, which counts entries in the table's own bits: above 255 it begins again."""

RULES = (
    Rule("linear window", "C.11.2.1.2.1", _window(1500, 2000)),
    Rule("linear window of width 1", "C.11.2.1.2.1", _window(1600, 1)),
    Rule("exact linear window", "C.11.2.1.3.2", _window(8, 9, "LINEAR_EXACT"), frame=1),
    Rule("sigmoid window", "C.11.2.1.3.1", _window(2000, 1500, "SIGMOID")),
    Rule("sigmoid in small letters", "C.11.2.1.3.1", _all(_window(2000, 1500), _small_letters)),
    Rule("the first of several windows", "C.11.2.1.2", _window([1000, 3000], [500, 800])),
    Rule(
        "a first window that cannot be",
        "C.11.2.1.2",
        _window([1000, 3000], [0, 800]),
        _window(3000, 800),
    ),
    Rule(
        "a function that does not exist",
        "C.11.2.1.3",
        _window(1000, 500, "CUBIC"),
        _set(WindowCenter=None, WindowWidth=None, VOILUTFunction=None),
    ),
    Rule("no window", "C.11.2", _stored(100 + RAMP // 64, 12)),
    Rule(
        "no window, padding",
        "C.7.5.1.1.2",
        _all(_stored(np.where(RAMP < 20, 4000, RAMP), 12), _set(PixelPaddingValue=4000)),
    ),
    Rule("rescale", "C.11.1.1.2", _all(_set(RescaleSlope="0.5", RescaleIntercept="-1000.25"), _window(0, 1500))),
    Rule("signed values", "C.7.6.3.1", _all(_stored(RAMP * 16 - 2048, 12, signed=True), _window(-100, 3000))),
    Rule("eight bits", "C.7.6.3.1", _all(_stored(RAMP, 8, allocated=8), _window(100, 150))),
    Rule("thirty-two bits", "C.7.6.3.1", _all(_stored(RAMP * 100_000, 32, allocated=32), _window(12e6, 2e7))),
    Rule(
        "small values are bright",
        "C.7.6.3.1.2",
        _all(_set(PhotometricInterpretation="MONOCHROME1"), _window(1500, 2000)),
    ),
    Rule(
        "an inverse presentation",
        "C.11.6",
        _all(_set(PresentationLUTShape="INVERSE"), _window(1500, 2000)),
        _set(PhotometricInterpretation="MONOCHROME1"),
    ),
    Rule("modality table", "C.11.1", _all(_table("ModalityLUTSequence", _CURVE, 16), _window(1500, 2500))),
    Rule("modality table without window", "C.11.1", _table("ModalityLUTSequence", 4095 - _CURVE, 16)),
    Rule(
        "modality table from another first value",
        "C.11.1",
        _all(
            _stored(RAMP * 16 - 2048, 12, signed=True),
            _table("ModalityLUTSequence", _CURVE, 16, first=-2048),
            _window(1500, 2500),
        ),
    ),
    Rule(
        "a short modality table",
        "C.11.1.1",
        _all(_table("ModalityLUTSequence", _CURVE[::16] * 16, 16, first=1000), _window(30000, 60000)),
    ),
    Rule("VOI table", "C.11.2.1.1", _table("VOILUTSequence", _CURVE, 12)),
    Rule(
        "VOI table of small values that are bright",
        "C.11.2.1.1",
        _all(_table("VOILUTSequence", _CURVE, 12), _set(PhotometricInterpretation="MONOCHROME1")),
    ),
    Rule(
        "VOI table of eight bits",
        "C.11.2.1.1",
        _table("VOILUTSequence", _STEEP, 8, first=1900),
        _told_wide,
    ),
    Rule(
        "VOI table of eight bits, packed",
        "C.11.2.1.1",
        _table("VOILUTSequence", _STEEP, 8, first=1900, packed=True),
        _told_wide,
    ),
    Rule(
        "VOI table of rescaled values",
        "C.11.2.1.1",
        _all(_set(**_RESCALED), _table("VOILUTSequence", _CURVE * 16, 16, first=-1024)),
    ),
    Rule(
        "modality and VOI table",
        "C.11.2.1.1",
        _all(_table("ModalityLUTSequence", 4095 - _CURVE, 16), _table("VOILUTSequence", _CURVE, 12)),
    ),
    Rule(
        "a window stands before a VOI table",
        "C.11.2.1",
        _all(_table("VOILUTSequence", _CURVE, 12), _window(1500, 2000)),
    ),
    Rule(
        "rescale and window of a frame",
        "C.7.6.16.2",
        _groups(
            {"PixelValueTransformationSequence": _RESCALED},
            {"FrameVOILUTSequence": {"WindowCenter": 0, "WindowWidth": 500}},
            {"FrameVOILUTSequence": {"WindowCenter": 3000, "WindowWidth": 4000, "VOILUTFunction": "SIGMOID"}},
        ),
        frame=2,
    ),
)
