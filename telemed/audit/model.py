"""The audit log: who did or saw what, and who was refused. Append only; the sealer numbers and chains it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field

from telemed.kit.table import Table, key, moment, word

UNSEALED = text("number IS NULL")
OF_PATIENT = text("patient_id IS NOT NULL")
OF_READS = text("purpose IS NOT NULL")
OF_SETTINGS = text("change IS NOT NULL")


class Purpose(StrEnum):
    """As what patient data was read; of a refusal too. A list or a search that names a patient is a read of them."""

    patient = "patient"
    list = "list"
    search = "search"
    case = "case"
    request = "request"
    consent = "consent"
    opinion = "opinion"
    print = "print"
    file = "file"
    study = "study"  # whose it is, and what its header says
    images = "images"
    room = "room"
    export = "export"
    audit = "audit"
    break_glass = "break_glass"
    outside_department = "outside_department"  # by a clinician of the patient's hospital who does not treat them


class AuditEvent(Table, table=True):
    """A row. Reads have a purpose; changes of settings, people and accounts say what was before and after."""

    __table_args__ = (
        Index("ix_auditevent_patient", "patient_id", "at", sqlite_where=OF_PATIENT, postgresql_where=OF_PATIENT),
        Index("ix_auditevent_actor", "actor_id", "at"),
        Index(
            "ix_auditevent_actor_owner",
            "actor_id",
            "owner_id",
            "at",
            sqlite_where=OF_READS,
            postgresql_where=OF_READS,
        ),
        Index("ix_auditevent_owner", "owner_id", "at", sqlite_where=OF_READS, postgresql_where=OF_READS),
        Index("ix_auditevent_settings", "owner_id", "at", sqlite_where=OF_SETTINGS, postgresql_where=OF_SETTINGS),
        Index("ix_auditevent_number", "number", unique=True),
        Index("ix_auditevent_unsealed", "id", sqlite_where=UNSEALED, postgresql_where=UNSEALED),
    )

    id: UUID = key()
    at: datetime = moment()
    actor_id: UUID | None = None
    hospital_id: str | None = None  # the actor's
    action: str
    target: str
    outcome: str
    reason: str | None = None
    owner_id: str | None = None  # the hospital whose patient or settings it is about
    patient_id: UUID | None = None
    case_id: UUID | None = None
    device_id: UUID | None = None  # at which device of a hospital the actor was signed in
    purpose: Purpose | None = word(Purpose, optional=True, check=False)
    # {"before": {…}, "after": {…}}, only what differs
    change: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    times: int = Field(default=1, sa_column_kwargs={"server_default": "1"})  # for strangers, who are counted
    number: int | None = None  # from 1 on without a gap, given by the sealer
    hash: bytes | None = None  # sha256 of the previous row's hash and of this row; see chain.py
