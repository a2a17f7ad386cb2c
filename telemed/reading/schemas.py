"""The API's inputs and outputs about readings."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from telemed.activities.schemas import PatientBrief
from telemed.kit.http import Input, Versioned
from telemed.kit.model import Model
from telemed.kit.strict import Ordinal
from telemed.opinions.key_images import KeyImage, KeyImages
from telemed.people.model import Title
from telemed.people.schemas import PatientOut
from telemed.reading.branch_report_schemas import BranchReportIn, BranchReportOut
from telemed.reading.consultation_schemas import AskedInConsultation
from telemed.reading.over_read_schemas import ComparisonIn, OverReadOut
from telemed.reading.page_schemas import ReportPageOut
from telemed.reading.words import AddendumKind, Grade, Part, ReadingPurpose, ReturnCode, Side, Subspecialty, Urgency
from telemed.reading.words import ReadingAction as Action
from telemed.reading.words import ReadingState as State

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Show = Literal["to_read", "mine", "to_review", "returned", "issued", "open", "withdrawn"]


class ReadingIn(Input):
    """What is requested of which hub. `study_id` is the id of a study link of one's own hospital."""

    study_id: UUID
    hub_id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{2,32}$")]
    urgency: Urgency
    part: Part
    side: Side = Side.none
    question: Sentence
    history: Text = ""
    purpose: ReadingPurpose = ReadingPurpose.primary
    branch_report: BranchReportIn | None = None  # of an over-read; it may also come later


class ClaimIn(Input):
    """`reason`: needed to take over what another has claimed or was given, and to claim what is free while something
    more pressing is (`out_of_order`)."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""


class ReturnIn(Input):
    code: ReturnCode
    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class WithdrawIn(Input):
    reason: Sentence


class ResendIn(Input):
    """What is said otherwise than before; what is left out stays."""

    question: Sentence | None = None
    history: Text | None = None


def _classed(images: list[KeyImage]) -> list[KeyImage]:
    """An SR names the class of what it refers to."""
    if any(each.sop_class_uid is None for each in images):
        raise ValueError("a key image of a report has a sop_class_uid")
    return images


class ReportText(Model):
    technique: str = ""
    findings: str = ""
    impression: str = ""
    key_images: list[KeyImage] = Field(default_factory=list)


class ReportTexts(Input):
    """A report as typed: 检查方法, 影像所见, 诊断意见."""

    technique: Annotated[str, StringConstraints(max_length=500)] = ""
    findings: Annotated[str, StringConstraints(max_length=6000)] = ""
    impression: Annotated[str, StringConstraints(max_length=3000)] = ""
    template: Annotated[str, StringConstraints(pattern=r"^([a-z0-9_-]{1,40}/\d{1,6})?$")] = ""  # it began with


class ReportIn(ReportTexts):
    """With its 关键影像, in their order."""

    key_images: Annotated[KeyImages, AfterValidator(_classed)] = Field(default_factory=list)


class IssueIn(ReportIn):
    """`comparison`: of an over-read, what the reviewer has picked or left as it was."""

    comparison: ComparisonIn | None = None


class SubmitIn(Input):
    report_version: Ordinal
    comparison: ComparisonIn | None = None  # of an over-read


class AloneIn(Input):
    """What its author issues alone: the report as it was saved last."""

    report_version: Ordinal


class ReviseIn(Input):
    reason: Sentence


class AddendumIn(Input):
    """What is added or corrected; the issued text stays as it is."""

    kind: AddendumKind
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]


class AddendumOut(Model):
    """`id`: its print is downloaded as that of a report. Damaged: what is stored is not what was issued."""

    id: UUID
    number: int
    kind: AddendumKind
    text: str
    author: str
    author_en: str
    author_title: Title
    at: datetime
    damaged: bool


class ReportOut(ReportText, Versioned):
    """The report; version 0: nothing is written yet. What reviewers said and changed is told to the hub only."""

    id: UUID | None
    number: int
    author: str
    author_en: str
    author_title: Title | None
    saved_at: datetime | None
    written_at: datetime | None
    submitted: ReportText | None  # as its author submitted it
    revise_words: str
    reviser: str
    reviser_en: str
    reviewer: str
    reviewer_en: str
    reviewer_title: Title | None
    reviewed_at: datetime | None  # None although it is issued: a provisional report
    issued_at: datetime | None
    missing: list[str]
    template: str
    other_side: bool  # the study is of one side, and the text names only the other
    damaged: bool  # what is stored is not what was issued: it is not shown
    sha256: str | None
    addenda: list[AddendumOut]
    pages: list[ReportPageOut]
    came_since: int  # images that came since it was begun, or once it is issued since it or its last addendum was


class ReadingFilter(Input):
    """`show`: a list of the desk, or at a branch those that are `open`. Issued are today's; with `q` all."""

    show: Show = "to_read"
    modality: str = Field(default="", max_length=16)
    branch: str = Field(default="", max_length=32)
    part: Part | None = None
    subspecialty: Subspecialty | None = None
    urgency: Urgency | None = None
    purpose: ReadingPurpose | None = None
    q: str = Field(default="", max_length=60)
    after: str | None = Field(default=None, max_length=100)
    limit: int = Field(default=100, ge=1, le=200)


class StudyOf(Model):
    """A study without what names its patient."""

    hospital_id: str
    study_uid: str
    description: str
    accession_number: str
    modalities: list[str]
    laterality: str  # R, L or B (both), as the images say; empty where none does
    taken_at: datetime | None
    series: int
    received: int
    expected: int | None
    complete: bool


class PriorOwn(Model):
    """What the branch's own radiologist has signed of a prior."""

    findings: str
    impression: str
    signer: str
    signer_en: str
    signed_at: datetime


class PriorOut(StudyOf):
    """A prior (既往), with the last report of it that the same hub has issued, and the branch's own."""

    report: ReportOut | None
    own: PriorOwn | None


class ClaimOut(Model):
    """Whose it is, while the claim is in force or it was given to them."""

    staff_id: UUID
    name: str
    name_en: str
    mine: bool
    at: datetime | None  # null: it was given to them and is not claimed yet
    idle_until: datetime | None


class ReadingRow(Versioned):
    id: UUID
    state: State
    state_since: datetime
    urgency: Urgency
    due_at: datetime | None
    requested_at: datetime
    modality: str
    part: Part
    side: Side
    subspecialty: Subspecialty
    examination: str
    accession_number: str  # of the study; empty where its header has none
    patient: PatientBrief
    critical: bool
    isolation: bool
    branch_id: str
    hub_id: str
    purpose: ReadingPurpose
    branch_report: int  # of an over-read: the number of the version that is here; 0: none yet
    grade: Grade | None  # of an over-read that is issued
    has_history: bool
    priors: int
    received: int
    expected: int | None
    waits_for_images: bool
    recalled: bool  # the study is not confirmed as the patient's any more
    claim: ClaimOut | None
    only_reviewed: bool  # addended by a review that changes nothing
    issued_at: datetime | None


class DeskCounts(Model):
    to_read: int
    mine: int
    to_review: int
    returned: int
    issued: int


class ReadingList(Model):
    """The most pressing first. `counts`: how many each list of the desk has, whatever is filtered."""

    items: list[ReadingRow]
    next: str | None
    counts: DeskCounts
    modalities: list[str]  # of the whole list, to filter by
    branches: list[str]
    server_time: datetime


class ReadingOut(ReadingRow):
    """One reading, with what its reader needs to know. `priors_held`: the most alike first."""

    identity: PatientOut
    question: str
    history: str
    requester: str  # who asked for it: of the branch, or an expert of the consultation
    requester_en: str
    requester_phone: str
    consultation: AskedInConsultation | None  # that it comes from
    by_rule: bool  # made by a rule, whose contact at the branch is the requester
    basis: str  # the consent or the clause on which it rests, as it is printed
    return_code: ReturnCode | None
    return_words: str
    withdraw_words: str
    report: ReportOut | None
    branch_reports: list[BranchReportOut]  # of an over-read, the newest first
    over_read: OverReadOut | None  # how it stands to them; the branch sees it once it is issued
    takes_branch_report: bool  # from this person, now
    study: StudyOf
    priors_held: list[PriorOut]
    may_download: bool  # its report; who is only let in to read it may not
    actions: list[Action]
    server_time: datetime
