"""The API's inputs and outputs about rosters and who is on duty."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.rosters.model import Covers, RosterKind
from telemed.rosters.rules import MOST_PLACES

MOST_DAYS = 42  # six weeks: a month as a calendar shows it
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Subject(Model):
    """Of whom a roster is. `name`: of the department, or of the departments of a specialty; "" for a role."""

    kind: RosterKind
    subject: str
    name: str
    name_en: str


class SpanOut(Model):
    start: datetime
    end: datetime


class RosterOut(Versioned):
    id: UUID
    hospital_id: str
    kind: RosterKind
    subject: str
    name: str
    name_en: str
    covers: Covers
    day_starts: str
    night_starts: str
    may_keep: bool  # by the caller
    begun: bool  # it has held a shift; before it does, nothing is a gap
    gaps: list[SpanOut]  # within the next seven days


class RosterList(Model):
    """`to_make`: of whom the caller can make one."""

    time_zone: str
    items: list[RosterOut]
    to_make: list[Subject]


class RosterSettings(Input):
    """Both hand-overs at the same hour: one shift of a whole day."""

    covers: Covers
    day_starts: Clock
    night_starts: Clock

    @model_validator(mode="after")
    def _day_before_night(self) -> Self:
        if self.night_starts < self.day_starts:
            raise ValueError("the night shift begins after the day shift")
        return self


class RosterIn(RosterSettings):
    kind: RosterKind
    subject: str = Field(min_length=1, max_length=64)


class PlanQuery(Input):
    first: date
    days: int = Field(default=7, ge=1, le=MOST_DAYS)


class ShiftIn(Input):
    staff_id: UUID
    starts: Moment
    ends: Moment
    place: int = Field(default=1, ge=1, le=MOST_PLACES)
    note: str = Field(default="", max_length=200)


class ShiftOut(Model):
    model_config = ConfigDict(from_attributes=True)
    staff_id: UUID
    starts: datetime
    ends: datetime
    place: int
    note: str


class RosterPerson(Model):
    """`eligible`: may be put on the roster; the others stand on it from earlier, and are not called."""

    id: UUID
    number: str
    name: str
    name_en: str
    title: Title
    phone: str
    eligible: bool


class PlanOut(Versioned):
    """A roster's shifts that begin in these days or still go on then. Each day begins at the day shift's hand-over.

    `covered`: when somebody should be on duty; `gaps`: when nobody is.
    """

    roster: RosterOut
    first: date
    days: int
    time_zone: str
    shifts: list[ShiftOut]
    covered: list[SpanOut]
    gaps: list[SpanOut]
    people: list[RosterPerson]


class PlanIn(Input):
    """All shifts that begin in these days; those that were there and are missing here are taken out."""

    first: date
    days: int = Field(ge=1, le=MOST_DAYS)
    shifts: list[ShiftIn] = Field(max_length=1000)


class OnDutyPerson(Model):
    """`until`: when their shift ends."""

    id: UUID
    name: str
    name_en: str
    title: Title
    department: str
    department_en: str
    phone: str
    place: int
    until: datetime
    note: str


class Next(Model):
    """Who takes over, and when."""

    at: datetime
    people: list[str]
    people_en: list[str]


class OnDutyRoster(Model):
    """`gap`: nobody is on duty although somebody should be; then all who have the right are called at once."""

    id: UUID
    kind: RosterKind
    subject: str
    name: str
    name_en: str
    people: list[OnDutyPerson]
    gap: bool
    next: Next | None


class OnDutyHospital(Model):
    id: str
    name: str
    name_en: str
    phone: str  # of its coordination centre or medical office
    rosters: list[OnDutyRoster]


class Coming(Model):
    """A person's next time on duty; it may have begun. `place`: 第 n 顺位."""

    starts: datetime
    ends: datetime
    place: int


class OwnShift(Model):
    kind: RosterKind
    subject: str
    name: str
    name_en: str
    starts: datetime
    ends: datetime
    place: int


class OnDutyOut(Model):
    """The caller's own hospital first, then those with which it has an agreement. `mine`: the caller's shifts."""

    at: datetime
    hospitals: list[OnDutyHospital]
    mine: list[OwnShift]
    may_keep: bool  # the caller keeps rosters of their hospital
