"""A multi-frame object of any size, written frame by frame: an enhanced CT, or an ultrasound cine in colour."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from pydicom import Dataset
from pydicom.dataset import FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, EnhancedCTImageStorage, ExplicitVRLittleEndian, UltrasoundMultiFrameImageStorage

from tests.imaging.made import uid

SIDE: Final = 512
FRAME: Final = SIDE * SIDE * 2
"""Bytes of a frame of the CT; one of the cine has half as much again."""


def enhanced_ct(path: Path, frames: int, study: str = "enhanced") -> None:
    """Slices of a phantom with noise, each with its place; 0.5 MB a frame."""
    ds = _head(study, EnhancedCTImageStorage, "CT", frames)
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    shared = _group(
        PixelMeasuresSequence={"PixelSpacing": [0.7, 0.7], "SliceThickness": 0.5},
        PlaneOrientationSequence={"ImageOrientationPatient": [1, 0, 0, 0, 1, 0]},
        PixelValueTransformationSequence={"RescaleSlope": 1, "RescaleIntercept": -1024, "RescaleType": "HU"},
        FrameVOILUTSequence={"WindowCenter": 40, "WindowWidth": 400},
    )
    ds.SharedFunctionalGroupsSequence = Sequence([shared])
    ds.PerFrameFunctionalGroupsSequence = Sequence(
        _group(
            PlanePositionSequence={"ImagePositionPatient": [-179.2, -179.2, 0.5 * number]},
            FrameContentSequence={"StackID": "1", "InStackPositionNumber": number + 1},
        )
        for number in range(frames)
    )
    _write(path, ds, frames, "OW")


def us_cine(path: Path, frames: int, study: str = "cine") -> None:
    ds = _head(study, UltrasoundMultiFrameImageStorage, "US", frames)
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.PlanarConfiguration = 3, "RGB", 0
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 8, 8, 7, 0
    ds.FrameTime = 33
    _write(path, ds, frames, "OB")


def frame(number: int, *, colour: bool = False) -> bytes:
    """What is stored as frame `number` (from 1); the first row says which it is."""
    values = _phantom(number % 8).copy()
    values[0] = number
    if not colour:
        return values.astype("<u2").tobytes()
    return np.repeat((values % 256).astype(np.uint8)[..., None], 3, axis=2).tobytes()


@cache
def _phantom(number: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    rows, columns = np.mgrid[0:SIDE, 0:SIDE]
    body = (rows - 256) ** 2 / 200**2 + (columns - 256) ** 2 / 150**2 < 1
    ball = (rows - 256) ** 2 + (columns - 200 - 10 * number) ** 2 < 900
    noise = np.random.default_rng(number).integers(-12, 12, (SIDE, SIDE))
    values: np.ndarray[Any, np.dtype[np.int64]] = np.where(body, 1064 + noise, 24 + noise) + 200 * ball
    return values


def _head(study: str, sop_class: UID, modality: str, frames: int) -> Dataset:
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = sop_class
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(uid(study, "series", "1"))
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid(study), uid(study, "series")
    ds.PatientName, ds.PatientID, ds.StudyDate, ds.StudyTime = "Ceshi^Yi", "T0001", "20260301", "101500"
    ds.Modality, ds.SeriesNumber, ds.InstanceNumber = modality, 1, 1
    ds.Rows = ds.Columns = SIDE
    ds.NumberOfFrames = frames
    return ds


def _group(**sequences: dict[str, object]) -> Dataset:
    ds = Dataset()
    for keyword, attributes in sequences.items():
        item = Dataset()
        for name, value in attributes.items():
            setattr(item, name, value)
        setattr(ds, keyword, Sequence([item]))
    return ds


def _write(path: Path, ds: Dataset, frames: int, vr: str) -> None:
    """The pixel data is the last element: its head and then one frame behind the other."""
    ds.save_as(path, enforce_file_format=True)
    colour = ds.SamplesPerPixel == 3
    length = frames * len(frame(1, colour=colour))
    with path.open("ab") as out:
        out.write(b"\xe0\x7f\x10\x00" + vr.encode() + b"\0\0" + length.to_bytes(4, "little"))
        for number in range(1, frames + 1):
            out.write(frame(number, colour=colour))
