"""The event log's API: ids, codes and times, without patient data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from telemed.kit.http import Input
from telemed.kit.model import Model


class HistoryQuery(Input):
    after: str | None = Field(default=None, max_length=100)
    limit: int = Field(default=200, ge=1, le=1000)


class HistoryEvent(Model):
    """One event without names and free text; `data` are the fields that may be shown."""

    id: UUID
    type: str
    occurred_at: datetime
    recorded_at: datetime
    actor_id: UUID | None
    actor_role: str
    actor_hospital: str
    hospital_id: str
    partner_id: str | None
    case_id: UUID | None
    patient_id: UUID | None
    activity: str | None
    activity_id: UUID | None
    data: dict[str, Any]


class HistoryList(Model):
    """A page. `next` is the cursor after it, even of the last page; `more`: there is another page already."""

    items: list[HistoryEvent]
    next: str
    more: bool
