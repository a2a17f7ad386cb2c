"""The API's inputs and outputs about sessions, their lists and run-sheets."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from telemed.cases.schemas import ConsentRecord
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.people.model import Allergy, Sex, Title
from telemed.rounds.answer_schemas import OtherTimeOut
from telemed.rounds.series_schemas import Override, PlaceChoice
from telemed.rounds.words import (
    Gone,
    Identified,
    ItemAction,
    ItemState,
    Lack,
    Reason,
    RoundAction,
    RoundState,
    SignedAs,
)

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class RoundFilter(Input):
    """`show`: what is to come within four weeks, or what was, the newest first; `before`: older than this session."""

    show: Literal["ahead", "past"] = "ahead"
    ward_id: UUID | None = None
    before: UUID | None = None


class RoundPerson(Model):
    id: UUID
    name: str
    name_en: str
    title: Title


class RoundRow(Versioned):
    """A session in a list. It names no patient; `confirmed` counts those on its list."""

    id: UUID
    rev: int
    series_id: UUID | None
    hub_id: str
    branch_id: str
    ward_id: UUID
    ward: str
    ward_en: str
    specialty: str
    state: RoundState
    state_since: datetime
    starts_at: datetime
    ends_at: datetime
    lead: RoundPerson | None
    lead_answered: Literal["invited", "accepted", "proposed", "declined"] | None
    accompanying: RoundPerson | None
    proposed: int
    confirmed: int
    visited: int
    unbooked: bool
    mine: bool  # this person leads it or takes part


class RoundList(Model):
    items: list[RoundRow]
    more: bool
    server_time: datetime


class ItemPatient(Model):
    """Whom an item is about; absent where this person may not see them."""

    id: UUID
    name: str
    pinyin: str
    sex: Sex
    age: int | None
    allergy: Allergy
    allergy_text: str
    number: str  # of the stay
    isolation: bool
    critical: bool


class ItemOut(Versioned):
    """One patient on the list. `lacks`: what is still missing. `patient` is null to a student without consent."""

    id: UUID
    place: int
    bed: str
    state: ItemState
    signed_as: SignedAs | None  # once its note is
    state_since: datetime
    late: bool
    put_forward: bool  # the lead is asked about them
    gone: Gone | None  # while the round goes on and its notes are written: they do not lie in the ward any more
    patient: ItemPatient | None
    reasons: list[Reason]
    summary: str
    changes: str
    question: str
    minutes: int
    spent: int  # seconds
    since: datetime | None  # it is presented
    why: str
    consent: Literal["in_force", "ended", "emergency", "none"]
    paper_due: bool  # it was given by telephone, and its signed form is still to come
    lacks: list[Lack]
    labs: list[str]  # of these the tests that are missing by name, where the specialty names some
    identified: Identified | None
    identified_at: datetime | None
    identified_by: list[RoundPerson]
    wrong_band_at: datetime | None  # another's wristband was read here: every screen says so
    instructions: int
    unread: int  # of these, not read back
    actions: list[ItemAction]


class RoundOut(RoundRow):
    """A session with its list, as far as this person sees it; `hidden` counts who is on it besides."""

    items: list[ItemOut]
    hidden: int
    list_opens_at: datetime
    locks_at: datetime
    venue_id: UUID | None
    venue: str
    venue_en: str
    cart_id: UUID | None
    cart: str
    unbooked_by: list[PlaceChoice]  # who or what has something else at its time
    why: str
    started_at: datetime | None
    ended_at: datetime | None
    current_id: UUID | None
    doctors: list[RoundPerson]  # of the hub, beside the lead
    students: list[RoundPerson]  # of the hub, who see the beds whose patients have agreed to teaching
    learns: bool  # this person follows as a student
    pool: list[RoundPerson]
    actions: list[RoundAction]
    capacities: list[str]
    may_answer: bool
    other_time: OtherTimeOut | None  # that the lead proposes
    turned_down: str  # to the lead, who proposed one: why it stays at this time
    may_name_lead: bool
    may_move: bool
    may_add: bool
    questions: list[str]  # what is usually asked in this specialty, to begin from
    room_open: bool
    server_time: datetime


class ItemIn(Input):
    summary: Line
    changes: Words
    question: Words
    minutes: int = Field(ge=1, le=60)


class AddItemIn(Input):
    patient_id: UUID


class ItemConsents(Model):
    """Those that stand of a patient's stay, oldest first."""

    items: list[ConsentRecord]


class ContinuedOut(Model):
    """The draft of the consultation into which a bed of a round continues."""

    consultation_id: UUID


class ConfirmItemIn(Input):
    """`emergency`: why without a consent."""

    emergency: Line = ""


class ReasonIn(Input):
    reason: Line = ""


class OrderIn(Input):
    items: list[UUID] = Field(max_length=100)


class LeadIn(Input):
    lead_id: UUID
    override: Override = ""  # why limits are passed over


class NamedIn(Input):
    staff_id: UUID


class CandidateOut(Model):
    patient_id: UUID
    bed: str
    name: str
    pinyin: str
    sex: Sex
    age: int | None
    number: str
    reasons: list[Reason]


class WardOut(Model):
    items: list[CandidateOut]
    may_add: bool
