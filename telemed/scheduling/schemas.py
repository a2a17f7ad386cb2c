"""What the wire may ask about calendars, and what it answers."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.words import OneOf
from telemed.people.model import Title
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
    """`people` always stand first; then those of the hospitals who can be booked; then the venues."""

    hospital_id: str = Field(pattern=r"^[a-z0-9-]{2,32}(,[a-z0-9-]{2,32}){0,4}$")
    people: Ids | None = None
    specialty: str | None = Field(default=None, max_length=40)


class ResourceOut(BaseModel):
    """A person or a venue as a row of the calendar; `title` and department are a person's."""

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
    """A booking as one may see it: `untitled` ones have neither title nor activity, other hospitals' no title."""

    id: UUID
    kind: Annotated[str, OneOf(BOOKINGS)]
    state: BookingState
    untitled: bool
    title: str
    title_en: str
    activity: str | None
    activity_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    expires_at: datetime | None
    booked_by: str
    booked_by_en: str
    note: str
    resources: list[UUID]
    mine: bool  # may be taken back by who asks


class HoursOut(BaseModel):
    hospital_id: str
    time_zone: str
    work_starts: str
    work_ends: str


class CalendarOut(BaseModel):
    resources: list[ResourceOut]
    entries: list[EntryOut]
    hours: list[HoursOut]


class AgendaEntry(EntryOut):
    venue: str
    venue_en: str
    hospitals: list[str]


class AgendaOut(BaseModel):
    items: list[AgendaEntry]


class BusyIn(Input):
    """A time of one's own, or (a coordinator) of a person or venue of one's hospital."""

    resource_id: UUID | None = None
    kind: Annotated[BookingKind, AfterValidator(_not_a_consultation)]
    title: Label = ""  # empty: its kind says enough, in the words of each page
    starts_at: Moment
    ends_at: Moment
    note: str = Field(default="", max_length=200)

    @model_validator(mode="after")
    def is_a_period(self) -> "BusyIn":
        if not self.starts_at < self.ends_at <= self.starts_at + LONGEST_BUSY:
            raise ValueError("`ends_at` must be after `starts_at`, at most 31 days")
        return self


class Clash(BaseModel):
    """The booking that blocks: whose time it takes, what it is (as far as one may know), and who booked it."""

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


class Proposal(BaseModel):
    """A time at which everybody asked for and the venue are free."""

    starts_at: datetime
    ends_at: datetime
    venue: ResourceOut
    why: Literal["earliest", "free", "out_of_hours"]
