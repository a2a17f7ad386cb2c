"""The API's inputs and outputs about break-glass."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from telemed.activities.words import Urgency
from telemed.break_glass.model import Cause, Verdict
from telemed.consultations.words import State
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.people.schemas import PatientOut


class OpenIn(Input):
    """Whom: a branch, and there a number of the patient as it is written, or the whole name with the birth date."""

    hospital_id: str = Field(max_length=40)
    number: str = Field(default="", max_length=64)
    name: str = Field(default="", max_length=100)
    birth_date: date | None = None
    cause: Cause
    words: str = Field(min_length=5, max_length=500)


class OpenedCase(Model):
    """A consultation of the patient, whose case, packet and opinion can be read."""

    id: UUID
    number: str | None
    state: State
    urgency: Urgency
    title: str
    hub_id: str
    submitted_at: datetime | None


class OpenedStudy(Model):
    """A study that is confirmed to be the patient's."""

    hospital_id: str
    study_uid: str
    description: str
    modalities: list[str]
    taken_at: datetime | None


class BreakGlassBase(Model):
    id: UUID
    branch_id: str
    cause: Cause
    words: str
    opened_at: datetime
    until: datetime
    ended_at: datetime | None  # null: it is open still
    verdict: Verdict | None
    note: str


class OpenedOut(BreakGlassBase):
    """For who opened it. Once it is over it names nobody."""

    patient: PatientOut | None
    cases: list[OpenedCase]
    studies: list[OpenedStudy]
    server_time: datetime


class MineOut(BreakGlassBase):
    patient_name: str  # empty once it is over
    patient_pinyin: str


class MineList(Model):
    """The open ones first, then the latest."""

    items: list[MineOut]
    server_time: datetime


class ReadOut(Model):
    """What was read, once for each five minutes. `outcome`: ok, or the code of the refusal."""

    at: datetime
    what: Literal["patient", "case", "images"]
    number: str | None  # of the consultation
    outcome: str


class OpenedBy(Model):
    id: UUID
    name: str
    name_en: str
    title: Title
    hospital_id: str
    department: str
    department_en: str
    phone: str


class ReviewOut(BreakGlassBase):
    """For the branch's medical office."""

    version: int
    by: OpenedBy
    patient_id: UUID
    patient_name: str
    patient_pinyin: str
    due_at: datetime  # by when it should be reviewed
    reviewed_by: str  # empty: nobody yet
    reviewed_by_en: str
    reviewed_at: datetime | None
    reads: list[ReadOut]  # of one that is asked for by its id


class ReviewList(Model):
    """Those that nobody has reviewed first, the oldest first; then the latest."""

    items: list[ReviewOut]


class ReviewIn(Input):
    verdict: Verdict
    note: str = Field(default="", max_length=500)
