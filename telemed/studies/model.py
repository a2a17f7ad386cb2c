"""Study links, which say whose a study is, and a read model of imaging's studies."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from telemed.kit.table import Table, json_column, json_list, key, moment, word


class LinkState(StrEnum):
    proposed = "proposed"
    confirmed = "confirmed"
    rejected = "rejected"


class TextReading(StrEnum):
    """How the archive read the header's text."""

    as_labelled = "as_labelled"
    repaired = "repaired"
    as_stored = "as_stored"  # no character set fits, so each byte is shown as a letter


class StudyView(Table, table=True):
    """A study as imaging's events describe it; the product reads this and does not ask imaging."""

    hospital_id: str = Field(primary_key=True)
    study_uid: str = Field(primary_key=True)
    patient_number: str = ""  # the header's PatientID
    patient_name: str = ""
    patient_sex: str = ""
    birth_date: date | None = None
    text_reading: str = TextReading.as_labelled
    charset_label: str = ""  # what the file says of its character set
    taken_at: datetime | None = moment(optional=True)
    modalities: list[str] = json_list()
    description: str = ""
    accession_number: str = ""  # 检查号; empty where the header has none, and until the study is next told of
    laterality: str = ""  # R, L or B (both), as its images say; empty where none does, and until it is next told of
    series: int = 0
    received: int = 0
    expected: int | None = None
    complete: bool = False
    mixed: bool = False  # two patients in one study
    hidden: bool = False
    received_at: datetime = moment()
    changed_at: datetime = moment()  # when an image last came; `quiet.py` counts from it
    rev: int = 0


class StudyLink(Table, table=True):
    """Says whose a study is, and why. The header is evidence and is never edited."""

    __table_args__ = (Index("ix_studylink_patient_id", "patient_id", "hospital_id", "state"),)

    id: UUID = key()
    version: int = 1
    hospital_id: str = Field(index=True)
    study_uid: str = Field(index=True)
    patient_id: UUID | None = None
    state: LinkState = word(LinkState, index=True)
    evidence: dict[str, Any] = json_column()  # per field: header, record, agrees
    by: UUID | None = None
    at: datetime = moment()
    reason: str | None = None
