"""The API's inputs and outputs about studies."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.schemas import PatientOut
from telemed.studies.model import LinkState, TextReading


class StudyFilter(Input):
    patient_id: UUID | None = None
    state: LinkState | None = None


class StudyLinkOut(Versioned):
    """A study, with the identity in its header and in the hospital's record; `evidence` says where they differ."""

    id: UUID
    hospital_id: str
    study_uid: str
    state: LinkState
    header_name: str
    header_number: str
    header_sex: str
    header_birth_date: date | None
    text_reading: TextReading
    charset_label: str
    taken_at: datetime | None
    modalities: list[str]
    description: str
    accession_number: str
    laterality: str  # R, L or B (both), as the images say; empty where none does
    series: int
    received: int
    expected: int | None
    complete: bool
    mixed: bool
    hidden: bool
    patient: PatientOut | None
    evidence: dict[str, Any]
    by: UUID | None
    at: datetime
    reason: str | None


class StudyList(Model):
    items: list[StudyLinkOut]


class Confirm(Input):
    """Whose it is, and why, if the header differs."""

    patient_id: UUID
    reason: str = Field(min_length=2, max_length=500)


class Reject(Input):
    reason: str = Field(min_length=2, max_length=500)


class Declare(Input):
    """A person of the owning hospital says that the study is complete as it is."""

    count: int = Field(ge=1, le=100_000)
