"""The event log: what happened, when, and when it was recorded. Append only; the source of every indicator."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from telemed.kit.activity import activity_kind
from telemed.kit.table import Table, json_column, key, moment


class EventRow(Table, table=True):
    """One event; `data` are the fields of its model. The actor's name and role are those of that time."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_hospital_id", "hospital_id", "id"),
        Index("ix_event_partner_id", "partner_id", "id"),
    )

    id: UUID = key()
    type: str = Field(index=True)
    occurred_at: datetime = moment()
    recorded_at: datetime = moment()
    actor_id: UUID | None = None  # None: the system
    actor_name: str = ""
    actor_role: str = ""  # the capacity in which they acted, or all their roles if none is known
    actor_hospital: str = ""
    hospital_id: str  # the owner of the data
    partner_id: str | None = None
    case_id: UUID | None = Field(default=None, index=True)
    patient_id: UUID | None = None
    activity: str | None = activity_kind(optional=True)
    activity_id: UUID | None = Field(default=None, index=True)
    data: dict[str, Any] = json_column()
