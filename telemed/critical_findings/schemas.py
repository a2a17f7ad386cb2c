"""The API's inputs and outputs about critical findings."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.activities.schemas import PatientBrief
from telemed.critical_findings.words import FindingAction as Action
from telemed.critical_findings.words import FindingState as State
from telemed.critical_findings.words import Heard
from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.people.schemas import PatientOut
from telemed.work.schemas import ToldOf

Value = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class RaiseIn(Input):
    """A row of the list by its code, or else what was found in words. Of free text the key value is a number with
    `unit`, or without one a side."""

    code: Short = ""
    finding: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    value: Value
    unit: Annotated[str, StringConstraints(strip_whitespace=True, max_length=16)] = ""


class TellIn(Input):
    """A telephone call. `heard`: what was read back; empty where nothing was, or nobody answered."""

    name: Name
    number: Short = ""
    phone: Short = ""
    heard: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""


class ReadBackIn(Input):
    value: Value


class ActIn(Input):
    """Which doctor was informed when, and what was done when."""

    doctor: Name
    informed_at: Moment
    action: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
    acted_at: Moment


class WithdrawIn(Input):
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class WordOut(Model):
    zh: str
    en: str


class ListedOut(Model):
    """A row of the list. Of a number `unit`, otherwise four `words`."""

    code: str
    name: WordOut
    asks: WordOut
    unit: str
    words: list[WordOut]


class Catalogue(Model):
    """What a reader picks from, and the words of which one is the key value of a finding without a number."""

    items: list[ListedOut]
    sides: list[WordOut]


class CatalogueFilter(Input):
    modality: str = Field(default="", max_length=16)


class FinderOut(Model):
    id: UUID
    name: str
    name_en: str
    title: Title
    hospital_id: str
    phone: str


class ToldOut(Model):
    """Somebody who answered on a page or was telephoned. `told_by` is empty for a page."""

    how: Heard
    at: datetime
    told_by: str
    told_by_en: str
    name: str
    number: str
    phone: str
    heard: str
    correct: bool


class FindingRow(Versioned):
    id: UUID
    reading_id: UUID
    state: State
    state_since: datetime
    patient: PatientBrief
    patient_number: str
    branch_id: str
    hub_id: str
    department: str
    department_en: str
    ward: str
    bed: str
    examination: str
    finding: WordOut
    asks: WordOut
    value: WordOut
    unit: str
    words: list[WordOut]
    found_by: FinderOut
    found_at: datetime
    read_back_at: datetime | None
    informed_at: datetime | None
    doctor: str
    action: str
    acted_at: datetime | None
    closed_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_words: str
    withdrawn_by: FinderOut | None
    printed: bool  # withdrawn, but the report was issued with it: its text does not change
    wrong: int
    must_telephone: bool
    actions: list[Action]


class FindingOut(FindingRow):
    """One, with who was told of it and what they read back. `recalled`: the study is not this patient's any more."""

    identity: PatientOut
    told: list[ToldOut]
    called: list[ToldOf]  # by the ladders, and whether they have seen it
    recalled: bool
    server_time: datetime


class FindingFilter(Input):
    """The register of a day and ward of one's own hospital, or the findings of one reading."""

    show: Literal["mine", "register", "reading"] = "mine"
    reading: UUID | None = None
    day: date | None = None  # local to the hospital; null: today
    ward: Short = ""


class FindingList(Model):
    """Of the register's day `wards` to filter by, and how many more findings are `hidden` from this person."""

    items: list[FindingRow]
    wards: list[str]
    hidden: int
    day: date
    server_time: datetime


class RegisterFilter(Input):
    day: date | None = None
    ward: Short = ""
