"""The table of consultations, from draft to archived."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Index, String, literal, text
from sqlmodel import Field, col

from telemed.consultations.words import KIND, Mode, State, Urgency
from telemed.kit.activity import Activity
from telemed.kit.table import Table, json_column, json_list, key, moment, refers, word

STAT = text("urgency = 'stat'")


def activity(id: UUID) -> Activity:
    return Activity(KIND, id)


class Consultation(Table, table=True):
    __table_args__ = (
        Index("ix_consultation_state", "state", "starts_at"),
        Index("ix_consultation_stat", "state", sqlite_where=STAT, postgresql_where=STAT),
    )

    id: UUID = key()
    version: int = 1
    number: str | None = Field(default=None, unique=True)
    case_id: UUID | None = refers("case.id", optional=True)
    patient_id: UUID | None = refers("patient.id", optional=True)
    # No index on these two: with few hospitals it does not select, and planners would wrongly prefer it.
    branch_id: str = refers("hospital.id", index=False)
    hub_id: str = refers("hospital.id", index=False)
    state: State = word(State)
    state_since: datetime = moment()
    state_reason: str | None = None
    state_due_at: datetime | None = moment(optional=True)
    urgency: Urgency = word(Urgency)
    mode: Mode = word(Mode)
    patient_present: bool = True
    elective: bool = False  # 择期: asked for later than 24 h from now, so `sign_due_at` counts from the booked time
    request: dict[str, Any] = json_column()  # RequestContent
    missing: list[str] = json_list()  # ticked by the person who returned it
    requester_id: UUID = refers("staff.id")
    accompanying_id: UUID | None = None
    wanted_department_id: UUID | None = None
    lead_id: UUID | None = Field(default=None, index=True)
    hub_department_id: UUID | None = Field(default=None, index=True)
    mdt: bool = (
        False  # 多学科会诊: the lead expert chairs it, and each expert beside them signs a section of the opinion
    )
    recorder_id: UUID | None = None  # of an MDT: writes for the others, and signs nothing
    endorsed_by: UUID | None = None
    endorsed_at: datetime | None = moment(optional=True)
    approved_by: UUID | None = None
    approved_at: datetime | None = moment(optional=True)
    accepted_by: UUID | None = None
    booking_id: UUID | None = None
    venue: str = ""
    venue_en: str = ""
    branch_venue: str = ""  # the branch's room, if it is booked too
    branch_venue_en: str = ""
    starts_at: datetime | None = moment(optional=True, index=True)
    ends_at: datetime | None = moment(optional=True)
    started_at: datetime | None = moment(optional=True)
    ended_at: datetime | None = moment(optional=True)
    submitted_at: datetime | None = moment(optional=True)
    sign_due_at: datetime | None = moment(optional=True)  # the deadline from submitted to signed
    packet_version: int = 0
    packet_locked_at: datetime | None = moment(optional=True)
    started_with_missing: list[str] = json_list()
    missing_reason: str | None = None
    created_at: datetime = moment()
    updated_at: datetime = moment()


# Of a query: written out, because SQLite uses the index of stat consultations only for the word itself.
IS_STAT: Final = col(Consultation.urgency) == literal(Urgency.stat.value, String, literal_execute=True)


class DayCounter(Table, table=True):
    """The last consultation number of a day, of whichever hub."""

    day: str = Field(primary_key=True)
    last: int = 0
