"""What the worklist is filtered and searched by, as predicates of its query."""

from typing import Any

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
    return found + searched(by.q, Reading.patient_id, Reading.branch_id, Reading.study_uid)


def searched(q: str, patient_id: Any, hospital_id: Any, study_uid: Any) -> list[ColumnElement[bool]]:
    """The same of what was typed into a search, for rows with these columns: a name in characters or pinyin, or a
    number of the patient or of the study.
    """
    q, patient = q.strip(), col(patient_id)
    if any(each.isdigit() for each in q):
        return [or_(patient.in_(_of_patient(q)), tuple_(col(hospital_id), col(study_uid)).in_(_of_study(q)))]
    if not q:
        return []
    return [patient.in_(_with_piece(piece)) for piece in wanted(q)] or [false()]


def _with_piece(piece: str) -> Any:
    return select(PatientIndex.patient_id).where(col(PatientIndex.piece).startswith(piece, autoescape=True))


def _of_patient(number: str) -> Any:
    starts = col(PatientIdentifier.value).startswith(number, autoescape=True)
    return select(PatientIdentifier.patient_id).where(starts)


def _of_study(number: str) -> Any:
    starts = col(StudyView.accession_number).startswith(number, autoescape=True)
    return select(StudyView.hospital_id, StudyView.study_uid).where(starts)
