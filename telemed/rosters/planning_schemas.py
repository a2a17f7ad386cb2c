"""The API's inputs and outputs about planning a roster's shifts (自动排班)."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.rosters.easing import PlanLimit
from telemed.rosters.planning import WhyNot
from telemed.rosters.rules import MOST_PLACES
from telemed.rosters.schemas import MOST_DAYS, ShiftIn, ShiftOut, SpanOut

LeastTitle = Literal[Title.attending, Title.associate_chief, Title.chief]


class PlannedPersonIn(Input):
    """`shifts`: which of them this person can be given."""

    staff_id: UUID
    shifts: Literal["all", "days", "nights"] = "all"


class PlanWishIn(Input):
    """For the shifts that begin on this day: to be free, to be on duty, or that they cannot be."""

    staff_id: UUID
    day: date
    wish: Literal["off", "on", "cannot"]


class PlanAskIn(Input):
    """`places`: of each place the least title. `people`: whom to choose among. `kept`: all that stays in these days."""

    first: date
    days: int = Field(ge=1, le=MOST_DAYS)
    places: list[LeastTitle | None] = Field(min_length=1, max_length=MOST_PLACES)
    rest_hours: int = Field(ge=0, le=168)
    nights_in_a_row: int = Field(ge=1, le=MOST_DAYS)
    most_shifts: int | None = Field(default=None, ge=1, le=MOST_DAYS * 2)
    people: list[PlannedPersonIn] = Field(max_length=500)
    wishes: list[PlanWishIn] = Field(default_factory=list, max_length=10_000)
    kept: list[ShiftIn] = Field(max_length=1000)


class LeaveOut(Model):
    staff_id: UUID
    span: SpanOut


class DoneOut(Model):
    """How many shifts, nights and shifts on weekends and holidays somebody has."""

    staff_id: UUID
    shifts: int
    nights: int
    holidays: int


class PlanningBasis(Model):
    """What planning these days begins from. `installed`: this server can plan. `before`: the three months before.

    `holidays`: the days that are no working days; of the years in `unknown` nobody has entered the public ones.
    """

    installed: bool
    holidays: list[date]
    unknown: list[int]
    leave: list[LeaveOut]
    before: list[DoneOut]


class PlanWhyOut(Model):
    reason: WhyNot
    people: list[UUID]


class PlanGapOut(Model):
    """A place in which nobody can be, and for each reason who cannot because of it."""

    starts: datetime
    ends: datetime
    place: int
    why: list[PlanWhyOut]


class PlanBrokenOut(Model):
    """A shift that is kept though a rule is against it."""

    staff_id: UUID
    starts: datetime
    place: int
    reason: WhyNot


class EasingOut(Model):
    """One limit eased: `value` is hours of rest, nights in a row, shifts or places. `left`: gaps that stay then."""

    limit: PlanLimit
    place: int
    value: int
    left: int


class PlannedPersonOut(DoneOut):
    """With what is kept; `met` of their `wishes`."""

    wishes: int
    met: int


class PlannedOut(Model):
    """`shifts`: what was chosen beside what is kept. `fewest`, `best`: it is proven that no plan leaves fewer gaps,
    and that none is fairer; where the time was up they are false.
    """

    shifts: list[ShiftOut]
    gaps: list[PlanGapOut]
    broken: list[PlanBrokenOut]
    easings: list[EasingOut]
    people: list[PlannedPersonOut]
    fewest: bool
    best: bool
