"""The API's inputs and outputs about who saw what."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from telemed.access.model import Role
from telemed.audit.model import Purpose
from telemed.kit.http import Input
from telemed.kit.model import Model


class About(StrEnum):
    """What is asked for: who read patients, or what was changed in settings, people and accounts."""

    reads = "reads"
    settings = "settings"


class AuditBy(Input):
    """Of reads at least a patient, a person or a day (of your hospital's time zone) must be named.

    `staff`: who did it; `target`, of settings: the person to whom it was done.
    """

    about: About = About.reads
    patient: UUID | None = None
    staff: UUID | None = None
    target: UUID | None = None
    day: date | None = Field(default=None, ge=date(2000, 1, 1), le=date(2999, 12, 31))
    purpose: Purpose | None = None  # of reads


class AuditQuery(AuditBy):
    after: str | None = Field(default=None, max_length=100)
    limit: int = Field(default=50, ge=1, le=200)


class AuditExport(AuditBy):
    language: Literal["zh-CN", "en"] = "zh-CN"


class SeenBy(Model):
    """Who it was; `department` is their own."""

    id: UUID
    name: str
    name_en: str
    hospital_id: str
    department: str
    department_en: str


class SeenPatient(Model):
    id: UUID
    name: str
    pinyin: str


class SeenAt(Model):
    """The hospital's device (a ward cart) at which they were signed in, as it is called and stands today."""

    id: UUID
    name: str
    hospital_id: str
    venue: str
    venue_en: str


class Mentioned(Model):
    name: str
    name_en: str


class AuditRow(Model):
    """One row. Of another hospital's patient only the hospital is named (`owner_id`).

    `names`: of what `before` and `after` mention by an id, or by the word of a specialty. `outcome`: ok, or the code
    of the refusal. `number`: its place in the chain; null for a second.
    """

    id: UUID
    at: datetime
    number: int | None
    by: SeenBy | None  # null: the system
    device: SeenAt | None  # null: they were not at a device
    action: str
    purpose: Purpose | None
    outcome: str
    owner_id: str | None
    patient: SeenPatient | None
    consultation_id: UUID | None
    consultation_number: str | None
    target: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    names: dict[str, Mentioned]


class AuditList(Model):
    items: list[AuditRow]
    next: str | None


class ReadsToday(Model):
    """Of the patients of one's hospital, on a day by its clock; each row is one person, patient and purpose at a time.

    `reads`: those that were answered, of which the next three are a part each; `refused`: besides.
    """

    day: date
    reads: int = 0
    of_other_hospitals: int = 0
    outside_department: int = 0
    break_glass: int = 0
    refused: int = 0


class Why(StrEnum):
    """Why somebody can see a patient now."""

    treating = "treating"  # the department that treats them
    own_hospital = "own_hospital"  # other clinical staff there, which is recorded as outside the department
    requested_hub = "requested_hub"  # who accepts and arranges at the hub that was asked
    called = "called"  # at whom an emergency rings
    told_late = "told_late"  # who was told because it is late
    names_lead = "names_lead"
    lead = "lead"
    invited = "invited"  # takes part
    author = "author"  # has written of the opinion
    reads = "reads"  # radiologists of the hub that was asked to read a study
    waits_for_report = "waits_for_report"  # an expert of the consultation that a reading comes from
    reads_together = "reads_together"  # was invited to a reading
    told = "told"  # of a critical finding
    break_glass = "break_glass"
    other = "other"


class CanSee(Model):
    """A person, everybody with a role, a department, or (none of these) the clinical staff of a hospital.

    `until`: null while what it is for goes on. `downloads`: may take images along.
    """

    hospital_id: str
    why: Why
    person: SeenBy | None = None
    role: Role | None = None
    department: str = ""
    department_en: str = ""
    until: datetime | None = None
    consultation_id: UUID | None = None
    consultation_number: str | None = None
    downloads: bool = True


class CanSeeList(Model):
    items: list[CanSee]
    server_time: datetime


class OfPatient(Input):
    patient: UUID
