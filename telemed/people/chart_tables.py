"""A patient's stays, and what hospital systems say of them: vital signs, tests, orders."""

from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from telemed.kit.table import Table, key, moment, refers, word

OPEN: Final = text("discharged_at IS NULL")


class Admission(Table, table=True):
    """One stay in a hospital, at most one open for each patient there. `ward` and `bed` are as they were said; the ids
    are set where they name one of ours. `rev` counts what changed. What Patient says of ward and bed is the open one's.
    """

    __table_args__ = (
        Index("ix_admission_open", "hospital_id", "patient_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: UUID = key()
    rev: int = 1
    hospital_id: str = Field(foreign_key="hospital.id")
    patient_id: UUID = refers("patient.id")
    number: str = ""  # of this stay
    department: str = ""
    ward: str = ""
    bed: str = ""
    ward_id: UUID | None = refers("ward.id", optional=True)
    bed_id: UUID | None = refers("bed.id", optional=True, index=False)
    bed_doctor: str = ""  # 管床医师, as said
    source: str
    admitted_at: datetime | None = moment(optional=True)  # None: nobody said when
    discharged_at: datetime | None = moment(optional=True)


class ObservationKind(StrEnum):
    vital = "vital"
    test = "test"


class Observation(Table, table=True):
    """One vital sign or laboratory test, once for each moment; read by case pages, charts and rounds."""

    __table_args__ = (UniqueConstraint("patient_id", "kind", "code", "at"),)

    id: UUID = key()
    patient_id: UUID = Field(foreign_key="patient.id")
    kind: ObservationKind = word(ObservationKind)
    code: str  # the source's, or a known word
    name: str
    value: str
    unit: str = ""
    ref_low: str = ""
    ref_high: str = ""
    flag: str = ""  # low, high, critical
    at: datetime = moment()
    source: str


class OrderLine(Table, table=True):
    """医嘱: one order in words; `ended_at` None: it is in force."""

    id: UUID = key()
    patient_id: UUID = refers("patient.id")
    medicine: bool
    text: str
    started_at: datetime | None = moment(optional=True)
    ended_at: datetime | None = moment(optional=True)
    source: str
