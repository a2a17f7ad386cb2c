"""The API's inputs and outputs about over-reads and the discrepancies that they found."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.activities.schemas import PatientBrief
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.kit.strict import Ordinal
from telemed.people.model import Title
from telemed.reading.words import Grade

Lines = Annotated[list[Annotated[str, StringConstraints(min_length=1, max_length=3000)]], Field(max_length=100)]


class ComparisonIn(Input):
    """How the hub's reading stands to the version `branch_report` of the branch's own. The lines are those of either
    diagnosis (诊断意见) that the difference is about; where both agree there are none."""

    grade: Grade
    branch_report: Ordinal
    branch_lines: Lines = Field(default_factory=list)
    hub_lines: Lines = Field(default_factory=list)


class GradeIn(Input):
    """The grade and lines that are right, of reports that stay as they were issued, and why."""

    grade: Grade
    branch_lines: Lines = Field(default_factory=list)
    hub_lines: Lines = Field(default_factory=list)
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class GradeCorrectionOut(Model):
    before: Grade
    grade: Grade
    reason: str
    by: str
    by_en: str
    corrected_at: datetime


class OverReadOut(ComparisonIn):
    """As it stands. `first`: as its author submitted it, where the reviewer has changed it; told to the hub only.
    `corrections`: of the grade that was issued, the newest first."""

    first: ComparisonIn | None
    corrections: list[GradeCorrectionOut] = Field(default_factory=list)
    may_correct: bool = False  # this person, now


class DiscrepancyFilter(Input):
    """Those issued on the days `since` to `until`, local to one's hospital; without them of the last 30 days."""

    since: date | None = None
    until: date | None = None
    branch: str = Field(default="", max_length=32)
    grade: Grade | None = None


class DoctorOut(Model):
    name: str
    name_en: str
    title: Title


class DiscrepancyRow(Model):
    """`branch_report`: the number of the version of the branch's report on which it rests."""

    id: UUID
    reading_id: UUID
    grade: Grade
    changed: bool  # by the reviewer
    corrected: str  # why, where the grade was corrected after it was issued
    patient: PatientBrief
    branch_id: str
    hub_id: str
    modality: str
    examination: str
    branch_report: int
    branch_author: str
    branch_written_at: datetime
    branch_lines: list[str]
    hub_lines: list[str]
    author: DoctorOut
    written_at: datetime
    reviewer: DoctorOut
    issued_at: datetime


class Grades(Model):
    """How many over-reads were issued with each grade on these days, at this site."""

    agreement: int
    minor: int
    additional: int
    major: int


class DiscrepancyList(Model):
    """The newest first, at most 500. `hidden`: how many more this person may count, but not see whose they are.
    `branches`: those that have an over-read on these days, to filter by."""

    items: list[DiscrepancyRow]
    more: bool
    hidden: int
    grades: Grades
    branches: list[str]
    since: date
    until: date
