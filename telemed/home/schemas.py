"""What waits for somebody, as their home page shows it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field

from telemed.access.model import Role
from telemed.activities.schemas import NextOut, PatientBrief, PlaceBrief, RingingOut
from telemed.activities.words import Urgency
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.kit.words import OneOf
from telemed.work.model import WORK


class WorkOut(Model):
    """One 待办: what to do, about whom, by when.

    `actions` are what may be done from the row at once, in the words of its kind of activity; they name `version`.
    """

    id: UUID
    kind: Annotated[str, OneOf(WORK)]
    role: Role | None  # null: named to this person
    urgency: Urgency
    created_at: datetime
    due_at: datetime | None
    about_id: UUID
    activity: str | None
    activity_id: UUID | None
    version: int | None  # of its activity; null: not to be seen by this person
    patient: PatientBrief | None
    place: PlaceBrief | None
    title: str  # what its activity is about
    note: dict[str, Any]
    actions: list[str]


def _kinds(text: str) -> str:
    for each in text.split(",") if text else ():
        WORK.known(each)
    return text


class WorkFilter(Input):
    """`kinds`: these alone, with commas between them; all, if none is named."""

    kinds: Annotated[str, AfterValidator(_kinds)] = Field(default="", max_length=500)
    most: int = Field(default=40, ge=1, le=400)


class WorkList(Model):
    """The most pressing `items`, and how many of each kind wait in all."""

    items: list[WorkOut]
    waiting: dict[str, int]


class HomeOut(Model):
    ringing: list[RingingOut]
    next: list[NextOut]
    work: WorkList
    server_time: datetime
