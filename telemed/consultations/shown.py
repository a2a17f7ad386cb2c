"""The outputs of the API of consultations."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.activities.model import Answer
from telemed.cases.model import NoPaper
from telemed.consultations.rules.content import RequestContent
from telemed.consultations.words import Action, Mode, ParticipantRole, State, Urgency
from telemed.kit.http import Versioned
from telemed.kit.model import Model
from telemed.people.model import Allergy, Sex, Title
from telemed.people.schemas import PatientOut
from telemed.scheduling.schemas import Clash, Proposal
from telemed.work.model import WorkKind


class Out(Model):
    model_config = ConfigDict(from_attributes=True)


class Proposals(Model):
    items: list[Proposal]
    searched_until: datetime | None
    wishes: list[tuple[datetime, datetime]]


class HubOut(Model):
    """A hub that may be asked instead; `department` is its own of the specialty, empty if it has none."""

    id: str
    name: str
    name_en: str
    department: str = ""
    department_en: str = ""


class Hubs(Model):
    items: list[HubOut]


class PersonOut(Model):
    id: UUID
    name: str
    name_en: str
    title: Title
    hospital_id: str
    department: str
    department_en: str
    phone: str


class ParticipantOut(Model):
    person: PersonOut
    role: ParticipantRole
    required: bool
    removable: bool  # may be removed by those who may add experts
    answer: Answer
    answered_at: datetime | None
    proposed_start: datetime | None
    proposed_end: datetime | None
    words: str
    present: bool
    waiting: bool
    joined_at: datetime | None
    left_at: datetime | None


class StepOut(Model):
    """One of the ten steps: when it was reached, who brought it there, how long it took or is taking. The meeting takes
    from its start to its end, every other step from the one before to where it is reached."""

    key: str
    reached_at: datetime | None
    by_name: str
    by_name_en: str = ""
    by_id: UUID | None
    seconds: int | None  # None if it has not been reached
    current: bool
    due_at: datetime | None
    holder: str  # whom the current step waits for: the word of a role
    planned_at: datetime | None = None


class CheckOut(Model):
    """One line of the readiness gate. `blocks`: while it is red, the consultation does not start by itself."""

    key: str
    ok: bool
    blocks: bool
    at: datetime | None = None
    detail: dict[str, Any] = Field(default_factory=dict)


class EventOut(Out):
    id: UUID
    type: str
    occurred_at: datetime
    recorded_at: datetime
    actor_id: UUID | None
    actor_name: str
    actor_name_en: str = ""
    actor_role: str
    data: dict[str, Any]


class PacketItemOut(Model):
    id: UUID
    kind: str
    title: str
    checklist: str | None
    file_id: UUID | None
    media_type: str | None
    hospital_id: str
    study_uid: str | None
    reason: str | None
    supplement: bool
    added_at: datetime


class StudyOut(Model):
    hospital_id: str
    study_uid: str | None
    description: str
    taken_at: datetime | None
    modalities: list[str]
    series: int
    received: int
    expected: int | None
    complete: bool
    link: str  # proposed, confirmed, rejected (not this patient's) or missing
    differs: bool
    taken_along: bool = False  # by the system, into an emergency
    withdrawable: bool = False  # the reader may take it out of the request


class Why(StrEnum):
    """Why a study that was in the packet is no longer shown."""

    rejected = "rejected"  # a person of its hospital said that it is not this patient's
    other_patient = "other_patient"  # it was confirmed as another's
    mixed = "mixed"  # it holds images of two patients
    unconfirmed = "unconfirmed"  # it no longer agrees with who the patient is
    withdrawn = "withdrawn"  # taken out of the packet


class TakenAwayOut(Model):
    """A study taken away. `by_id` is None if nobody decided it; `reason` is only for the study's own hospital."""

    hospital_id: str
    study_uid: str
    title: str
    at: datetime
    by_id: UUID | None
    by_name: str = ""
    by_name_en: str = ""
    why: Why
    reason: str = ""


class ConsentOut(Out):
    id: UUID
    number: str
    kind: str
    scopes: list[str]
    given_by: str
    at: datetime
    paper_due: bool
    unobtainable_at: datetime | None  # the paper cannot be had, as was said then
    unobtainable_code: NoPaper | None
    unobtainable_reason: str | None
    approved_at: datetime | None
    withdrawn_at: datetime | None
    outdated_at: datetime | None  # since another hub is asked, which it does not name
    file_id: UUID | None


class SoftEnd(Model):
    """What happens at the booked end of a running meeting: without `next` it is extended, at most so often."""

    extended: int
    most: int
    by_minutes: int
    next: Clash | None


class ByBreakGlass(Model):
    """The reader's break-glass by which alone they see this, only to read."""

    id: UUID
    until: datetime


class ConsultationOut(Versioned):
    """The case page: the story from question to execution, and what this person may do next."""

    id: UUID
    number: str | None
    case_id: UUID | None
    state: State
    state_since: datetime
    state_reason: str | None
    state_due_at: datetime | None
    sign_due_at: datetime | None
    urgency: Urgency
    mode: Mode
    elective: bool
    patient_present: bool
    branch_id: str
    hub_id: str
    patient: PatientOut | None
    content: RequestContent
    department_en: str  # if the request's department is one of that hospital's
    missing: list[str]
    requester: PersonOut | None
    accompanying: PersonOut | None
    lead: PersonOut | None
    endorsed_by: PersonOut | None
    approved_by: PersonOut | None
    hub_department_id: UUID | None
    mdt: bool
    recorder_id: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    venue: str
    venue_en: str
    branch_venue: str
    branch_venue_en: str
    steps: list[StepOut]
    checks: list[CheckOut]
    participants: list[ParticipantOut]
    packet_version: int
    packet_locked_at: datetime | None
    started_with_missing: list[str]  # lines of the readiness gate; `checklist.<item>` for a paper
    missing_reason: str | None
    packet: list[PacketItemOut]
    studies: list[StudyOut]
    taken_away: list[TakenAwayOut]
    consents: list[ConsentOut]
    history: list[EventOut]
    actions: list[Action]
    may_add_expert: bool
    my_answer: Answer | None  # to the invitation, if there is one
    may_join: bool
    soft_end: SoftEnd | None
    owed: list[WorkKind]  # by the branch beside the steps, which this person may do
    by_break_glass: ByBreakGlass | None  # null: the reader may see it anyway


class RowOut(Model):
    """A consultation in a list: patient with name, sex and age, and title."""

    id: UUID
    version: int
    number: str | None
    state: State
    state_since: datetime
    state_due_at: datetime | None
    sign_due_at: datetime | None  # while the one clock runs
    urgency: Urgency
    mode: Mode
    branch_id: str
    patient_id: UUID | None
    patient_name: str
    patient_pinyin: str
    patient_sex: Sex | None
    patient_age: int | None
    allergy: Allergy | None
    department: str
    department_en: str
    bed: str
    title: str
    lead_name: str
    lead_name_en: str
    starts_at: datetime | None


class ConsultationList(Model):
    items: list[RowOut]
    next: str | None


class Counts(Model):
    """How many are open in each state, and how many of them are late; a state with none is not named."""

    states: dict[State, int]
    late: dict[State, int]


class Changed(Versioned):
    """The answer to an action: the new version and state."""

    id: UUID
    state: State
