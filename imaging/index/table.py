"""The base class of the index's tables, and column types."""

from datetime import UTC, datetime
from typing import Any

from pydantic import ConfigDict
from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
}


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """The base of every table; a registry of its own keeps other packages' tables out.

    A row is not validated, so no validator is built for it.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel has a type of its own for it


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite keeps no zone, so it is put back on load."""

    impl, cache_ok = DateTime(timezone=True), True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def as_kept(value: datetime) -> str:
    """A moment as SQLite keeps it, for a statement that SQLAlchemy does not run."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def moment(*, optional: bool = False, index: bool = False) -> Any:
    if optional:
        return Field(default=None, nullable=True, sa_type=UtcDateTime, index=index)
    return Field(nullable=False, sa_type=UtcDateTime, index=index)
