"""The table of readings, from requested to issued."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from telemed.kit.activity import Activity
from telemed.kit.table import Table, json_column, json_list, key, moment, refers, word
from telemed.reading.words import KIND, AddendumKind, Drawn, Grade, Part, ReadingPurpose, ReturnCode, Side, Urgency
from telemed.reading.words import ReadingState as State

COUNTED = ("state", "modality", "branch_id", "case_id", "patient_id", "reader_id", "active_at", "issued_at")
NOT_READ = text("state NOT IN ('provisional', 'issued', 'addended', 'withdrawn')")


def activity(id: UUID) -> Activity:
    return Activity(KIND, id)


class Reading(Table, table=True):
    """One study that a branch asks a hub to read. The study is in the branch's archive.

    `claimed_at` and `active_at` are of the claim of `reader_id`, which lapses when it has been idle for so long.
    """

    __table_args__ = (
        # In the order of the worklist: of each state the first rows are found without reading the others.
        Index("ix_reading_list", "hub_id", "state", "rank", "due_at", "id"),
        Index("ix_reading_branch", "branch_id", "state", "rank", "due_at", "id"),
        Index("ix_reading_counts", "hub_id", *COUNTED),  # all that the counts of its lists need
        Index("ix_reading_study", "branch_id", "study_uid"),
        Index(
            "ix_reading_open",
            "branch_id",
            "study_uid",
            "hub_id",
            "patient_id",  # so that one whose study was recalled does not stand in the right patient's way
            unique=True,
            sqlite_where=NOT_READ,
            postgresql_where=NOT_READ,
        ),
    )

    id: UUID = key()
    version: int = 1
    case_id: UUID = refers("case.id")
    patient_id: UUID = refers("patient.id")
    branch_id: str = refers("hospital.id", index=False)
    hub_id: str = refers("hospital.id", index=False)
    agreement_id: UUID = refers("agreement.id", index=False)
    study_uid: str
    state: State = word(State, name="state")
    state_since: datetime = moment()
    urgency: Urgency = word(Urgency)
    rank: int  # of its urgency, the most pressing first: lists are sorted by it
    modality: str
    part: Part = word(Part)
    side: Side = word(Side)
    examination: str  # 检查项目, as the study names it
    question: str
    history: str = ""
    requester_id: UUID = refers("staff.id")  # at the branch
    asked_by: UUID | None = None  # the hub's expert who asked for it in the consultation
    consultation_id: UUID | None = Field(default=None, index=True)  # that it comes from
    rule_id: UUID | None = None  # that made it; `requester_id` is then its contact at the branch
    consent_id: UUID | None = None  # of its consultation or the patient's stay, on which it rests
    clause_id: UUID | None = None  # of the agreement, on which it rests without a consent
    requested_at: datetime = moment()
    # Of the report, or while it is returned of the branch's seeing to it; None: its images have not all come.
    due_at: datetime | None = moment(optional=True)
    reader_id: UUID | None = refers("staff.id", optional=True)
    claimed_at: datetime | None = moment(optional=True)
    active_at: datetime | None = moment(optional=True)
    return_code: ReturnCode | None = word(ReturnCode, optional=True)
    return_words: str = ""
    withdraw_words: str = ""  # why the branch withdrew it
    written_at: datetime | None = moment(optional=True)
    author_title: str = ""  # 职称 of `reader_id` when the report was submitted: it says who may review it
    reviewer_id: UUID | None = refers("staff.id", optional=True, index=False)
    reviewed_at: datetime | None = moment(optional=True)
    issued_at: datetime | None = moment(optional=True)
    purpose: ReadingPurpose = word(ReadingPurpose, name="purpose")
    branch_report: int = 0  # of an over-read: the number of the newest version of the branch's own report; 0: none yet
    grade: Grade | None = word(Grade, name="grade", optional=True)  # of an over-read that is issued
    critical_words: str = ""  # its critical findings (危急值), as they are printed; kept by `critical_findings`


class Report(Table, table=True):
    """The report of a reading, number 1: first a draft, then as its author submitted it, then as it was issued.

    Each further number is an addendum to it: its text stands in `findings`, and it is issued from the start.

    `submitted`: the fields as the author submitted them last, so that what the reviewer changed can be shown.
    `canonical` and `sha256`: the text that was issued, which nothing changes any more.
    """

    __table_args__ = (UniqueConstraint("reading_id", "number"),)

    id: UUID = key()
    version: int = 1
    reading_id: UUID = refers("reading.id")
    number: int = 1
    kind: AddendumKind | None = word(AddendumKind, name="kind", optional=True)
    author_id: UUID = refers("staff.id", index=False)
    technique: str = ""
    findings: str = ""
    impression: str = ""
    key_images: list[dict[str, Any]] = json_list()
    image_count: int | None = None  # of its study, when begun, submitted, issued; None: from before it was counted
    template: str = ""  # the key and number of the version that it began with: chest_ct/3
    saved_at: datetime = moment()
    submitted: dict[str, Any] | None = json_column(optional=True)
    revise_words: str = ""  # why the reviewer gave it back
    revised_by: UUID | None = refers("staff.id", optional=True, index=False)
    # Of an over-read (`ComparisonIn`): what is picked now, and what its author had picked when it was submitted.
    compared: dict[str, Any] | None = json_column(optional=True)
    compared_first: dict[str, Any] | None = json_column(optional=True)
    canonical: str | None = None
    sha256: str | None = None
    # Of the stored files, each made when it is first asked for:
    print_sha256: str | None = None
    sr_sha256: str | None = None
    fhir_sha256: str | None = None


class BranchReport(Table, table=True):
    """The branch's own report of a study, which an over-read is compared with. A change is a further version: rows are
    never changed or deleted. It is text, or a PDF, or both."""

    __table_args__ = (UniqueConstraint("reading_id", "number"),)

    id: UUID = key()
    reading_id: UUID = refers("reading.id")
    number: int
    author: str  # who wrote it at the branch, as it says; they need no account
    written_at: datetime = moment()
    findings: str = ""
    technique: str = ""
    impression: str = ""
    file_id: UUID | None = refers("file.id", optional=True, index=False)
    own_report_id: UUID | None = None  # that was written at the branch's desk; None: it was pasted, or is a PDF
    added_by: UUID = refers("staff.id", index=False)
    added_at: datetime = moment()


class OwnReport(Table, table=True):
    """One version of the report that a radiologist writes of a study of their own hospital, at the same desk: a draft
    until it is signed, and then never changed. Over-reads are given it as a `BranchReport`.

    `author_id` has the draft until it has been idle for as long as a claim may be, or is released.
    """

    __table_args__ = (UniqueConstraint("hospital_id", "study_uid", "number"),)

    id: UUID = key()
    version: int = 1
    hospital_id: str = refers("hospital.id", index=False)
    study_uid: str
    patient_id: UUID = refers("patient.id", index=False)  # whose study it was then
    number: int
    author_id: UUID | None = refers("staff.id", optional=True, index=False)
    active_at: datetime = moment()
    technique: str = ""
    findings: str = ""
    impression: str = ""
    template: str = ""
    saved_at: datetime | None = moment(optional=True)
    wrote_id: UUID | None = refers("staff.id", optional=True, index=False)  # who left it to whom signs
    signed_by: UUID | None = refers("staff.id", optional=True, index=False)
    signed_at: datetime | None = moment(optional=True)


class Discrepancy(Table, table=True):
    """Where an over-read and the branch's report differ, as it was when the over-read was issued; it never changes."""

    __table_args__ = (
        Index("ix_discrepancy_hub", "hub_id", "issued_at"),
        Index("ix_discrepancy_branch", "branch_id", "issued_at"),
    )

    id: UUID = key()
    reading_id: UUID = Field(foreign_key="reading.id", unique=True)
    case_id: UUID = refers("case.id", index=False)
    patient_id: UUID = refers("patient.id", index=False)
    branch_id: str = refers("hospital.id", index=False)
    hub_id: str = refers("hospital.id", index=False)
    grade: Grade = word(Grade, name="grade")
    changed: bool  # the reviewer picked otherwise than the author
    branch_report_id: UUID = refers("branchreport.id", index=False)  # the version that was compared with
    branch_lines: list[str] = json_list()
    hub_lines: list[str] = json_list()
    author_id: UUID = refers("staff.id", index=False)
    written_at: datetime = moment()
    reviewer_id: UUID = refers("staff.id", index=False)
    issued_at: datetime = moment()
    report_sha256: str  # of the text that was issued


class ReadingClause(Table, table=True):
    """One version of an agreement's consent clause (知情条款) for readings without a consent of their own. Of those
    that are valid the newest counts; rows are never changed."""

    __table_args__ = (UniqueConstraint("agreement_id", "number"),)

    id: UUID = key()
    agreement_id: UUID = refers("agreement.id", index=False)
    number: int
    text: str
    valid_from: date
    saved_by: UUID = refers("staff.id", index=False)
    saved_at: datetime = moment()


class ReadingRule(Table, table=True):
    """A row of the table by which studies of a branch are read without being requested. The first that matches counts.

    `days`: the weekdays on which it holds, Monday first, as "1111100"; from `starts` until `ends`, local to the branch,
    over midnight where `ends` is the earlier; all day where both are the same.
    """

    __table_args__ = (Index("ix_readingrule_branch", "branch_id", "hub_id", "id"),)

    id: UUID = key()
    version: int = 1
    hub_id: str = refers("hospital.id", index=False)
    branch_id: str = refers("hospital.id", index=False)
    name: str
    purpose: ReadingPurpose = word(ReadingPurpose, name="purpose")
    modality: str = ""  # empty: any
    days: str
    starts: str
    ends: str
    share: int  # percent
    seed: str  # of its draw; told to nobody, so that nobody can say beforehand which studies it takes
    urgency: Urgency = word(Urgency)
    part: Part = word(Part)  # where the study's name says none
    question: str
    contact_id: UUID = refers(
        "staff.id", index=False
    )  # at the branch: is told of reports, and asked for what is missing
    retired: bool = False
    saved_by: UUID = refers("staff.id", index=False)
    created_at: datetime = moment()  # studies from before are not touched
    saved_at: datetime = moment()


class RuleDraw(Table, table=True):
    """What came of one study that a rule matched; there is one for each study and hub, so that it is drawn once. For an
    over-read it is drawn when the branch's report stands: until then the row says only that it waits for that."""

    __table_args__ = (
        UniqueConstraint("hub_id", "branch_id", "study_uid"),
        Index("ix_ruledraw_rule", "rule_id", "at"),
    )

    id: UUID = key()
    rule_id: UUID = refers("readingrule.id", index=False)
    rule_version: int
    hub_id: str = refers("hospital.id", index=False)
    branch_id: str = refers("hospital.id", index=False)
    study_uid: str
    outcome: Drawn = word(Drawn, name="outcome")
    reading_id: UUID | None = None
    at: datetime = moment()


class ReportTemplate(Table, table=True):
    """One version of a department's report template; the newest counts. Those of `templates.py` are their number 1."""

    __table_args__ = (UniqueConstraint("hospital_id", "key", "number"),)

    id: UUID = key()
    hospital_id: str = refers("hospital.id", index=False)
    key: str
    number: int
    name: str
    modality: str
    part: Part = word(Part)
    technique: str
    findings: str
    impression: str
    retired: bool = False
    saved_by: UUID = refers("staff.id", index=False)
    saved_at: datetime = moment()


class ReportPhrase(Table, table=True):
    """常用语 of one radiologist."""

    id: UUID = key()
    staff_id: UUID = refers("staff.id")
    text: str
