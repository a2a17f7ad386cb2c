"""The API's inputs and outputs about series of rounds."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.kit.clock import Moment
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import Title
from telemed.scheduling.recurrence import OccurrenceChange
from telemed.scheduling.schemas import Clash, LeftOut, LimitOut

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
Override = Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)]
Minutes = Annotated[int, Field(ge=10, le=240)]


class SeriesIn(Input):
    """`rrule`: every so many weeks on weekdays, or every so many months on the n-th of a weekday (RFC 5545).

    `leads`: who is asked to lead, in this order. `cadence_days`: how many days may pass between two rounds.
    """

    branch_id: str = Field(pattern=r"^[a-z0-9-]{2,32}$")
    ward_id: UUID
    specialty: str = Field(pattern=r"^[a-z_]{2,40}$")
    rrule: str = Field(max_length=80)
    starts_on: date
    at: str = Field(max_length=5)
    minutes: Minutes
    leads: list[UUID] = Field(min_length=1, max_length=12)
    cadence_days: int = Field(ge=1, le=60)
    venue_id: UUID | None = None
    cart_id: UUID | None = None
    accompanying_id: UUID | None = None


class SeriesChangeIn(SeriesIn):
    """`since`: from this day on it is another series; without it, all rounds that are still to come."""

    since: date | None = None


class SeriesEndIn(Input):
    last: date
    reason: Words


class OccurrenceIn(Input):
    """One round of the series: left out, or moved to another time; `override`: why limits are passed over then."""

    change: OccurrenceChange
    starts_at: Moment | None = None
    minutes: Minutes | None = None
    reason: Words = ""
    override: Override = ""


class LeadOut(Model):
    id: UUID
    name: str
    name_en: str
    title: Title
    department: str
    department_en: str


class OccurrenceOut(Model):
    """One round to come, and what stands in its way.

    `closed`: the hospitals that do not work on that day; `guessed`: years without holidays entered; `not_covered`: no
    agreement covers rounds then; `same_ward`: the ward has another round at that time; `clashes`: of venue, cart and
    bed doctor, and of the leads where none of them is free; `limits`: of these and of who would lead it.
    """

    on: date
    starts_at: datetime
    ends_at: datetime
    moved: bool
    lead_id: UUID | None
    closed: list[str]
    guessed: list[int]
    not_covered: bool
    same_ward: bool
    clashes: list[Clash]
    limits: list[LimitOut]


class PreviewOut(Model):
    """`left_out`: the rounds to come that do not take place, whose days the rule has: left out of the series, or
    cancelled by themselves."""

    items: list[OccurrenceOut]
    left_out: list[LeftOut]


class SeriesOut(Versioned):
    """`unreadable`: its rule or time, or who leads, cannot be read, so that no more of it is made until it is said
    anew."""

    id: UUID
    hub_id: str
    branch_id: str
    ward_id: UUID
    ward: str
    ward_en: str
    specialty: str
    rrule: str
    starts_on: date
    at: str
    minutes: int
    leads: list[LeadOut]
    cadence_days: int
    venue_id: UUID | None
    venue: str
    venue_en: str
    cart_id: UUID | None
    cart: str
    accompanying_id: UUID | None
    accompanying: str
    ends_on: date | None
    next_at: datetime | None
    last_at: datetime | None  # of the rounds that took place
    unreadable: bool
    unbooked: int  # of the sessions to come, those whose time something else takes
    may_change: bool


class SeriesList(Model):
    items: list[SeriesOut]
    may_plan: bool


class WardChoice(Model):
    id: UUID
    name: str
    name_en: str


class PlaceChoice(Model):
    id: UUID
    name: str
    name_en: str


class PlacesIn(Input):
    """Where one round is: all of them, also those that stay."""

    venue_id: UUID | None
    cart_id: UUID | None


class MoveRoundIn(Input):
    """`places`: where it is from now on, if that changes; `override`: why limits are passed over."""

    places: PlacesIn | None = None
    starts_at: Moment
    minutes: Minutes
    override: Override = ""


class BranchChoice(Model):
    """A branch whose agreement with this hub covers rounds, and what a round of it can be held with."""

    id: str
    name: str
    name_en: str
    time_zone: str
    wards: list[WardChoice]
    carts: list[PlaceChoice]
    doctors: list[LeadOut]  # who may be at the bedside


class ChoicesOut(Model):
    branches: list[BranchChoice]
    leads: list[LeadOut]
    venues: list[PlaceChoice]
    specialties: list[str]


class AheadQuery(Input):
    most: int = Field(default=8, ge=1, le=52)
