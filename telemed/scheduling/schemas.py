"""The API's inputs and outputs about calendars."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, model_validator

from telemed.activities.words import Phase
from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.words import OneOf
from telemed.people.model import Title
from telemed.people.weeks import WeekIn
from telemed.scheduling.model import BOOKINGS, RESOURCES, BookingKind, BookingState

LONGEST_LOOK = timedelta(days=45)
LONGEST_BUSY = timedelta(days=31)
Label = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]


def _listed(text: str) -> str:
    """A comma-separated list of ids."""
    for each in text.split(","):
        UUID(each)
    return text


def _not_a_consultation(kind: BookingKind) -> BookingKind:
    if kind is BookingKind.consultation:
        raise ValueError("a consultation is booked from its own page")
    return kind


Ids = Annotated[str, StringConstraints(max_length=37 * 20), AfterValidator(_listed)]


class Period(Input):
    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)

    start: Moment = Field(alias="from")
    end: Moment = Field(alias="to")

    @model_validator(mode="after")
    def is_a_period(self) -> "Period":
        if not self.start < self.end <= self.start + LONGEST_LOOK:
            raise ValueError("`to` must be after `from`, at most 45 days")
        return self


class CalendarQuery(Period):
    """Which calendar: `people` come first, then the hospitals' people who can be booked, then venues."""

    hospital_id: str = Field(pattern=r"^[a-z0-9-]{2,32}(,[a-z0-9-]{2,32}){0,4}$")
    people: Ids | None = None
    specialty: str | None = Field(default=None, max_length=40)


class ResourceOut(Model):
    """A row of the calendar: a person or a venue; only a person has title and department."""

    id: UUID
    kind: Annotated[str, OneOf(RESOURCES)]
    hospital_id: str
    name: str
    name_en: str
    title: Title | None = None
    department: str = ""
    department_en: str = ""
    place: str = ""
    place_en: str = ""


class EntryOut(Versioned):
    """A booking as the reader may see it: an `untitled` one has no title or activity, another hospital's no title."""

    id: UUID
    kind: Annotated[str, OneOf(BOOKINGS)]
    state: BookingState
    untitled: bool
    title: str
    title_en: str
    activity: str | None
    activity_id: UUID | None
    series_id: UUID | None  # it comes again
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime | None
    booked_by: str
    booked_by_en: str
    note: str
    override_reason: str  # why limits were passed over; empty: none was
    resources: list[UUID]
    mine: bool  # the reader may remove it
    held_for: UUID | None  # the activity for which it is kept while that is arranged, to whom may know of it
    movable: bool  # the reader may move it, by the route of what it is for


class TimeOut(Model):
    starts_at: datetime
    ends_at: datetime


class OpeningOut(Model):
    """When a person or place can be had, and which of that is kept for telemedicine."""

    resource_id: UUID
    open: list[TimeOut]
    tele: list[TimeOut]


class CalendarOut(Model):
    resources: list[ResourceOut]
    entries: list[EntryOut]
    openings: list[OpeningOut]


class AgendaEntry(EntryOut):
    phase: Phase | None  # of its activity; None for a busy time, which goes by the clock
    venue: str
    venue_en: str
    hospitals: list[str]


class AgendaOut(Model):
    items: list[AgendaEntry]


class BusyTimes(Input):
    """When a busy time is to be, and what becomes of what is booked then."""

    starts_at: Moment
    ends_at: Moment
    override: Label = ""  # why limits of whose it is are passed over
    # Of what was booked before: which bookings this person or place is taken out of, and which stay, around which the
    # time is made. `words` tell whoever arranges those given up why.
    given_up: list[UUID] = Field(default_factory=list, max_length=200)
    kept: list[UUID] = Field(default_factory=list, max_length=200)
    words: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def is_a_period(self) -> Self:
        if not self.starts_at < self.ends_at <= self.starts_at + LONGEST_BUSY:
            raise ValueError("`ends_at` must be after `starts_at`, at most 31 days")
        return self


class BusyIn(BusyTimes):
    """A busy time: one's own, or for a coordinator that of a person or venue of the hospital."""

    resource_id: UUID | None = None
    kind: Annotated[BookingKind, AfterValidator(_not_a_consultation)]
    title: Label = ""  # empty: pages show its kind
    note: str = Field(default="", max_length=200)


class Limit(StrEnum):
    hours = "hours"  # outside the hours of their own
    buffer = "buffer"  # too near to another booking
    tele = "tele"  # in what is kept for telemedicine
    places = "places"  # more people of its hospital than a room has places


class LeftOut(Model):
    """One time of a series that was left out, as it would be by the rule; `reason`: why, if it was said. Who brings it
    back gives it a time again."""

    on: date
    starts_at: datetime
    ends_at: datetime
    reason: str


class LimitOut(Model):
    """What a booking should respect; for `buffer` the times of the booking beside it, for `tele` what is kept."""

    limit: Limit
    resource_id: UUID
    name: str
    name_en: str
    starts_at: datetime
    ends_at: datetime
    minutes: int  # of `buffer`
    places: int = 0  # of `places`
    people: int = 0


class AvailabilityIn(Input):
    """When a person or venue can be had; an empty `week`: as its hospital works."""

    week: WeekIn
    tele: WeekIn
    buffer_minutes: int = Field(ge=0, le=120)


class AvailabilityOut(Versioned):
    week: list[str]
    tele: list[str]
    buffer_minutes: int


class BusyOut(Model):
    """More than one where bookings lie between that stay."""

    items: list[EntryOut]


class Clash(Model):
    """A booking in the way: whose time it takes, what it is, as far as the reader may know, and who booked it."""

    resource_id: UUID
    name: str
    name_en: str
    booking_id: UUID
    kind: Annotated[str, OneOf(BOOKINGS)]
    untitled: bool
    title: str
    title_en: str
    starts_at: datetime
    ends_at: datetime
    booked_by: str
    booked_by_en: str


class Proposal(Model):
    """A time at which everybody needed and the venue are free."""

    starts_at: datetime
    ends_at: datetime
    venue: ResourceOut
    why: Literal["earliest", "free", "out_of_hours"]
    guessed: list[int]  # years touched of which no holidays are entered: Monday to Friday is then a guess
