"""Synthetic CT and CR studies of the phantom, with correct geometry and Chinese names in two encodings."""

from datetime import datetime

from pydicom.dataset import Dataset
from pydicom.uid import ComputedRadiographyImageStorage, CTImageStorage

from telemed.demo.images.header import Files, Study, describe, part10, uid
from telemed.demo.images.phantom import Findings, Thorax
from telemed.demo.images.radiograph import SPACING, chest


def ct(study: Study, now: datetime, findings: Findings, *, slices: int, step: float, series_name: str) -> Files:
    """Axial slices from head to foot, `step` mm apart, one file each, in GB18030."""
    thorax = Thorax(findings, seed_of(study))
    half = thorax.spacing * (thorax.size - 1) / 2
    first = step * (slices - 1) / 2
    for number in range(slices):
        z = round(first - number * step, 3)
        image = Dataset()
        image.SpecificCharacterSet = "GB18030"
        image.SOPClassUID = CTImageStorage
        image.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
        describe(image, study, now, series=2, series_name=series_name, instance=number + 1)
        image.ManufacturerModelName = "Phantom CT"
        image.KVP = "120"
        image.PatientPosition = "HFS"
        image.AcquisitionNumber = 1
        image.FrameOfReferenceUID = uid("frame", study.key)
        image.PositionReferenceIndicator = ""
        image.SliceThickness = f"{step}"
        image.SpacingBetweenSlices = f"{step}"
        image.ImagePositionPatient = [f"{-half:.4f}", f"{-half:.4f}", f"{z}"]
        image.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
        image.SliceLocation = f"{z}"
        image.PixelSpacing = [f"{thorax.spacing:.4f}"] * 2
        if findings.contrast:
            image.ContrastBolusAgent = "IODINE"
        image.RescaleIntercept, image.RescaleSlope, image.RescaleType = "-1024", "1", "HU"
        image.WindowCenter, image.WindowWidth = (
            (["150", "-500"], ["600", "1500"]) if findings.contrast else (["40", "-500"], ["400", "1500"])
        )
        image.WindowCenterWidthExplanation = ["MEDIASTINUM", "LUNG"]
        pixels(image, (thorax.slice(z) + 1024).astype("<u2").tobytes(), thorax.size, thorax.size, stored=12)
        yield part10(image)


def cr(study: Study, now: datetime, findings: Findings) -> Files:
    """One postero-anterior chest radiograph, in UTF-8; its spacing is the detector's."""

    picture = chest(findings, seed_of(study))
    image = Dataset()
    image.SpecificCharacterSet = "ISO_IR 192"
    image.SOPClassUID = ComputedRadiographyImageStorage
    image.ImageType = ["ORIGINAL", "PRIMARY"]
    describe(image, study, now, series=1, series_name="胸部正位 PA", instance=1)
    image.ManufacturerModelName = "Phantom CR"
    image.ViewPosition = "PA"
    image.PatientOrientation = ["L", "F"]
    image.ImagerPixelSpacing = [f"{SPACING}"] * 2
    image.RescaleIntercept, image.RescaleSlope, image.RescaleType = "0", "1", "US"
    image.WindowCenter, image.WindowWidth = "2000", "3600"
    rows, columns = picture.shape
    pixels(image, picture.astype("<u2").tobytes(), rows, columns, stored=12)
    yield part10(image)


def pixels(image: Dataset, data: bytes, rows: int, columns: int, stored: int) -> None:
    image.SamplesPerPixel = 1
    image.PhotometricInterpretation = "MONOCHROME2"
    image.Rows, image.Columns = rows, columns
    image.BitsAllocated, image.BitsStored, image.HighBit = 16, stored, stored - 1
    image.PixelRepresentation = 0
    image.PixelData = data


def seed_of(study: Study) -> int:
    return int(study.study_uid.rpartition(".")[2]) % 2**32
