"""The API's inputs and outputs about requests."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from telemed.access.model import Role
from telemed.cases.schemas import ConsentIn, ConsentRecord, PacketEntry
from telemed.consultations.rules.content import MOST_STUDIES, RequestContent
from telemed.consultations.words import Mode, State, Urgency
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.uid import Uid
from telemed.people.schemas import PatientOut


class NewRequest(Input):
    """A new request, empty or a copy of an earlier consultation of the same patient."""

    urgency: Urgency = Urgency.routine
    patient_id: UUID | None = None
    copy_from: UUID | None = None


class RequestChange(Input):
    """Only fields that are given change, also inside `content`; each is replaced as a whole.

    Another hub ends the consents that name the former one, and what is wanted that it does not have.
    """

    hub_id: str | None = Field(default=None, max_length=32)
    patient_id: UUID | None = None
    urgency: Urgency | None = None
    mode: Mode | None = None
    patient_present: bool | None = None
    accompanying_id: UUID | None = None
    content: RequestContent | None = None


class UploadedIn(Input):
    """The studies that were sent for this request."""

    study_uids: list[Uid] = Field(default_factory=list, max_length=MOST_STUDIES)


class PersonBrief(Model):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    name: str
    name_en: str


Received = Literal["endorse", "review", "accept", "take"]  # the receiver's next action; take: of a stat request


class Receiver(Model):
    """Who gets it next and by when: 「提交后送 无锡医务科 韩月白，5 分钟内审核」."""

    action: Received
    role: Role
    hospital_id: str
    people: list[PersonBrief]
    within_minutes: int
    sign_within_minutes: int


class AgreementBrief(Model):
    model_config = ConfigDict(from_attributes=True)
    number: str
    valid_until: date
    services: list[str]


class RequestStudy(Model):
    """A study of the patient that the branch holds."""

    model_config = ConfigDict(from_attributes=True)
    hospital_id: str
    study_uid: str
    description: str
    taken_at: datetime | None
    modalities: list[str]
    series: int
    received: int
    expected: int | None
    complete: bool
    link: str
    differs: bool


class OtherStudy(Model):
    """A study that is another patient's. What its header says is empty for who may not see that patient."""

    study_uid: str
    description: str
    header_name: str
    header_number: str


class EarlierRequest(Model):
    id: UUID
    number: str | None
    state: State
    title: str
    submitted_at: datetime | None


class NewConsent(ConsentIn):
    hub_id: str | None = None  # whom the page named when it was taken; another may be asked meanwhile


class RequestOut(Versioned):
    id: UUID
    number: str | None
    state: State
    state_reason: str | None
    urgency: Urgency
    mode: Mode
    patient_present: bool
    elective: bool
    branch_id: str
    hub_id: str
    hubs: list[str]  # that may be asked, itself too; none once it was submitted
    case_id: UUID | None
    patient: PatientOut | None
    requester: PersonBrief
    accompanying_id: UUID | None
    content: RequestContent
    department_en: str  # if the department is one of that hospital's
    missing: list[str]  # of the required set, in the order of the form
    returned_missing: list[str]  # ticked by the person who returned it
    checklist: list[str]
    packet_version: int
    packet: list[PacketEntry]
    consents: list[ConsentRecord]
    studies: list[RequestStudy]
    others: list[OtherStudy]  # named, and not this patient's: they count for nothing
    earlier: list[EarlierRequest]
    agreement: AgreementBrief | None
    receiver: Receiver
    writable: bool  # this person may change the text now
    papers_open: bool  # this person may add attachments and consents now
    may_take_consent: bool  # or at least another consent, because none is left
    consents_open: bool  # this person may still complete what a consent lacks, also after signing
    filing_open: bool  # and file the paper that one owes
    updated_at: datetime


class UploadedOut(RequestOut):
    """The request; `refused`: what was sent and is another patient's, and so is not named in it."""

    refused: list[OtherStudy]


class RequestRow(Model):
    """A draft or returned request in a list."""

    id: UUID
    urgency: Urgency
    state: State
    patient_name: str
    patient_pinyin: str
    title: str
    updated_at: datetime


class RequestList(Model):
    items: list[RequestRow]


class Submitted(Versioned):
    id: UUID
    number: str
    state: State
    receiver: Receiver


class Bilingual(Model):
    zh: str
    en: str


class Template(Model):
    """A request's outline for one specialty: prompts to fill in, never facts."""

    key: str
    specialty: str
    title: Bilingual
    fields: dict[str, Bilingual]


class Phrase(Model):
    specialty: str | None  # None: for every specialty
    short: Bilingual  # on a button
    text: Bilingual


class TemplateList(Model):
    items: list[Template]
    phrases: list[Phrase]
