"""An issued report as a DICOM SR: Basic Text SR, TID 2000, in the words of its print."""

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID, uuid5

from highdicom.sr import (
    CodeContentItem,
    CodedConcept,
    ContainerContentItem,
    ContentSequence,
    ImageContentItem,
    PnameContentItem,
    RelationshipTypeValues,
    TextContentItem,
)
from highdicom.sr.value_types import ContentItem
from pydicom import Dataset, FileMetaDataset, dcmwrite
from pydicom.sr.coding import Code
from pydicom.uid import (
    UID,
    BasicTextSRStorage,
    BreastTomosynthesisImageStorage,
    EnhancedCTImageStorage,
    EnhancedMRColorImageStorage,
    EnhancedMRImageStorage,
    EnhancedPETImageStorage,
    EnhancedUSVolumeStorage,
    EnhancedXAImageStorage,
    EnhancedXRFImageStorage,
    ExplicitVRLittleEndian,
    LegacyConvertedEnhancedCTImageStorage,
    LegacyConvertedEnhancedMRImageStorage,
    LegacyConvertedEnhancedPETImageStorage,
    MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
    MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    MultiFrameSingleBitSecondaryCaptureImageStorage,
    MultiFrameTrueColorSecondaryCaptureImageStorage,
    NuclearMedicineImageStorage,
    UltrasoundMultiFrameImageStorage,
    XRay3DAngiographicImageStorage,
    XRay3DCraniofacialImageStorage,
    XRayAngiographicImageStorage,
    XRayRadiofluoroscopicImageStorage,
)

from telemed.documents.report import ReportPrint

UTF8 = "ISO_IR 192"
SERIES, IMPLEMENTATION = UUID("6f0e6c57-5c5e-4a1d-8f55-0a6a3d1a3a10"), UUID("6f0e6c57-5c5e-4a1d-8f55-0a6a3d1a3a11")
# What SH holds (PS3.5 §6.2). A longer number is left out: cut, it would be another.
SHORT = re.compile(r"[^\\\x00-\x1f]{0,16}")
PARTS_OF_NAMES = str.maketrans("\\^=", "   ")  # DICOM divides names by these
SEX = {"男": "M", "女": "F"}
# Of these a reference names the frame (PS3.3 table 10-3); of others it must not.
MULTI_FRAME = {
    BreastTomosynthesisImageStorage,
    EnhancedCTImageStorage,
    EnhancedMRColorImageStorage,
    EnhancedMRImageStorage,
    EnhancedPETImageStorage,
    EnhancedUSVolumeStorage,
    EnhancedXAImageStorage,
    EnhancedXRFImageStorage,
    LegacyConvertedEnhancedCTImageStorage,
    LegacyConvertedEnhancedMRImageStorage,
    LegacyConvertedEnhancedPETImageStorage,
    MultiFrameGrayscaleByteSecondaryCaptureImageStorage,
    MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    MultiFrameSingleBitSecondaryCaptureImageStorage,
    MultiFrameTrueColorSecondaryCaptureImageStorage,
    NuclearMedicineImageStorage,
    UltrasoundMultiFrameImageStorage,
    XRay3DAngiographicImageStorage,
    XRay3DCraniofacialImageStorage,
    XRayAngiographicImageStorage,
    XRayRadiofluoroscopicImageStorage,
}
CHINESE = Code("zh-CN", "RFC5646", "Chinese (China)")


def structured(report: ReportPrint, id: UUID, taken_at: datetime | None, written: datetime, issued: datetime) -> bytes:
    """The file. The same report gives the same bytes; times are as the branch's clock showed them.

    `id` is the report's: SOP Instance UID and Series Instance UID are made of it.
    """
    data_set = _header(report, id, taken_at, issued)
    data_set.update(_root(report))
    _verified(data_set, report, written, issued)
    out = BytesIO()
    data_set.file_meta = _meta(data_set)
    dcmwrite(out, data_set, enforce_file_format=True, implicit_vr=False, little_endian=True)
    return out.getvalue()


def _uid(of: UUID) -> UID:
    return UID(f"2.25.{of.int}")


def _meta(data_set: Dataset) -> FileMetaDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = data_set.SOPClassUID, data_set.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID, meta.ImplementationVersionName = _uid(IMPLEMENTATION), "TELEMED"
    return meta


def _header(report: ReportPrint, id: UUID, taken_at: datetime | None, issued: datetime) -> Dataset:
    out, patient = Dataset(), report.patient
    out.SpecificCharacterSet = UTF8
    out.SOPClassUID, out.SOPInstanceUID = BasicTextSRStorage, _uid(id)
    out.StudyInstanceUID, out.SeriesInstanceUID = UID(report.study_uid), _uid(uuid5(SERIES, id.hex))
    out.PatientName, out.PatientID = dicom_name(patient.name), patient.number
    out.PatientBirthDate, out.PatientSex = patient.birth.replace("-", ""), SEX.get(patient.sex, "O")
    out.StudyDate, out.StudyTime = _date(taken_at), taken_at.strftime("%H%M") if taken_at else ""
    out.StudyID, out.AccessionNumber, out.ReferringPhysicianName = (
        "",
        report.accession_number if SHORT.fullmatch(report.accession_number) else "",
        dicom_name(report.requester.rpartition(" ")[0]),
    )
    out.StudyDescription = report.examination.replace("\\", "/")[:64]
    out.Modality, out.SeriesNumber, out.InstanceNumber = "SR", 9000 + report.number, report.number
    out.SeriesDescription = report.title
    if report.images:
        out.CurrentRequestedProcedureEvidenceSequence = _evidence(report)
    out.ReferencedPerformedProcedureStepSequence = []
    out.PerformedProcedureCodeSequence = []
    out.Manufacturer, out.InstitutionName = "telemed", report.hub.name[:64]
    out.ContentDate, out.ContentTime = _date(issued), _time(issued)
    out.CompletionFlag, out.VerificationFlag = "COMPLETE", "VERIFIED"
    out.PreliminaryFlag = "PRELIMINARY" if report.provisional else "FINAL"
    return out


def _verified(out: Dataset, report: ReportPrint, written: datetime, issued: datetime) -> None:
    by = Dataset()
    by.VerifyingObserverName = dicom_name((report.reviewer or report.author).name)
    by.VerifyingOrganization, by.VerificationDateTime = report.hub.name[:64], _moment(issued)
    by.VerifyingObserverIdentificationCodeSequence = []
    out.VerifyingObserverSequence = [by]
    author = Dataset()
    author.ObserverType, author.PersonName = "PSN", dicom_name(report.author.name)
    author.InstitutionName, author.PersonIdentificationCodeSequence = report.hub.name[:64], []
    author.InstitutionCodeSequence = []
    out.AuthorObserverSequence = [author]
    if report.reviewer is not None:
        participant = Dataset()
        participant.update(author)
        participant.ParticipationType, participant.ParticipationDateTime = "ENT", _moment(written)
        out.ParticipantSequence = [participant]


def _root(report: ReportPrint) -> Dataset:
    root = ContainerContentItem(_code("18748-4", "LN", "Diagnostic imaging report"), template_id="2000")
    sections = [
        _section("121060", "History", report.history),
        _section("121062", "Request", report.question),
        _section("121064", "Current Procedure Descriptions", report.technique, "121065", "Procedure Description"),
        _section("121070", "Findings", report.findings, "121071", "Finding"),
        _section("121072", "Impressions", report.impression, "121073", "Impression"),
    ]
    if report.kind:
        sections = [_section("121111", "Summary", report.findings, "121071", "Finding")]
    sections.append(_key_images(report))
    root.ContentSequence = ContentSequence([*_about(report), *(each for some in sections for each in some)])
    return root


def _about(report: ReportPrint) -> list[ContentItem]:
    """TID 1204 and 1003: the language, and who observed."""
    language = _code("121049", "DCM", "Language of Content Item and Descendants")
    observer, kind = _code("121008", "DCM", "Person Observer Name"), _code("121005", "DCM", "Observer Type")
    person = _code("121006", "DCM", "Person")
    context = RelationshipTypeValues.HAS_OBS_CONTEXT
    return [
        CodeContentItem(language, CHINESE, RelationshipTypeValues.HAS_CONCEPT_MOD),
        CodeContentItem(kind, person, context),
        PnameContentItem(observer, dicom_name(report.author.name), context),
    ]


def _section(
    value: str, meaning: str, text: str, item: str = "", item_meaning: str = ""
) -> Sequence[ContainerContentItem]:
    """A heading with one text; nothing where the report says nothing."""
    if not text.strip():
        return []
    heading = _code(value, "DCM", meaning)
    of = _code(item, "DCM", item_meaning) if item else heading
    out = ContainerContentItem(heading, relationship_type=RelationshipTypeValues.CONTAINS)
    out.ContentSequence = ContentSequence([TextContentItem(of, text, RelationshipTypeValues.CONTAINS)])
    return [out]


def _key_images(report: ReportPrint) -> Sequence[ContainerContentItem]:
    """关键影像: each image, and after it what is said of it."""
    if not report.images:
        return []
    out = ContainerContentItem(_code("121180", "DCM", "Key Images"), relationship_type=RelationshipTypeValues.CONTAINS)
    items: list[ContentItem] = []
    for n, each in enumerate(report.images, 1):
        frames = [each.frame] if each.sop_class_uid in MULTI_FRAME or each.frame > 1 else None
        purpose, contains = _code("121080", "DCM", "Best illustration of finding"), RelationshipTypeValues.CONTAINS
        items.append(ImageContentItem(purpose, each.sop_class_uid, each.instance_uid, frames, None, contains))
        said = f"图 {n}　{each.note}".strip()
        items.append(TextContentItem(_code("113012", "DCM", "Key Object Description"), said, contains))
    out.ContentSequence = ContentSequence(items)
    return [out]


def _evidence(report: ReportPrint) -> list[Dataset]:
    """PS3.3 C.17.2.1: each referenced instance once, below its study and series."""
    studies: dict[str, dict[str, dict[str, str]]] = {}
    for each in report.images:
        studies.setdefault(each.study_uid, {}).setdefault(each.series_uid, {})[each.instance_uid] = each.sop_class_uid
    out = []
    for study, many in studies.items():
        of_study = Dataset()
        of_study.StudyInstanceUID, of_study.ReferencedSeriesSequence = study, []
        for series, instances in many.items():
            of_series = Dataset()
            of_series.SeriesInstanceUID, of_series.ReferencedSOPSequence = series, []
            for instance, sop_class in instances.items():
                sop = Dataset()
                sop.ReferencedSOPClassUID, sop.ReferencedSOPInstanceUID = sop_class, instance
                of_series.ReferencedSOPSequence.append(sop)
            of_study.ReferencedSeriesSequence.append(of_series)
        out.append(of_study)
    return out


def _code(value: str, scheme: str, meaning: str) -> CodedConcept:
    return CodedConcept(value, scheme, meaning)


def dicom_name(name: str) -> str:
    """Of a Chinese name only the ideographic group is known, and not where the family name ends."""
    return f"={name.translate(PARTS_OF_NAMES)}^"


def _date(at: datetime | None) -> str:
    return at.strftime("%Y%m%d") if at else ""


def _time(at: datetime) -> str:
    return at.strftime("%H%M%S")


def _moment(at: datetime) -> str:
    return at.strftime("%Y%m%d%H%M%S%z")
