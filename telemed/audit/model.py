"""The audit log: who did or saw what, and who was refused. Append only."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from telemed.kit.table import Table, key, moment


class AuditEvent(Table, table=True):
    id: UUID = key()
    at: datetime = moment(index=True)
    actor_id: UUID | None = Field(default=None, index=True)
    hospital_id: str | None = None
    action: str
    target: str = Field(index=True)
    outcome: str
    reason: str | None = None
