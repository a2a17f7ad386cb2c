"""The API's outputs about what rings, and who was told of what."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from telemed.kit.model import Model
from telemed.kit.words import OneOf
from telemed.people.model import Staff
from telemed.work.model import LADDERS, Device, PassedFor, To
from telemed.work.outgoing import DeliveryState


class ToldPerson(Model):
    """Somebody who was told, and what became of it."""

    id: UUID
    name: str
    name_en: str
    hospital_id: str
    department: str
    department_en: str
    phone: str
    told_at: datetime
    seen_at: datetime | None
    seen_on: Device | None
    undelivered: bool = False  # unseen, and the mail was given up or, in an emergency, a minute is over
    mail: DeliveryState | None = None  # None: they get no mail


class ToldOf(Model):
    """Who was told of one thing that is awaited."""

    ladder: Annotated[str, OneOf(LADDERS)]
    due_at: datetime
    advice: list[int]  # the numbers of the advice that is to be carried out by then
    people: list[ToldPerson]


class RungPerson(ToldPerson):
    """Somebody at whom it rings or rang."""

    passed_at: datetime | None
    passed_for: PassedFor | None
    rings: bool  # still
    online: bool  # has a page open, where the bell is heard
    times: int  # how often it has rung at them


class NextRung(Model):
    """Whom it rings at next, and when. `people` counts them as of now."""

    at: datetime
    to: To
    role: str  # "" unless `to` is a role
    people: int
    online: int  # of them
    again: bool  # the same people as just now, so that nothing is passed on to them


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

    ladder: Annotated[str, OneOf(LADDERS)]
    since: datetime
    reachable: bool  # somebody at whom it rings has a page open
    people: list[RungPerson]
    next: NextRung | None
    phone: str
    phone_of: str  # the role that answers it; "": the centre
    gap: bool  # the roster says nobody for now, so all experts of the specialty are called at once
