"""The rules of grey pictures: modality and VOI transforms, and how values are stored."""

import numpy as np
from pydicom import Dataset
from pydicom.uid import ExplicitVRLittleEndian, XRayAngiographicImageStorage

from tests.imaging.rule import (
    RAMP,
    SIDE,
    Edit,
    Rule,
    at_the_bottom,
    at_the_top,
    big_endian,
    every,
    framed,
    having,
    lut,
    run_lengths,
    small_letters,
    unknown,
    values_of,
    windowed,
)

_CURVE = np.rint(4095 * (np.arange(4096) / 4095) ** 2.2).astype(np.int64)
_STEEP = np.rint(255 / (1 + np.exp(-(np.arange(256) - 128) / 20))).astype(np.int64)
_SIGNED = values_of(RAMP * 16 - 2048, 12, signed=True)
_RESCALED = {"RescaleSlope": 2, "RescaleIntercept": -1024}
_told_wide = lut("VOILUTSequence", _STEEP * 257, 16, first=1900)
"""The same table for pydicom, which counts entries in the table's own bits: above 255 it begins again."""


_WINDOW = windowed(1500, 2500)


def one_bit(side: int, frames: int = 1) -> Edit:
    def edit(ds: Dataset) -> None:
        ds.Rows = ds.Columns = side
        ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 1, 1, 0, 0
        bits = np.packbits(np.arange(side * side * frames) // 3 % 2, bitorder="little").tobytes()
        ds.PixelData = bits + b"\0" * (len(bits) % 2)
        ds["PixelData"].VR = "OB"
        if frames > 1:
            ds.NumberOfFrames = frames

    return edit


def _xray(ds: Dataset) -> None:
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = XRayAngiographicImageStorage


def _plain(ds: Dataset) -> None:
    """The same without run lengths, in the lowest bits."""
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    _SIGNED(ds)


GREY_RULES = (
    Rule("linear window", "C.11.2.1.2.1", windowed(1500, 2000)),
    Rule("linear window of width 1", "C.11.2.1.2.1", windowed(1600, 1)),
    Rule("exact linear window", "C.11.2.1.3.2", every(values_of(RAMP // 16, 12), windowed(8, 9, "LINEAR_EXACT"))),
    Rule("sigmoid window", "C.11.2.1.3.1", windowed(2000, 1500, "SIGMOID")),
    Rule("sigmoid in small letters", "C.11.2.1.3.1", every(windowed(2000, 1500), small_letters)),
    Rule("the first of several windows", "C.11.2.1.2", windowed([1000, 3000], [500, 800])),
    Rule(
        "a first window that cannot be",
        "C.11.2.1.2",
        windowed([1000, 3000], [0, 800]),
        windowed(3000, 800),
    ),
    Rule(
        "a function that does not exist",
        "C.11.2.1.3",
        windowed(1000, 500, "CUBIC"),
        having(WindowCenter=None, WindowWidth=None, VOILUTFunction=None),
    ),
    Rule("no window", "C.11.2", values_of(100 + RAMP // 64, 12)),
    Rule(
        "no window, padding",
        "C.7.5.1.1.2",
        every(values_of(np.where(RAMP < 20, 4000, RAMP), 12), having(PixelPaddingValue=4000)),
    ),
    Rule(
        "no window, padding from one value to another",
        "C.7.5.1.1.2",
        every(
            values_of(np.where(RAMP < 20, 4000 - RAMP, RAMP), 12),
            having(PixelPaddingValue=4000, PixelPaddingRangeLimit=3900),
        ),
    ),
    Rule("one bit", "C.7.6.3.1", one_bit(SIDE)),
    Rule("one bit, in frames that end inside a byte", "C.7.6.3.1, PS3.5 8.1.1", one_bit(15, frames=2), frame=2),
    Rule("rescale with a negative slope", "C.11.1.1.2", having(RescaleSlope="-2", RescaleIntercept="100")),
    Rule("rescale", "C.11.1.1.2", every(having(RescaleSlope="0.5", RescaleIntercept="-1000.25"), windowed(0, 1500))),
    Rule("signed values", "C.7.6.3.1", every(values_of(RAMP * 16 - 2048, 12, signed=True), windowed(-100, 3000))),
    Rule("eight bits", "C.7.6.3.1", every(values_of(RAMP, 8, allocated=8), windowed(100, 150))),
    Rule("thirty-two bits", "C.7.6.3.1", every(values_of(RAMP * 100_000, 32, allocated=32), windowed(12e6, 2e7))),
    Rule(
        "small values are bright",
        "C.7.6.3.1.2",
        every(having(PhotometricInterpretation="MONOCHROME1"), windowed(1500, 2000)),
    ),
    Rule(
        "an inverse presentation",
        "C.11.6",
        every(having(PresentationLUTShape="INVERSE"), windowed(1500, 2000)),
        having(PhotometricInterpretation="MONOCHROME1"),
    ),
    Rule("modality table", "C.11.1", every(lut("ModalityLUTSequence", _CURVE, 16), windowed(1500, 2500))),
    Rule("modality table without window", "C.11.1", lut("ModalityLUTSequence", 4095 - _CURVE, 16)),
    Rule(
        "modality table from another first value",
        "C.11.1",
        every(
            values_of(RAMP * 16 - 2048, 12, signed=True),
            lut("ModalityLUTSequence", _CURVE, 16, first=-2048),
            windowed(1500, 2500),
        ),
    ),
    Rule(
        "a short modality table",
        "C.11.1.1",
        every(lut("ModalityLUTSequence", _CURVE[::16] * 16, 16, first=1000), windowed(30000, 60000)),
    ),
    Rule(
        "a modality table of X-ray angiography is not for the display",
        "C.8.7.1.1.2",
        every(_xray, lut("ModalityLUTSequence", 4095 - _CURVE, 16), windowed(1500, 2500)),
        having(ModalityLUTSequence=None),
    ),
    Rule(
        "neither is a rescale of X-ray angiography",
        "C.8.7.1.1.2",
        every(_xray, having(PixelIntensityRelationship="LOG", RescaleSlope="2", RescaleIntercept="-1000"), _WINDOW),
        having(RescaleSlope=None, RescaleIntercept=None),
    ),
    Rule("VOI table", "C.11.2.1.1", lut("VOILUTSequence", _CURVE, 12)),
    Rule(
        "VOI table of small values that are bright",
        "C.11.2.1.1",
        every(lut("VOILUTSequence", _CURVE, 12), having(PhotometricInterpretation="MONOCHROME1")),
    ),
    Rule(
        "VOI table of eight bits",
        "C.11.2.1.1",
        lut("VOILUTSequence", _STEEP, 8, first=1900),
        _told_wide,
    ),
    Rule(
        "VOI table of eight bits, packed",
        "C.11.2.1.1",
        lut("VOILUTSequence", _STEEP, 8, first=1900, packed=True),
        _told_wide,
    ),
    Rule(
        "VOI table of rescaled values",
        "C.11.2.1.1",
        every(having(**_RESCALED), lut("VOILUTSequence", _CURVE * 16, 16, first=-1024)),
    ),
    Rule(
        "modality and VOI table",
        "C.11.2.1.1",
        every(lut("ModalityLUTSequence", 4095 - _CURVE, 16), lut("VOILUTSequence", _CURVE, 12)),
    ),
    Rule(
        "a window stands before a VOI table",
        "C.11.2.1",
        every(lut("VOILUTSequence", _CURVE, 12), windowed(1500, 2000)),
    ),
    Rule(
        "rescale and window of a frame",
        "C.7.6.16.2",
        framed(
            {"PixelValueTransformationSequence": _RESCALED},
            {"FrameVOILUTSequence": {"WindowCenter": 0, "WindowWidth": 500}},
            {"FrameVOILUTSequence": {"WindowCenter": 3000, "WindowWidth": 4000, "VOILUTFunction": "SIGMOID"}},
        ),
        frame=2,
    ),
    Rule("no High Bit", "C.7.6.3.1", every(windowed(1500, 2000), having(HighBit=None)), told=having(HighBit=11)),
    Rule("stored bits at the top", "PS3.5 8.1.1", every(windowed(1500, 2000), at_the_top), told=at_the_bottom),
    Rule(
        "signed bits at the top, in run lengths",
        "PS3.5 8.1.1",
        every(_SIGNED, windowed(0, 3000), at_the_top, run_lengths),
        told=_plain,
    ),
    Rule("bits above the stored ones", "C.7.6.3.1", every(values_of(RAMP * 16 + 0xF000, 12), windowed(1500, 2000))),
    Rule(
        "run lengths of thirty-two bits",
        "PS3.5 G",
        every(values_of(RAMP * 100_000, 32, allocated=32), windowed(12e6, 2e7), run_lengths),
    ),
    Rule(
        "run lengths of signed values",
        "PS3.5 G",
        every(values_of(RAMP * 16 - 2048, 12, signed=True), windowed(0, 3000), run_lengths),
    ),
    Rule("big endian", "PS3.5 7.3", every(big_endian, windowed(1500, 2000))),
    Rule(
        "big endian words of an odd number of bytes",
        "PS3.5 8.1.1",
        every(having(Rows=15, Columns=15), values_of(RAMP[:15, :15], 8, allocated=8), big_endian, windowed(120, 240)),
    ),
    Rule(
        "big endian words of frames of an odd number of bytes",
        "PS3.5 8.1.1",
        every(
            having(Rows=15, Columns=15, NumberOfFrames=2),
            values_of(np.concatenate([RAMP[:15, :15], 255 - RAMP[:15, :15]]), 8, allocated=8),
            big_endian,
            windowed(120, 240),
        ),
        frame=2,
    ),
    Rule(
        "big endian VOI table",
        "C.11.2.1.1",
        every(lut("VOILUTSequence", _CURVE, 12), big_endian),
    ),
    Rule(
        "known attributes of unknown representation",
        "PS3.5 6.2.2",
        every(
            windowed(1500, 2000),
            unknown("PatientName", "Rows", "Columns", "BitsStored", "WindowCenter", "WindowWidth", "Modality"),
        ),
    ),
    Rule(
        "a sequence of unknown representation",
        "PS3.5 6.2.2",
        every(lut("VOILUTSequence", _CURVE, 12), unknown("VOILUTSequence")),
    ),
)
