"""The API's inputs and outputs about devices."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.activities.schemas import Announced
from telemed.devices.model import DeviceKind
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.rooms.schemas import DeviceTestOut


class CodeOut(Model):
    """A code to register this device by, in groups of four, and until when it is good."""

    code: str
    expires_at: datetime


class TakeIn(Input):
    """What a registered device's cookie holds."""

    secret: str = Field(min_length=20, max_length=100)


class MeetingOut(Announced):
    """A booking of the device's venue, without its patient."""

    starts_at: datetime
    ends_at: datetime
    kind: str


class PersonHere(Model):
    """Who is signed in at the device. Without an act of theirs for so long they no longer are."""

    stay: UUID
    name: str
    name_en: str
    since: datetime
    idle_seconds: int


class RegisteredOut(Model):
    name: str
    kind: DeviceKind
    hospital: str
    hospital_en: str
    venue: str
    venue_en: str
    meetings: list[MeetingOut]
    last_test: DeviceTestOut | None
    test_due: bool
    person: PersonHere | None
    waits_for: UUID | None  # the booking in whose room it waits now
    room: UUID | None  # that room, which is its activity
    activity: str  # of which kind that is; nothing while it waits in none
    called_at: datetime | None  # it calls the centre since then, and nobody has answered yet
    phone: str


class HereQuery(Input):
    took: int | None = Field(default=None, ge=0, le=60_000)  # milliseconds


class HereOut(Model):
    """What a device shows while nobody is signed in on it; `registered` is None until its code was entered."""

    registered: RegisteredOut | None
    signaling_url: str
    server_time: datetime


class DeviceTicketOut(Model):
    """The credential for the first message to signaling, as in `TicketOut`."""

    room: UUID
    ticket: str


class CalledOut(Model):
    called_at: datetime


class EntryCodeOut(Model):
    """A code by which somebody signs in at this device with their telephone; `qr` is an SVG as a `data:` address."""

    code: str
    qr: str
    expires_at: datetime


class EnteredOut(Model):
    """Whether a telephone has confirmed; then the answer has set the cookie of that person's sign-in."""

    entered: bool


class BadgeAndPin(Input):
    badge: str = Field(min_length=1, max_length=200)
    pin: str = Field(min_length=1, max_length=20)


class EntryCode(Input):
    code: str = Field(min_length=1, max_length=20)


class CodeDeviceOut(Model):
    """The device that shows this code."""

    name: str
    kind: DeviceKind
    hospital: str
    hospital_en: str
    venue: str
    venue_en: str
    expires_at: datetime


class DeviceLeave(Input):
    """`why`: null if the page does not know, because the sign-in had ended already."""

    why: Literal["signed_out", "changed", "idle"] | None


class DeviceIn(Input):
    name: str = Field(min_length=1, max_length=60)
    kind: DeviceKind
    venue_id: UUID | None = None


class RegisterIn(DeviceIn):
    code: str = Field(min_length=1, max_length=20)


class DeviceOut(Versioned):
    """`by`: who registered it. `tests`: the last ones, the newest first."""

    id: UUID
    kind: DeviceKind
    name: str
    venue_id: UUID | None
    venue: str
    venue_en: str
    registered_at: datetime
    by: str
    seen_at: datetime | None
    revoked_at: datetime | None
    tests: list[DeviceTestOut]


class VenueBrief(Model):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    name_en: str


class DeviceList(Model):
    """`venues`: where a device may stand."""

    items: list[DeviceOut]
    venues: list[VenueBrief]
