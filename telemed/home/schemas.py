"""What waits for somebody, as their home page shows it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from telemed.access.model import Role
from telemed.consultations.guards import Action
from telemed.consultations.schemas import RowOut
from telemed.people.model import Allergy, Sex
from telemed.work.model import WorkKind


class WorkPatient(BaseModel):
    id: UUID
    name: str
    pinyin: str
    sex: Sex
    age: int | None
    allergy: Allergy
    hospital_id: str
    department: str
    department_en: str
    bed: str


class WorkOut(BaseModel):
    """One 待办: what to do, about whom, by when; `actions` are what may be done from the row at once."""

    id: UUID
    kind: WorkKind
    role: Role | None  # null: named to this person
    urgency: str
    created_at: datetime
    due_at: datetime | None
    subject: UUID
    activity: str | None
    activity_id: UUID | None
    patient: WorkPatient | None
    consultation: RowOut | None
    note: dict[str, Any]
    actions: list[Action]


class RingingOut(BaseModel):
    """A stat consultation nobody has taken yet: the red band."""

    consultation: RowOut
    question: str
    patient_present: bool
    since: datetime
    may_take: bool
    names_lead: bool  # a coordinator names the lead expert in taking it


class NextOut(BaseModel):
    consultation: RowOut
    role: str
    starts_at: datetime | None
    ends_at: datetime | None
    venue: str
    venue_en: str
    ready: int
    checks: int
    may_join: bool
    waiting_for_me: bool  # the other side is in the room already


class HomeOut(BaseModel):
    ringing: list[RingingOut]
    next: list[NextOut]
    items: list[WorkOut]
    server_time: datetime
