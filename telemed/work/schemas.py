"""The API's outputs about what rings."""

from datetime import datetime
from uuid import UUID

from telemed.kit.model import Model
from telemed.people.model import Staff
from telemed.work.model import Device, To
from telemed.work.outgoing import DeliveryState


class RungPerson(Model):
    """Somebody at whom it rings or rang."""

    id: UUID
    name: str
    name_en: str
    department: str
    department_en: str
    told_at: datetime
    seen_at: datetime | None
    seen_on: Device | None
    passed_at: datetime | None
    rings: bool  # still
    online: bool  # has a page open, where the bell is heard
    times: int  # how often it has rung at them
    undelivered: bool = False  # not seen within a minute, or the mail was given up
    mail: DeliveryState | None = None  # None: they get no mail


class NextRung(Model):
    """Whom it rings at next, and when. `people` counts them as of now."""

    at: datetime
    to: To
    role: str  # "" unless `to` is a role
    people: int
    online: int  # of them


class WaitsFor(Model):
    """Of whom something is asked, or who was not reached: a person, by `role` all who have it, or a chat group."""

    name: str
    name_en: str
    phone: str
    role: str
    hospital_id: str


def person(of: Staff) -> WaitsFor:
    return WaitsFor(name=of.name, name_en=of.name_en, phone=of.phone, role="", hospital_id=of.hospital_id)


class RungOut(Model):
    """Whom an activity has rung at since `since`, the latest first; `phone`: whom to telephone if nobody comes."""

    since: datetime
    reachable: bool  # somebody at whom it rings has a page open
    people: list[RungPerson]
    next: NextRung | None
    phone: str
    phone_of: str  # the role that answers it; "": the centre
