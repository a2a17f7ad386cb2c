"""Copies of the test images in pydicom and pydicom-data, with fictional patients."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import files
from pathlib import Path

from pydicom import dcmread
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset
from pydicom.uid import UID

from telemed.demo.images.header import Files, Study, describe, part10, uid

# Attributes that may name a real person, place, device or time, besides those that describe() overwrites.
FORGET = """
    OtherPatientIDs OtherPatientIDsSequence OtherPatientNames PatientAddress PatientTelephoneNumbers PatientComments
    PatientSize PatientWeight EthnicGroup Occupation AdditionalPatientHistory MedicalRecordLocator IssuerOfPatientID
    InstitutionAddress InstitutionalDepartmentName StationName DeviceSerialNumber OperatorsName ProtocolName
    PhysiciansOfRecord PerformingPhysicianName NameOfPhysiciansReadingStudy RequestingPhysician
    RequestedProcedureDescription RequestedProcedureID RequestedProcedureCodeSequence ProcedureCodeSequence
    RequestAttributesSequence PerformedProcedureStepID PerformedProcedureStepDescription
    PerformedProcedureStepStartDate PerformedProcedureStepStartTime ReferencedStudySequence
    ReferencedPerformedProcedureStepSequence ReferencedPatientSequence AdmittingDiagnosesDescription
    CurrentPatientLocation PatientInsurancePlanCodeSequence RegionOfResidence SoftwareVersions DateOfLastCalibration
    TimeOfLastCalibration RequestingService FillerOrderNumberImagingServiceRequest
    PlacerOrderNumberImagingServiceRequest ImageComments StudyComments SourceImageSequence ReferencedImageSequence
    InstanceCreationDate InstanceCreationTime InstanceCreatorUID AcquisitionDateTime
    OriginalAttributesSequence PatientIdentityRemoved DeidentificationMethod DeidentificationMethodCodeSequence
""".split()  # noqa: SIM905 - a page of quotes would hide the words


def copies(study: Study, now: datetime, names: Sequence[str], *, series_name: str) -> Files:
    """One file for each name, in one series."""
    for number, name in enumerate(names, start=1):
        image = dcmread(shipped(name))
        transfer_syntax = UID(image.file_meta.TransferSyntaxUID)
        forget(image, study)
        describe(image, study, now, series=1, series_name=series_name, instance=number)
        complete(image, study)
        yield part10(image, transfer_syntax)


def complete(image: Dataset, study: Study) -> None:
    """Adds attributes that its class requires and the original lacks (PS3.3 C.7.3.1, C.7.4.1)."""
    if study.laterality:
        image.Laterality = study.laterality
    elif "Laterality" in image:
        del image.Laterality
    if study.modality in ("CT", "MR"):
        image.FrameOfReferenceUID = uid("frame", study.key)
        image.PositionReferenceIndicator = ""
        image.PatientPosition = image.get("PatientPosition") or "HFS"


def forget(image: Dataset, study: Study) -> None:
    """Removes private and identifying attributes, and gives the rest new UIDs and one encoding."""
    image.decode()
    image.SpecificCharacterSet = "ISO_IR 192"
    image.remove_private_tags()
    for keyword in FORGET:
        if keyword in image:
            delattr(image, keyword)
    image.walk(lambda parent, element: replace(parent, element, study))
    spacing = image.get("PixelSpacing")
    if spacing is not None and not all(float(value) > 0 for value in spacing):
        del image.PixelSpacing  # with a spacing of zero every length would be zero


def replace(parent: Dataset, element: DataElement, study: Study) -> None:
    if element.VR == "PN":
        element.value = ""
    elif element.VR == "UI" and element.value and element.VM == 1 and not registered(element.value):
        element.value = uid("copy", study.key, element.value)
    elif element.VR in ("DA", "TM", "DT") and element.value:
        element.value = ""


def registered(value: str) -> bool:
    """Whether the standard names this UID (a class, a coding scheme), so that it means the same everywhere."""
    return UID(value).name != value


@cache
def shipped(name: str) -> Path:
    """The path of a test file of the two packages; if a name exists twice, the larger file is complete."""
    found = [
        Path(str(file.locate()))
        for package in ("pydicom", "pydicom-data")
        for file in files(package) or ()
        if file.name == name
    ]
    if not found:
        raise FileNotFoundError(f"{name} is in neither pydicom nor pydicom-data; install telemed[demo]")
    return max(found, key=lambda path: path.stat().st_size)
