"""A rule by which a file's values become a picture (PS3.3 C.7.6.3, C.7.6.16.2, C.11), and a small file for it.

What must be on the screen is computed by pydicom, which neither the archive's pictures nor the painter use for it.
`docs/decisions/0035-one-table-of-picture-rules.md` says which rules there are, and which are missing.
"""

import struct
import warnings
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import imagecodecs
import numpy as np
from pydicom import DataElement, Dataset, config, dcmread
from pydicom.dataset import FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.filebase import DicomBytesIO
from pydicom.filewriter import write_data_element
from pydicom.pixels.processing import apply_color_lut, apply_icc_profile, apply_modality_lut, apply_voi, apply_windowing
from pydicom.pixels.utils import pixel_array
from pydicom.sequence import Sequence
from pydicom.uid import (
    UID,
    CTImageStorage,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLosslessRPCL,
    RLELossless,
)

from tests.imaging.made import as_bytes, uid

Array = np.ndarray[Any, np.dtype[Any]]
Edit = Callable[[Dataset], None]
SIDE = 16
TOLERANCE = 2
"""Of 255."""
RAMP = np.arange(SIDE * SIDE, dtype=np.int64).reshape(SIDE, SIDE)


@dataclass(frozen=True)
class Rule:
    name: str
    section: str
    edit: Edit
    """Makes the plain picture into one that needs the rule."""
    told: Edit = lambda _: None
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
    """The rule's frame as pydicom reads it from the file: 8-bit grey, or colours in a third dimension."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about the files that are wrong on purpose
        ds = dcmread(BytesIO(as_bytes(file_of(rule))))
        rule.told(ds)
        return picture_of(ds, rule.frame)


def picture_of(ds: Dataset, frame: int) -> Array:
    """A frame by pydicom's functions: 8-bit grey, or colours in a third dimension."""
    pixels = pixel_array(ds, index=frame - 1)
    grey = "MONOCHROME" in ds.PhotometricInterpretation
    shown = _grey(pixels, _flat(ds, frame)) if grey else _colour(pixels, ds)
    for group in range(0x6000, 0x6020, 2):
        if (group, 0x3000) in ds:
            _draw(ds, group, frame, shown)
        elif (group, 0x0102) in ds:
            cells = pixel_array(ds, index=frame - 1, correct_unused_bits=False)
            _draw_plane((cells >> ds[group, 0x0102].value) & 1, ds[group, 0x0040].value, (0, 0), shown)
    return shown


def _draw(ds: Dataset, group: int, frame: int, shown: Array) -> None:
    """An overlay plane as pydicom reads it, pixel by pixel where its origin says."""
    drawn = ds.overlay_array(group)
    if drawn.ndim == 3:
        at = frame - ds[group, 0x0051].value
        if not 0 <= at < len(drawn):
            return
        drawn = drawn[at]
    top, left = (one - 1 for one in ds[group, 0x0050].value)
    _draw_plane(drawn, ds[group, 0x0040].value, (top, left), shown)


def _draw_plane(drawn: Array, kind: str, at: tuple[int, int], shown: Array) -> None:
    set_ = {(int(row), int(column)) for row, column in np.argwhere(drawn)}
    top, left = at
    for row, column in set_:
        beside = {(row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)}
        edge = kind == "G" or not beside <= set_
        if edge and 0 <= row + top < shown.shape[0] and 0 <= column + left < shown.shape[1]:
            shown[row + top, column + left] = 255


def _grey(stored: Array, ds: Dataset) -> Array:
    values = apply_modality_lut(stored, ds)
    if "WindowWidth" in ds:
        center, width = _first(ds.WindowCenter), _first(ds.WindowWidth)
        ends = np.array([center - 100 * width, center + 100 * width])
        shown, (black, white) = apply_windowing(values, ds), apply_windowing(ends, ds)
    elif "VOILUTSequence" in ds:
        shown, black, white = apply_voi(values.astype(np.int64), ds), 0, 2 ** ds.VOILUTSequence[0].LUTDescriptor[2] - 1
    else:
        inside = values[~_padding(stored, ds)]
        shown, black, white = np.clip(values, inside.min(), inside.max()), inside.min(), inside.max()
    grey = np.rint((shown.astype(np.float64) - black) / (float(white) - black) * 255)
    return cast(Array, 255 - grey) if ds.PhotometricInterpretation == "MONOCHROME1" else cast(Array, grey)


def _padding(stored: Array, ds: Dataset) -> Array:
    if "PixelPaddingValue" not in ds:
        return np.zeros(stored.shape, bool)
    ends = ds.PixelPaddingValue, ds.get("PixelPaddingRangeLimit", ds.PixelPaddingValue)
    return cast(Array, (stored >= min(ends)) & (stored <= max(ends)))


def _colour(pixels: Array, ds: Dataset) -> Array:
    if ds.PhotometricInterpretation == "PALETTE COLOR":
        pixels = apply_color_lut(pixels, ds)
        return cast(Array, pixels / (1 if pixels.dtype == np.uint8 else 257))
    if "ICCProfile" in ds:
        pixels = apply_icc_profile(pixels, ds)
    return cast(Array, pixels / (2**ds.BitsStored - 1) * 255)


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


def having(**attributes: Any) -> Edit:
    def edit(ds: Dataset) -> None:
        for keyword, value in attributes.items():
            if value is None:
                delattr(ds, keyword)
            else:
                setattr(ds, keyword, value)

    return edit


def every(*edits: Edit) -> Edit:
    def edit(ds: Dataset) -> None:
        for one in edits:
            one(ds)

    return edit


def windowed(center: Any, width: Any, function: str = "") -> Edit:
    return having(WindowCenter=center, WindowWidth=width, **({"VOILUTFunction": function} if function else {}))


def small_letters(ds: Dataset) -> None:
    ds[0x00281056] = DataElement(0x00281056, "CS", "sigmoid", validation_mode=config.IGNORE)


def values_of(values: Array, bits: int, *, signed: bool = False, allocated: int = 16) -> Edit:
    return lambda ds: store(ds, values, bits, signed=signed, allocated=allocated)


def lut(keyword: str, entries: Array, bits: int, *, first: int = 0, packed: bool = False) -> Edit:
    def edit(ds: Dataset) -> None:
        item = Dataset()
        item.add_new(0x00283002, "SS" if first < 0 else "US", [len(entries), first, bits])
        item.add_new(0x00283006, "OW", entries.astype("u1" if packed else "<u2").tobytes())
        setattr(ds, keyword, Sequence([item]))

    return edit


def framed(shared: dict[str, dict[str, Any]], *frames: dict[str, dict[str, Any]]) -> Edit:
    def group(content: dict[str, dict[str, Any]]) -> Dataset:
        ds = Dataset()
        for keyword, attributes in content.items():
            item = Dataset()
            having(**attributes)(item)
            setattr(ds, keyword, Sequence([item]))
        return ds

    def edit(ds: Dataset) -> None:
        ds.NumberOfFrames = len(frames)
        ds.PixelData = ds.PixelData * len(frames)
        ds["PixelData"].VR = "OW"
        ds.SharedFunctionalGroupsSequence = Sequence([group(shared)])
        ds.PerFrameFunctionalGroupsSequence = Sequence(map(group, frames))

    return edit


def big_endian(ds: Dataset) -> None:
    """Explicit VR Big Endian: words are swapped, also where they hold two pixels of eight bits."""
    ds.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    pixels = ds.PixelData + b"\0" * (len(ds.PixelData) % 2)
    ds.PixelData = np.frombuffer(pixels, "<u2").byteswap().tobytes()
    ds["PixelData"].VR = "OW"
    for item in ds.get("VOILUTSequence", []):
        item.LUTData = np.frombuffer(item.LUTData, "<u2").byteswap().tobytes()


def at_the_top(ds: Dataset) -> None:
    """The stored bits are the upper twelve of sixteen (High Bit 15); below them is noise, or an overlay in bit 0."""
    cells = np.frombuffer(ds.PixelData, "<u2")
    ds.PixelData = (cells << 4 | cells >> 4 & 0b1110).astype("<u2").tobytes()
    ds.HighBit = 15


def at_the_bottom(ds: Dataset) -> None:
    """For pydicom, which knows no other place: the lowest bits become the highest."""
    cells = np.frombuffer(ds.PixelData, "<u2")
    ds.PixelData = (cells >> 4 | cells << 12).astype("<u2").tobytes()
    ds.HighBit = 11
    if (0x6000, 0x0102) in ds:
        ds[0x6000, 0x0102].value += 12


def unknown(*keywords: str) -> Edit:
    """Writes attributes with the VR UN, as writers do that have an old dictionary."""

    def edit(ds: Dataset) -> None:
        ds.PatientName = "Ceshi^Yi"
        replaced, config.replace_un_with_known_vr = config.replace_un_with_known_vr, False
        for keyword in keywords:
            out = DicomBytesIO()
            out.is_little_endian, out.is_implicit_VR = True, True
            write_data_element(out, ds[keyword])
            tag = ds[keyword].tag
            ds[tag] = DataElement(tag, "UN", out.getvalue()[8:])
        config.replace_un_with_known_vr = replaced

    return edit


def cut_off() -> Dataset:
    """HTJ2K of which the last quarter is missing."""
    side = 96
    ds = file_of(Rule("a codestream cut off", "PS3.5 A.4.12", lambda _: None))
    ds.Rows = ds.Columns = side
    store(ds, np.arange(side * side).reshape(side, side) % 4096, 12)
    pixels = np.frombuffer(ds.PixelData, "<u2").reshape(side, side)
    whole = imagecodecs.htj2k_encode(pixels, reversible=True)
    ds.PixelData = encapsulate([bytes(whole[: len(whole) * 3 // 4])])
    ds.file_meta.TransferSyntaxUID = HTJ2KLosslessRPCL
    ds["PixelData"].VR, ds["PixelData"].is_undefined_length = "OB", True
    return ds


def run_lengths(ds: Dataset) -> None:
    """RLE Lossless, in runs of 128 bytes as they are: pydicom writes none of 32 bits."""
    width, samples = ds.BitsAllocated // 8, ds.SamplesPerPixel
    firsts = [sample * width + byte for sample in range(samples) for byte in reversed(range(width))]
    rows = [ds.PixelData[first :: samples * width] for first in firsts]
    segments = [b"".join(b"\x7f" + row[at : at + 128] for at in range(0, len(row), 128)) for row in rows]
    starts = [64 + sum(map(len, segments[:number])) for number in range(len(rows))]
    header = struct.pack("<16I", len(rows), *starts, *[0] * (15 - len(rows)))
    ds.file_meta.TransferSyntaxUID = RLELossless
    ds.PixelData = encapsulate([header + b"".join(segments)])
    ds["PixelData"].VR, ds["PixelData"].is_undefined_length = "OB", True
