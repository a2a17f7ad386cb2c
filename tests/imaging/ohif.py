"""A study for OHIF: slices of a CT with a drawing over them, colours through a palette, and colours in JPEG."""

from pathlib import Path
from typing import Final

import numpy as np
from pydicom.uid import (
    UID,
    CTImageStorage,
    SecondaryCaptureImageStorage,
    UltrasoundImageStorage,
)

from tests.imaging.colour_rules import RGB, colours, jpeg, palette
from tests.imaging.made import as_bytes, uid
from tests.imaging.overlay_rules import overlay
from tests.imaging.rule import Edit, Rule, every, file_of, having, windowed

STUDY: Final = uid("ohif")
SERIES: Final = tuple(uid("ohif", kind) for kind in ("CT", "OT", "US"))
SLICES: Final = 3
ASKS: Final = Path(__file__).with_name("ohif_asks.json")
"""What OHIF asked of this study, by `tests/bench/ohif_asks.py`."""
_UP = np.arange(256) * 257
_LARGE = np.arange(96 * 96).reshape(96, 96) % 3 == 0
"""Long enough to be sent as bulk data."""


def sop(kind: str, number: int) -> str:
    return uid("ohif", kind, str(number))


def _file(kind: str, number: int, sop_class: str, *edits: Edit) -> bytes:
    ds = file_of(Rule(f"ohif {kind} {number}", "", every(*edits)))
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = UID(sop_class)
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.Modality = STUDY, uid("ohif", kind), kind
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(sop(kind, number))
    ds.SeriesNumber, ds.InstanceNumber = ("CT", "OT", "US").index(kind) + 1, number
    ds.PatientName, ds.PatientID, ds.PatientBirthDate, ds.PatientSex = "Ceshi^Yi", "T0001", "19700101", "F"
    ds.StudyDate, ds.StudyTime, ds.AccessionNumber = "20260301", "101500", "A-ohif"
    ds.StudyDescription, ds.SeriesDescription = "Chest", kind
    return as_bytes(ds)


def _slice(number: int) -> Edit:
    place = having(
        ImagePositionPatient=[0, 0, 5 * number],
        ImageOrientationPatient=[1, 0, 0, 0, 1, 0],
        PixelSpacing=[1, 1],
        SliceThickness=5,
        FrameOfReferenceUID=uid("ohif", "space"),
        RescaleSlope=1,
        RescaleIntercept=0,
    )
    return every(windowed(2000, 4000), place, overlay(_LARGE, at=(-40, -40)))


def files() -> list[bytes]:
    slices = [_file("CT", number, CTImageStorage, _slice(number)) for number in range(1, SLICES + 1)]
    through_palette = _file("OT", 1, SecondaryCaptureImageStorage, palette(_UP, _UP[::-1], _UP))
    in_jpeg = _file("US", 1, UltrasoundImageStorage, colours(RGB, "RGB"), jpeg)
    return [*slices, through_palette, in_jpeg]
