"""Resources that can be booked, bookings, and the time each booking takes from each resource."""

from datetime import date, datetime
from datetime import date as Date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_list, key, moment, refers, word
from telemed.kit.words import Words
from telemed.scheduling.recurrence import OccurrenceChange


class ResourceKind(StrEnum):
    person = "person"
    venue = "venue"
    equipment = "equipment"  # a ward cart, a bedside camera: by the id of the device (devices/bookable.py)


class BookingKind(StrEnum):
    consultation = "consultation"
    clinic = "clinic"  # 门诊
    teleclinic = "teleclinic"  # 远程门诊: doctor and patient are in two hospitals
    round = "round"
    surgery = "surgery"
    reading = "reading"
    teaching = "teaching"
    meeting = "meeting"
    duty = "duty"
    maintenance = "maintenance"
    leave = "leave"
    other = "other"


THINGS: Final = (ResourceKind.venue, ResourceKind.equipment)
RESOURCES: Final = Words("kind of resource", ResourceKind)
BOOKINGS: Final = Words("kind of booking", BookingKind)


class BookingState(StrEnum):
    held = "held"  # 预留: expires by itself
    booked = "booked"
    cancelled = "cancelled"


class Resource(Table, table=True):
    """A person (the same id as their Staff row; the row is made at their first booking), a venue, or equipment."""

    id: UUID = key()
    version: int = 1
    kind: str = RESOURCES.column()
    hospital_id: str = refers("hospital.id")
    name: str
    name_en: str
    place: str = ""  # 瑞金 6 号楼
    place_en: str = ""
    places: int = 1
    ended_at: datetime | None = moment(optional=True)  # of equipment: no longer to be had


LIVE = text("state IN ('held', 'booked')")


class Booking(Table, table=True):
    """A booking. `hospital_id` may read the title: for a consultation the patient's hospital."""

    __table_args__ = (
        # An activity has one booking; this refuses the second of two people who book it at once.
        Index("uq_booking_activity_live", "activity_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        # One booking for each day of a series.
        Index("uq_booking_series_live", "series_id", "on", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_booking_activity", "activity_id"),
        Index("ix_booking_hold", "state", "expires_at"),
    )

    id: UUID = key()
    version: int = 1
    kind: str = BOOKINGS.column()
    hospital_id: str = refers("hospital.id")
    activity: str | None = activity_kind(optional=True)  # None: somebody's busy time
    activity_id: UUID | None = None
    title: str
    title_en: str = ""
    starts_at: datetime = moment(index=True)
    ends_at: datetime = moment()
    state: BookingState = word(BookingState)
    expires_at: datetime | None = moment(optional=True)  # of a hold
    created_by: UUID | None = None
    created_at: datetime = moment()
    note: str = ""
    # The activity for which somebody keeps this time while they arrange it (holds.py); it is not its booking.
    held_for: UUID | None = None
    # Limits of what it takes that somebody passed over, and why (limits.py).
    overridden: list[dict[str, Any]] = json_list()
    override_reason: str = ""
    series_id: UUID | None = None  # of a time that comes again
    on: Date | None = None  # the day by the series' rule
    # For calendars outside (RFC 5545 §3.8.7.4): rises whenever when, where, who or whether it is certain changes.
    sequence: int = 0
    changed_at: datetime | None = moment(optional=True)  # then; None: since it was made


class BookingSeries(Table, table=True):
    """定期安排: time of the same people and places that comes again. `rrule` (RFC 5545) counts days of the hospital's
    calendar from `starts_on`, each at `at` by its clock."""

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id")  # whose coordinators arrange it
    kind: str = BOOKINGS.column()
    title: str = ""
    rrule: str
    starts_on: date
    at: str  # 08:30
    minutes: int
    resources: list[str] = json_list()  # ids of people, venues and equipment
    note: str = ""
    override_reason: str = ""  # why limits of theirs are passed over
    follows_id: UUID | None = None  # the series whose later times this one took over
    ends_on: Date | None = None  # its last day
    created_by: UUID = refers("staff.id", index=False)
    created_at: datetime = moment()


class OneChange(Table):
    """What was decided of one occurrence of a series: it is left out (EXDATE), or has another time; `on` is its day by
    the rule. Each kind of series has such a table (differing.py)."""

    id: UUID = key()
    series_id: UUID
    on: Date
    change: OccurrenceChange
    starts_at: datetime | None = moment(optional=True)
    minutes: int | None = None
    reason: str = ""
    by: UUID = refers("staff.id", index=False)
    changed_at: datetime = moment()


class BookingChange(OneChange, table=True):
    __table_args__ = (UniqueConstraint("series_id", "on"),)

    series_id: UUID = refers("bookingseries.id", index=False)
    change: OccurrenceChange = word(OccurrenceChange)


class Availability(Table, table=True):
    """When a person or venue can be had, where that differs from their hospital; the id is the resource's."""

    id: UUID = key()
    version: int = 1
    week: list[str] = json_list()  # their own hours from Monday on, as Hospital.week; empty: the hospital's
    tele: list[str] = json_list()  # kept for telemedicine from Monday on; empty: nothing is
    buffer_minutes: int = 0  # free before and after each booking, to come, to clean, to roll the cart
    changed_by: UUID | None = None
    changed_at: datetime = moment()


class Occupancy(Table, table=True):
    """The time that a booking takes from one resource; active ones never overlap (migrations/guards.py)."""

    __table_args__ = (
        UniqueConstraint("booking_id", "resource_id"),
        # All that a search for free time reads: it never comes to the table.
        Index("ix_occupancy_resource_time", "resource_id", "ends_at", "starts_at", "active", "booking_id"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
    )

    id: UUID = key()
    booking_id: UUID = refers("booking.id", index=False)
    resource_id: UUID = refers("resource.id", index=False)
    starts_at: datetime = moment()
    ends_at: datetime = moment()
    active: bool = True
