"""The API's inputs and outputs about times that come again: teleclinics, teaching, meetings."""

from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.words import OneOf
from telemed.scheduling.model import BOOKINGS, BookingKind
from telemed.scheduling.recurrence import OccurrenceChange
from telemed.scheduling.schemas import Clash, Label, LeftOut, LimitOut, ResourceOut

# Consultations and rounds are planned on their own pages, shifts on rosters; nobody is on leave by a rule.
NOT_HERE: Final = frozenset({BookingKind.consultation, BookingKind.round, BookingKind.duty, BookingKind.leave})
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Minutes = Annotated[int, Field(ge=10, le=720)]


def _comes_again(kind: BookingKind) -> BookingKind:
    if kind in NOT_HERE:
        raise ValueError("that kind has no series here")
    return kind


class TimeSeriesIn(Input):
    """`rrule`: every so many weeks on weekdays, or every so many months on the n-th of a weekday (RFC 5545).

    `resources`: the people, rooms and equipment that it takes, each every time. `override`: why limits of theirs are
    passed over.
    """

    kind: Annotated[BookingKind, AfterValidator(_comes_again)]
    title: Label = ""  # empty: pages show its kind
    rrule: str = Field(max_length=80)
    starts_on: date
    at: str = Field(max_length=5)
    minutes: Minutes
    resources: list[UUID] = Field(min_length=1, max_length=20)
    note: str = Field(default="", max_length=200)
    override: Label = ""


class TimeSeriesChangeIn(TimeSeriesIn):
    """`since`: from this day on it is another series; without it, all times that are still to come."""

    since: date | None = None


class TimeSeriesEndIn(Input):
    last: date
    reason: Words


class TimeOccurrenceIn(Input):
    """One time of the series: left out, or moved; `override`: why limits are passed over then."""

    change: OccurrenceChange
    starts_at: Moment | None = None
    minutes: Minutes | None = None
    reason: Words = ""
    override: Label = ""


class TimeOccurrenceOut(Model):
    """One time to come, and what stands in its way. `booked`: it stands in the calendars, at this time.

    `closed`: the hospitals that do not work on that day; `guessed`: years without holidays entered; `not_covered`: with
    one of the hospitals there is no agreement then.
    """

    on: date
    starts_at: datetime
    ends_at: datetime
    moved: bool
    booked: bool
    closed: list[str]
    guessed: list[int]
    not_covered: bool
    clashes: list[Clash]
    limits: list[LimitOut]


class TimePreviewOut(Model):
    """`left_out`: the times to come that do not take place, whose days the rule has."""

    items: list[TimeOccurrenceOut]
    left_out: list[LeftOut]


class TimeAheadQuery(Input):
    most: int = Field(default=8, ge=1, le=52)


class TimeSeriesOut(Versioned):
    """`unbooked`: of the times of the next eight weeks, those that stand in no calendar because something is in the
    way. They are booked as soon as nothing is. `unreadable`: its rule or time, or whom it takes, cannot be read, so
    that nothing more of it is booked until it is said anew."""

    id: UUID
    hospital_id: str
    kind: Annotated[str, OneOf(BOOKINGS)]
    title: str
    rrule: str
    starts_on: date
    at: str
    minutes: int
    resources: list[ResourceOut]
    note: str
    override_reason: str
    ends_on: date | None
    next_at: datetime | None
    unbooked: int
    unreadable: bool
    planned_by: str
    planned_by_en: str
    may_change: bool


class TimeSeriesList(Model):
    items: list[TimeSeriesOut]
    may_plan: bool


class TimePartner(Model):
    """A hospital whose people and places may be taken: one's own, or one under an agreement."""

    id: str
    name: str
    name_en: str


class TimeChoicesOut(Model):
    """With what a series can be planned. People are found by `GET /api/staff`."""

    hospitals: list[TimePartner]
    places: list[ResourceOut]  # rooms and equipment
