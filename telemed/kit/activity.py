"""What people do together about a patient, as everything they share names it: a kind and an id."""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Column, String
from sqlmodel import Field


class Activity(NamedTuple):
    """`kind` is the word of one ActivityKind (telemed/activities), for example "consultation"."""

    kind: str
    id: UUID


def activity_kind(*, optional: bool = False) -> Any:
    """The column `activity`: a plain string, so that a new kind of activity needs no rewrite of the table."""
    column: Column[str] = Column(String(32), nullable=optional)
    return Field(default=None, sa_column=column) if optional else Field(sa_column=column)
