"""Orders to the leaves, kept until the leaf confirms that it has them on disk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field

from telemed.kit.table import Table, json_column, key, moment


class LeafOrder(Table, table=True):
    """One row per kind and target; a newer order replaces the older one."""

    __table_args__ = (UniqueConstraint("kind", "target"),)

    id: UUID = key()
    # `room.end`, `room.remove`, `room.call_away`, `room.grants`, `sid.revoked`, `study.hide`, `study.marks`,
    # `study.reports`
    kind: str
    target: str  # what it is about; the kind defines its form
    data: dict[str, Any] = json_column()
    rev: int = Field(sa_type=BigInteger)  # when it was decided, in microseconds; rises with each order of a target
    created_at: datetime = moment()
    confirmed_at: datetime | None = moment(optional=True, index=True)
