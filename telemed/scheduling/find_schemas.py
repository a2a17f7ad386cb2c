"""The API's question for a time, and its answer."""

from datetime import date, datetime, timedelta
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, model_validator

from telemed.access.model import Role
from telemed.kit.clock import Moment
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.scheduling.relaxing import Change
from telemed.scheduling.schemas import Clash, ResourceOut

FARTHEST: Final = timedelta(days=60)
Key = Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,60}$")]
Hospital = Annotated[str, Field(pattern=r"^[a-z0-9-]{2,32}$")]


class FindWindow(Input):
    starts_at: Moment
    ends_at: Moment

    @model_validator(mode="after")
    def is_a_period(self) -> "FindWindow":
        if not self.starts_at < self.ends_at <= self.starts_at + FARTHEST:
            raise ValueError("`ends_at` must be after `starts_at`, at most 60 days")
        return self


class FindLine(Input):
    """Who or what is asked for: `count` of these people, or of those of a specialty, or of these places, or of those of
    a hospital. People of a specialty work as `role` (who reads films is a radiologist) and have at least the title.

    `stays`: the meeting makes no sense without it. `replaceable`: a substitute or another room may be offered.
    """

    key: Key
    people: list[UUID] = Field(default=[], max_length=50)
    specialty: str | None = Field(default=None, min_length=1, max_length=40)
    venues: list[UUID] = Field(default=[], max_length=50)
    venues_of: Hospital | None = None
    hospital_id: Hospital | None = None  # of a specialty; None: one's own
    role: Role = Role.expert
    title: Title | None = None
    count: int = Field(default=1, ge=1, le=10)
    required: bool = True
    stays: bool = False
    replaceable: bool = True

    @model_validator(mode="after")
    def asks_for_one_kind(self) -> "FindLine":
        if sum(map(bool, (self.people, self.specialty, self.venues, self.venues_of))) != 1:
            raise ValueError("give one of `people`, `specialty`, `venues`, `venues_of`")
        return self


class FindIn(Input):
    """`windows`: when; without any, the next 14 days. `besides`: the activity whose booking does not count as busy."""

    lines: list[FindLine] = Field(min_length=1, max_length=20)
    minutes: int = Field(ge=15, le=480)
    windows: list[FindWindow] = Field(default=[], max_length=20)
    urgency: Literal["routine", "urgent", "stat"] = "routine"  # unless routine, at any hour and without notice
    after_hours: bool = False
    besides: UUID | None = None

    @model_validator(mode="after")
    def keys_tell_lines_apart(self) -> "FindIn":
        if len({each.key for each in self.lines}) != len(self.lines):
            raise ValueError("every line needs a key of its own")
        return self


class FindTime(Model):
    starts_at: datetime
    ends_at: datetime


class FindWho(Model):
    line: str
    resources: list[UUID]


class FindBlock(Model):
    """Why this person or place cannot come then. `closed`: it does not work through all of that time."""

    line: str
    resource_id: UUID
    closed: bool
    clashes: list[Clash]


class FoundTime(FindTime):
    """`missing`: lines that are not there; `blocks`: what keeps the required ones from the time as it was asked for."""

    who: list[FindWho]
    missing: list[str]
    earliest: bool
    out_of_hours: bool
    guessed: list[int]  # years touched of which no holidays are entered
    blocks: list[FindBlock]


class FindRelaxation(Model):
    """One change that makes a time possible, and the question that it makes: asked, it finds `found` first.

    `minutes`: of a shorter one. `instead`: who or what comes in the line's place. `second`: the other part of two.
    """

    change: Change
    line: str
    minutes: int
    instead: list[UUID]
    found: FoundTime
    second: FoundTime | None
    question: FindIn


class FindLineOut(Model):
    """`candidates`: the preferred first. `open` and `taken`: when any of them works, and when too many are booked."""

    key: str
    candidates: list[UUID]
    open: list[FindTime]
    taken: list[FindTime]
    days_without: int | None  # on so many days the others could meet; None where a time was found


class FindDay(Model):
    """The longest time that all required lines have on this day."""

    on: date
    minutes: int
    starts_at: datetime | None


class FindOut(Model):
    resources: list[ResourceOut]  # everybody and everything named below
    lines: list[FindLineOut]
    found: list[FoundTime]
    misses: list[FoundTime]  # where nothing is found: the nearest, and what blocks them
    relaxations: list[FindRelaxation]
    days: list[FindDay]
    searched: list[FindTime]
