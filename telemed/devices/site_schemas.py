"""What the API says of rooms and carts on the site board."""

from datetime import datetime
from uuid import UUID

from telemed.devices.model import DeviceKind
from telemed.devices.standing import Retest, SiteFault, SiteState
from telemed.kit.model import Model
from telemed.rooms.schemas import DeviceTestOut


class SiteDevice(Model):
    """`seen_at`: when it was last heard of. `link`: how long it waited for the server in each quarter of the last 24
    hours, the oldest first, in milliseconds; null: it was not heard of; empty: it never said.
    """

    id: UUID
    kind: DeviceKind
    name: str
    online: bool
    seen_at: datetime | None
    last_test: DeviceTestOut | None
    faults: list[SiteFault]
    link: list[int | None]
    retest: Retest | None  # of a test that somebody asked for in the last hour


class SiteMeeting(Model):
    """A booking, of which only when and of what kind. `held`: it may still run out."""

    kind: str
    starts_at: datetime
    ends_at: datetime
    held: bool


class Site(Model):
    """A venue with the devices that stand there, or a device that stands in none."""

    id: UUID
    hospital_id: str
    name: str
    name_en: str
    place: str
    place_en: str
    state: SiteState
    devices: list[SiteDevice]
    next: SiteMeeting | None


class SiteBoard(Model):
    """`items`: what needs somebody first."""

    items: list[Site]
    server_time: datetime
