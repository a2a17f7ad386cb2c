"""The tables of ward rounds: series, sessions, the patients on their lists, acts, instructions, notes."""

from datetime import date, datetime
from datetime import date as Date
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from telemed.kit.activity import Activity
from telemed.kit.table import Table, json_column, json_list, key, moment, refers, word
from telemed.rounds.words import (
    KIND,
    ActKind,
    Identified,
    InstructionKind,
    InstructionState,
    ItemState,
    NoteKind,
    Outcome,
    RoundState,
)
from telemed.scheduling.model import OneChange
from telemed.scheduling.recurrence import OccurrenceChange

STANDS = text("state != 'cancelled'")
GOES_ON = text("state NOT IN ('closed', 'cancelled')")
OPEN_INSTRUCTION = text("state IN ('to_read_back', 'to_execute')")


def activity(id: UUID) -> Activity:
    """Of a session; grants and work about one patient on its list name the item's id instead."""
    return Activity(KIND, id)


class RoundSeries(Table, table=True):
    """查房计划: rounds of one ward that come again. `rrule` (RFC 5545) counts days of the branch's calendar from
    `starts_on`, each at `at` by its clock."""

    __table_args__ = (Index("ix_roundseries_branch", "branch_id", "ward_id"),)

    id: UUID = key()
    version: int = 1
    hub_id: str = refers("hospital.id")
    branch_id: str = refers("hospital.id", index=False)
    agreement_id: UUID = refers("agreement.id", index=False)
    ward_id: UUID = refers("ward.id", index=False)
    specialty: str
    rrule: str
    starts_on: date
    at: str  # 08:30
    minutes: int
    leads: list[str] = json_list()  # ids of people, in the order in which they are asked
    cadence_days: int  # how many days may pass between two rounds of the ward
    venue_id: UUID | None = refers("resource.id", optional=True, index=False)  # at the hub
    cart_id: UUID | None = refers("device.id", optional=True, index=False)
    accompanying_id: UUID | None = refers("staff.id", optional=True, index=False)
    follows_id: UUID | None = None  # the series whose later rounds this one took over
    ends_on: Date | None = None  # its last day
    made_until: Date | None = None  # sessions of all days up to here are made
    created_by: UUID = refers("staff.id", index=False)
    created_at: datetime = moment()


class RoundTemplate(Table, table=True):
    """What a bed of this specialty needs for rounds of this hub, where its coordinators have changed what is built in
    (`needed.py`)."""

    __table_args__ = (UniqueConstraint("hub_id", "specialty"),)

    id: UUID = key()
    version: int = 1
    hub_id: str = refers("hospital.id", index=False)
    specialty: str
    needs: list[str] = json_list()
    labs: list[str] = json_list()
    questions: list[str] = json_list()
    changed_by: UUID = refers("staff.id", index=False)
    changed_at: datetime = moment()


class RoundChange(OneChange, table=True):
    __table_args__ = (UniqueConstraint("series_id", "on"),)

    series_id: UUID = refers("roundseries.id", index=False)
    change: OccurrenceChange = word(OccurrenceChange)


class RoundSession(Table, table=True):
    """查房场次. `rev` counts the changes of its run-sheet, of which `version`, for who changes the session, is none."""

    __table_args__ = (
        Index("uq_roundsession_day", "series_id", "on", unique=True, sqlite_where=STANDS, postgresql_where=STANDS),
        Index("ix_roundsession_hub", "hub_id", "starts_at"),
        Index("ix_roundsession_branch", "branch_id", "starts_at"),
        Index("ix_roundsession_ward", "ward_id", "starts_at"),
        Index("ix_roundsession_open", "state", "starts_at", sqlite_where=GOES_ON, postgresql_where=GOES_ON),
    )

    id: UUID = key()
    version: int = 1
    rev: int = 0
    series_id: UUID | None = refers("roundseries.id", optional=True, index=False)
    on: Date  # the day by the rule
    hub_id: str = refers("hospital.id", index=False)
    branch_id: str = refers("hospital.id", index=False)
    ward_id: UUID = refers("ward.id", index=False)
    ward: str  # its name as it was
    ward_en: str = ""
    specialty: str
    state: RoundState = word(RoundState, name="round_state")
    state_since: datetime = moment()
    starts_at: datetime = moment()
    ends_at: datetime = moment()
    list_opens_at: datetime = moment()
    locks_at: datetime = moment()
    lead_id: UUID | None = refers("staff.id", optional=True)
    accompanying_id: UUID | None = refers("staff.id", optional=True, index=False)
    venue_id: UUID | None = refers("resource.id", optional=True, index=False)
    cart_id: UUID | None = refers("device.id", optional=True, index=False)
    unbooked: list[dict[str, Any]] = json_list()  # what stood in the way of its time; empty: it is booked
    started_at: datetime | None = moment(optional=True)
    ended_at: datetime | None = moment(optional=True)
    why: str = ""  # cancelled, converted, or begun before it was ready


class RoundItem(Table, table=True):
    """One patient on a session's list, and where they lay then."""

    __table_args__ = (
        UniqueConstraint("session_id", "patient_id"),
        Index("ix_rounditem_patient", "patient_id", "session_id"),
    )

    id: UUID = key()
    version: int = 1
    session_id: UUID = refers("roundsession.id", index=False)
    patient_id: UUID = refers("patient.id", index=False)
    admission_id: UUID = refers("admission.id", index=False)
    case_id: UUID | None = refers("case.id", optional=True)  # from when it is confirmed
    consent_id: UUID | None = None  # on which it rests
    emergency: str = ""  # why it is shown without a consent
    state: ItemState = word(ItemState, name="item_state")
    state_since: datetime = moment()
    place: int
    late: bool = False  # added after the list was locked: the lead confirms it
    bed: str
    reasons: list[str] = json_list()
    summary: str = ""  # working diagnosis
    changes: str = ""  # of the last 24 hours
    question: str = ""
    minutes: int
    presented_at: datetime | None = moment(optional=True)
    left_at: datetime | None = moment(optional=True)  # when the next bed was gone to
    spent: int = 0  # seconds at this bed before `presented_at`
    why: str = ""  # deferred, skipped, removed
    identified: Identified | None = word(Identified, optional=True)
    identified_at: datetime | None = moment(optional=True)
    identified_by: list[str] = json_list()  # ids of people: one, or the two who heard it
    wrong_band_at: datetime | None = moment(optional=True)  # another's wristband was read at this visit, and none since


class RoundAct(Table, table=True):
    """What somebody did on the run-sheet. Its id was made on their device, so that it is taken once however often it is
    sent. Never changed."""

    __table_args__ = (Index("ix_roundact_session", "session_id", "occurred_at"), Index("ix_roundact_item", "item_id"))

    id: UUID = Field(primary_key=True)
    session_id: UUID = refers("roundsession.id", index=False)
    item_id: UUID | None = refers("rounditem.id", optional=True, index=False)
    kind: ActKind = word(ActKind, name="act_kind", check=False)
    outcome: Outcome = word(Outcome, name="act_outcome", check=False)
    by: UUID = refers("staff.id", index=False)
    occurred_at: datetime = moment()
    recorded_at: datetime = moment()
    said: dict[str, Any] = json_column()  # what was sent, to tell a repeat from another act of the same id
    text: str = ""


class Instruction(Table, table=True):
    """查房指示: never an order. It is executed when a doctor of the branch records the order that carries it out."""

    __table_args__ = (
        Index(
            "ix_instruction_open",
            "patient_id",
            "due_at",
            sqlite_where=OPEN_INSTRUCTION,
            postgresql_where=OPEN_INSTRUCTION,
        ),
    )

    id: UUID = key()
    version: int = 1
    session_id: UUID = refers("roundsession.id")
    item_id: UUID = refers("rounditem.id")
    patient_id: UUID = refers("patient.id", index=False)
    admission_id: UUID = refers("admission.id", index=False)
    case_id: UUID = refers("case.id", index=False)
    branch_id: str = refers("hospital.id", index=False)
    hub_id: str = refers("hospital.id", index=False)
    ward_id: UUID = refers("ward.id")
    n: int  # counted at its item
    kind: InstructionKind = word(InstructionKind, name="instruction_kind")
    text: str
    state: InstructionState = word(InstructionState, name="instruction_state")
    owner_id: UUID | None = refers("staff.id", optional=True)  # None: the ward's doctors
    due_at: datetime = moment()
    given_by: UUID = refers("staff.id", index=False)
    given_at: datetime = moment()
    heard: str = ""  # what was read back
    read_back_by: UUID | None = refers("staff.id", optional=True, index=False)
    read_back_at: datetime | None = moment(optional=True)
    order_number: str = ""
    ordered_at: datetime | None = moment(optional=True)
    ordered_by: str = ""
    words: str = ""  # how it was carried out without an order, or why it was declined
    done_by: UUID | None = refers("staff.id", optional=True, index=False)
    done_at: datetime | None = moment(optional=True)
    replaced_by: UUID | None = None  # the instruction that was given in its place


class RoundNote(Table, table=True):
    """The note of one patient's round: written by a doctor of the ward, submitted, countersigned at the hub; once
    `signed_at` is set it never changes (migrations/guards.py).

    `submitted`: the fields as they were submitted, so that what the hub changed can be shown. Guidance is signed when
    the branch's senior doctor has countersigned it too.
    """

    __table_args__ = (UniqueConstraint("item_id"),)

    id: UUID = key()
    version: int = 1
    session_id: UUID = refers("roundsession.id")
    item_id: UUID = refers("rounditem.id", index=False)
    author_id: UUID = refers("staff.id", index=False)
    condition: str = ""  # 病情
    assessment: str = ""  # 分析
    plan: str = ""  # 诊疗计划, beside the numbered instructions
    saved_at: datetime = moment()
    submitted_at: datetime | None = moment(optional=True)
    submitted: dict[str, Any] | None = json_column(optional=True)
    return_words: str = ""
    # As what the hub signed it; none while the hub has not.
    kind: NoteKind | None = word(NoteKind, name="note_kind", optional=True)
    hub_by: UUID | None = refers("staff.id", optional=True, index=False)
    hub_at: datetime | None = moment(optional=True)
    senior_by: UUID | None = refers("staff.id", optional=True, index=False)
    signed_at: datetime | None = moment(optional=True)
    canonical: str | None = None
    sha256: str | None = None


class RoundNotePrint(Table, table=True):
    """The stored print of a signed note, made when it is first asked for. Never changed."""

    note_id: UUID = Field(primary_key=True, foreign_key="roundnote.id")
    file_id: UUID
    sha256: str  # of the bytes
    made_at: datetime = moment()
