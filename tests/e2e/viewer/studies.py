"""Small studies made by code for the viewer's tests: every pixel's value and every label is known."""

import numpy as np
from pydicom import Dataset, dcmread
from pydicom.data import get_testdata_file
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian

ROOT = "1.2.826.0.1.3680043.8.498.77"
SLICES, ROWS, COLUMNS = 24, 96, 128
SPACING = 0.8


def ct_stack(
    study: int = 1, *, patient: str = "陈远山", number: str = "0026118842", slices: int = SLICES
) -> list[Dataset]:
    """A CT from the feet up whose values say column, row and slice; a bright square marks column 40, row 30."""
    return [_ct_slice(study, index, slices, patient, number) for index in range(slices)]


CORONAL_ROWS, CORONAL_STEP = 46, 2.5


def coronal(study: int, series: int = 2) -> list[Dataset]:
    """Three coronal slices of the space of `ct_stack`, 20 mm apart, as tall as it is."""
    made = []
    for index in range(3):
        ds = _ct_slice(study, index, SLICES, "陈远山", "0026118842")
        ds.SeriesInstanceUID, ds.SeriesNumber, ds.SeriesDescription = (
            f"{study_uid(study)}.{series}",
            series + 3,
            "冠状位",
        )
        ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(f"{study_uid(study)}.{series}.{index + 1}")
        top = -100.0 + 5 * (SLICES - 1)
        ds.ImagePositionPatient, ds.ImageOrientationPatient = [-51.2, -20.0 + 20 * index, top], [1, 0, 0, 0, 0, -1]
        ds.Rows, ds.PixelSpacing = CORONAL_ROWS, [CORONAL_STEP, SPACING]
        ds.PixelData = ds.PixelData[: 2 * CORONAL_ROWS * COLUMNS]
        made.append(ds)
    return made


def study_uid(study: int = 1) -> str:
    return f"{ROOT}.{study}"


def sop_uid(index: int, study: int = 1) -> str:
    return f"{ROOT}.{study}.1.{index + 1}"


def _ct_slice(study: int, index: int, slices: int, patient: str, number: str) -> Dataset:
    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.SpecificCharacterSet = "ISO_IR 192"
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = CTImageStorage
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(sop_uid(index, study))
    ds.StudyInstanceUID, ds.SeriesInstanceUID = study_uid(study), f"{study_uid(study)}.1"
    ds.FrameOfReferenceUID = f"{study_uid(study)}.9"
    ds.StudyDate, ds.StudyTime, ds.Modality = "20260301", "082046", "CT"
    ds.PatientName, ds.PatientID = f"Chen^Yuanshan={patient}", number
    ds.PatientSex, ds.PatientBirthDate, ds.PatientAge = "M", "19680412", "057Y"
    ds.StudyDescription, ds.SeriesDescription, ds.BodyPartExamined = "主动脉 CTA", "动脉期", "CHEST"
    # Instance numbers run from the feet up, so the viewer has to turn the stack round.
    ds.SeriesNumber, ds.InstanceNumber, ds.SliceThickness = 3, index + 1, 5
    ds.ImagePositionPatient = [-51.2, -38.4, -100.0 + 5 * index]
    ds.ImageOrientationPatient, ds.PixelSpacing = [1, 0, 0, 0, 1, 0], [SPACING, SPACING]
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = ROWS, COLUMNS, 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.RescaleSlope, ds.RescaleIntercept = 1, -1024
    ds.WindowCenter, ds.WindowWidth = 50, 400
    column, row = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    values = 1024 + column + row // 2 + 4 * index
    values[28:33, 38:43] = 1024 + 250
    ds.PixelData = values.astype("<u2").tobytes()
    return ds


def grey_at(index: int, column: int, row: int, center: float = 50, width: float = 400) -> int:
    """What the screen must show there (PS3.3 C.11.2.1.2.1)."""
    value = 250 if 28 <= row < 33 and 38 <= column < 43 else column + row // 2 + 4 * index
    return round(min(1.0, max(0.0, (value - (center - 0.5)) / (width - 1) + 0.5)) * 255)


def sample(name: str, study: int) -> FileDataset:
    """One of pydicom's files as a study of its own."""
    path = get_testdata_file(name)
    assert isinstance(path, str), name
    ds = dcmread(path)
    ds.StudyInstanceUID, ds.SeriesInstanceUID = study_uid(study), f"{study_uid(study)}.1"
    ds.SOPInstanceUID = ds.file_meta.MediaStorageSOPInstanceUID = UID(sop_uid(0, study))
    return ds
