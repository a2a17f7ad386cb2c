"""What the worklist is filtered and searched by, as predicates of its query."""

from sqlalchemy import ColumnElement, false, or_, tuple_
from sqlmodel import col, select

from telemed.people.model import PatientIdentifier, PatientIndex
from telemed.people.names import wanted
from telemed.reading import rules
from telemed.reading.model import Reading
from telemed.reading.schemas import ReadingFilter
from telemed.studies.model import StudyView


def filtered(by: ReadingFilter) -> list[ColumnElement[bool]]:
    """Query predicates, all of which hold. What has a digit is a number: of the patient or of the study (检查号)."""
    found: list[ColumnElement[bool]] = []
    if by.modality:
        found.append(col(Reading.modality) == by.modality)
    if by.branch:
        found.append(col(Reading.branch_id) == by.branch)
    if by.part is not None:
        found.append(col(Reading.part) == by.part)
    if by.subspecialty is not None:
        parts = [part for part, field in rules.SUBSPECIALTY.items() if field is by.subspecialty]
        found.append(col(Reading.part).in_(parts))
    if by.urgency is not None:
        found.append(col(Reading.urgency) == by.urgency)
    if by.purpose is not None:
        found.append(col(Reading.purpose) == by.purpose)
    q = by.q.strip()
    if any(each.isdigit() for each in q):
        found.append(or_(_of_patient(q), _of_study(q)))
    elif q:
        pieces = wanted(q)
        found += [false()] if not pieces else []
        for piece in pieces:
            has = select(PatientIndex.patient_id).where(col(PatientIndex.piece).startswith(piece, autoescape=True))
            found.append(col(Reading.patient_id).in_(has))
    return found


def _of_patient(number: str) -> ColumnElement[bool]:
    starts = col(PatientIdentifier.value).startswith(number, autoescape=True)
    return col(Reading.patient_id).in_(select(PatientIdentifier.patient_id).where(starts))


def _of_study(number: str) -> ColumnElement[bool]:
    starts = col(StudyView.accession_number).startswith(number, autoescape=True)
    found = select(StudyView.hospital_id, StudyView.study_uid).where(starts)
    return tuple_(col(Reading.branch_id), col(Reading.study_uid)).in_(found)
