"""The header of every demonstration image: patient, study and equipment, with stable UIDs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import UID, ExplicitVRLittleEndian

from telemed.demo.images.person import ZONE, Person

SPACE = uuid5(NAMESPACE_URL, "telemed-demo")
IMPLEMENTATION = UID(f"2.25.{uuid5(SPACE, 'implementation').int}")


def uid(*words: object) -> UID:
    """The same words give the same UID on every machine (PS3.5 B.2)."""
    return UID(f"2.25.{uuid5(SPACE, '/'.join(map(str, words))).int}")


@dataclass(frozen=True)
class Study:
    """One study: `key` identifies it for good, `ago` counts back from the start of the demonstration."""

    key: str
    hospital: str
    institution: str
    person: Person
    modality: str
    description: str
    body_part: str
    ago: timedelta
    laterality: str = ""

    @property
    def study_uid(self) -> UID:
        return uid("study", self.key)

    def at(self, now: datetime) -> datetime:
        """When it was taken, in the sending hospital's time zone."""
        return (now - self.ago).astimezone(ZONE).replace(microsecond=0)


def describe(image: Dataset, study: Study, now: datetime, *, series: int, series_name: str, instance: int) -> None:
    """Writes patient, study, series and instance into an image, in place of what is there."""
    at = study.at(now)
    person = study.person
    image.PatientName = person.dicom_name
    image.PatientID = person.number
    image.PatientBirthDate = f"{person.born:%Y%m%d}"
    image.PatientSex = person.sex
    image.PatientAge = f"{person.years(at):03d}Y"
    image.StudyInstanceUID = study.study_uid
    image.SeriesInstanceUID = uid("series", study.key, series)
    image.SOPInstanceUID = uid("instance", study.key, series, instance)
    image.StudyID = uid("id", study.key)[-8:]
    image.AccessionNumber = "D" + uid("accession", study.key)[-9:]
    image.StudyDate = image.SeriesDate = image.AcquisitionDate = image.ContentDate = f"{at:%Y%m%d}"
    image.StudyTime = image.SeriesTime = image.AcquisitionTime = image.ContentTime = f"{at:%H%M%S}"
    image.TimezoneOffsetFromUTC = f"{at:%z}"
    image.StudyDescription = study.description
    image.SeriesDescription = series_name
    image.SeriesNumber, image.InstanceNumber = series, instance
    image.Modality = study.modality
    image.BodyPartExamined = study.body_part
    image.InstitutionName = study.institution
    image.Manufacturer = "telemed demo"
    image.ReferringPhysicianName = ""
    image.ImageComments = "演示数据，非真实患者 DEMO DATA"


def part10(image: Dataset, transfer_syntax: UID = ExplicitVRLittleEndian) -> bytes:
    """The DICOM file with preamble and a new meta group (PS3.10)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = image.SOPClassUID
    meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    meta.TransferSyntaxUID = transfer_syntax
    meta.ImplementationClassUID = IMPLEMENTATION
    meta.ImplementationVersionName = "TELEMED_DEMO"
    image.file_meta = meta
    out = BytesIO()
    image.save_as(out, enforce_file_format=True)
    return out.getvalue()


Files = Iterator[bytes]
