"""The key images of a report as a DICOM object: a Key Object Selection Document (TID 2010)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from highdicom.ko import KeyObjectSelection, KeyObjectSelectionDocument
from highdicom.sr import ObserverContext, PersonObserverIdentifyingAttributes
from pydicom import Dataset
from pydicom.sr.codedict import codes
from pydicom.uid import UID

from telemed.documents.marked import MAKER, file_of
from telemed.documents.report import ReportPrint
from telemed.documents.structured import dicom_name

SERIES: Final = UUID("6f0e6c57-5c5e-4a1d-8f55-0a6a3d1a3a13")
NUMBER: Final = 9103  # of its series, behind the images'


def uid_of(report: UUID) -> UID:
    return UID(f"2.25.{uuid5(SERIES, report.hex).int}")


def selection(report: ReportPrint, id: UUID, issued: datetime, images: Mapping[str, Dataset]) -> bytes | None:
    """Of the images of the study that was read; those of priors belong to other studies. None if there are none.

    `images`: their headers by SOP Instance UID. `issued` on the clock of the study's hospital. `id` is the report's.
    """
    chosen = [each for each in report.images if each.study_uid == report.study_uid and each.instance_uid in images]
    used = list({each.instance_uid: images[each.instance_uid] for each in chosen}.values())
    if not used:
        return None
    person = PersonObserverIdentifyingAttributes(dicom_name(report.author.name), organization_name=report.hub.name[:64])
    said = "；".join(f"图 {n} {each.note}".strip() for n, each in enumerate(report.images, 1) if each in chosen)
    content = KeyObjectSelection(
        codes.DCM.OfInterest,
        used,
        observer_person_context=ObserverContext(codes.DCM.Person, person),
        description=said,
    )
    out = KeyObjectSelectionDocument(
        evidence=used,
        content=content,
        series_instance_uid=f"2.25.{uuid5(SERIES, f'{id.hex}/series').int}",
        series_number=NUMBER,
        sop_instance_uid=uid_of(id),
        instance_number=1,
        manufacturer=MAKER,
        institution_name=report.hub.name[:64],
    )
    out.SeriesDescription = f"关键影像 {report.title}"[:64]
    return file_of(out, issued)
