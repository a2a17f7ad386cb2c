"""The API's inputs and outputs about the home page."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from telemed.access.model import Role
from telemed.activities.schemas import (
    AtHandOut,
    FoundOut,
    HeldOut,
    NextOut,
    PatientBrief,
    PlaceBrief,
    RingingOut,
)
from telemed.activities.words import Phase, Urgency
from telemed.kit.http import Input
from telemed.kit.model import Model
from telemed.kit.words import OneOf
from telemed.people.schemas import StaffOut
from telemed.work.model import LADDERS, WORK, Device, PassedFor, When
from telemed.work.schemas import ToldOf, WaitsFor


class WorkOut(Model):
    """A work item (待办): what to do, about whom, by when.

    `actions` may be taken from its row at once, in the words of its kind of activity; they name `version`.
    """

    id: UUID
    kind: Annotated[str, OneOf(WORK)]
    role: Role | None  # None: for this person by name
    urgency: Urgency
    created_at: datetime
    due_at: datetime | None
    about_id: UUID
    activity: str | None
    activity_id: UUID | None
    version: int | None  # of its activity; None if this person may not see it
    patient: PatientBrief | None
    place: PlaceBrief | None
    title: str  # its activity's title
    starts_at: datetime | None  # when its activity meets
    ends_at: datetime | None
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


class RingingList(Model):
    items: list[RingingOut]


class CalledPerson(Model):
    """At whom a call rang: since when and how often, when it was on which screen of theirs, when they passed it on."""

    id: UUID
    name: str
    name_en: str
    rang_at: datetime
    times: int
    seen_at: datetime | None
    seen_on: Device | None
    passed_at: datetime | None
    passed_for: PassedFor | None


class CallOut(Model):
    """What called in a shift: from when until when it rang, and what became of it. `rang_me`: at its reader too.

    `people`: of the same roster, in the order in which it rang at them.
    """

    activity: str
    activity_id: UUID
    title: str
    patient: PatientBrief | None
    place: PlaceBrief | None
    began_at: datetime
    ended_at: datetime | None
    rings: bool
    phase: Phase | None
    lead_name: str
    lead_name_en: str
    called_off: bool
    rang_me: bool
    passed_for: PassedFor | None
    people: list[CalledPerson]


class DutyCallsOut(Model):
    """`calls`: since then, at anybody of the same roster, the latest first."""

    since: datetime
    calls: list[CallOut]


class DutyShiftOut(DutyCallsOut):
    """`at_hand`: what one may be called about in the rest of it."""

    at_hand: list[AtHandOut]


class SeenIn(Input):
    device: Device


class PassIn(Input):
    why: PassedFor


class ReadIn(SeenIn):
    """`about`: only what is of this activity; everything, if none is named."""

    about: UUID | None = None


class NoticeOut(Model):
    """What somebody was told of a deadline, of an activity or of their hospital's work.

    Without a title they may not see its activity any more. `about_id`: what the first of the work that waits is about,
    as a series.
    """

    id: UUID
    ladder: Annotated[str, OneOf(LADDERS)]
    when: When
    due_at: datetime
    told_at: datetime
    seen_at: datetime | None
    ended_at: datetime | None  # from then on it is of no concern
    activity: str | None
    activity_id: UUID | None
    about_id: UUID | None
    title: str
    patient: PatientBrief | None


class NoticeFilter(Input):
    """`about`: only of this activity; of all, if none is named."""

    about: UUID | None = None


class NoticeList(Model):
    items: list[NoticeOut]
    new: int


class ToldList(Model):
    items: list[ToldOf]


class ExceptionOut(Model):
    """Something late at the hub, or that should not be. `climbed`: how many others were told since it was due.

    Without an activity it is of the hospital's own work; without a title this person may not see its activity any more.
    """

    id: UUID
    ladder: Annotated[str, OneOf(LADDERS)]
    urgency: Urgency
    began_at: datetime
    due_at: datetime
    climbed: int
    nudged_at: datetime | None
    activity: str | None
    activity_id: UUID | None
    title: str
    patient: PatientBrief | None
    place: PlaceBrief | None
    waits_for: list[WaitsFor]
    advice: list[int]  # the numbers of the advice that is to be carried out
    late: bool  # else it is here for whom it did not reach
    undelivered: list[WaitsFor]
    also: list[Annotated[str, OneOf(LADDERS)]]  # what is late besides, of the same trouble


class ExceptionList(Model):
    items: list[ExceptionOut]


class SearchIn(Input):
    q: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class SearchOut(Model):
    """What a search has found, as far as this person may see it."""

    patients: list[PatientBrief]
    cases: list[FoundOut]
    people: list[StaffOut]


class CentreDay(Model):
    """What the hub holds, by time."""

    items: list[HeldOut]


class HomeOut(Model):
    """`next`: the first to join, then all others of today, in the order in which they press."""

    next: list[NextOut]
    work: WorkList
    server_time: datetime
