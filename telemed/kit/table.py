"""What every table is made of: the base with its naming convention, and the column types."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import ConfigDict
from sqlalchemy import JSON, Column, DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
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


def new_id() -> UUID:
    return uuid7()


def first_id(ago: timedelta, before: UUID | None = None) -> UUID:
    """A UUIDv7 smaller than every id made in the last `ago`, counted back from now or from when `before` was made.

    Ids carry the real time (RFC 9562 §5.7), so the product's clock, which a demonstration may set ahead, is not used.
    """
    millisecond = ((before or new_id()).int >> 80) - ago // timedelta(milliseconds=1) - 1
    return UUID(int=millisecond << 80 | 0x7 << 76 | 0x2 << 62)


def key() -> Any:
    return Field(default_factory=uuid7, primary_key=True)


def moment(*, optional: bool = False, index: bool = False) -> Any:
    return Field(default=None if optional else ..., nullable=optional, index=index, sa_type=UtcDateTime)


def word(
    kind: type[StrEnum], *, optional: bool = False, index: bool = False, name: str | None = None, check: bool = True
) -> Any:
    """A string column for an enumeration; it stores the value, which is the word on the wire.

    The database refuses other words with a CHECK, unless `check` is off: use that for lists that grow with every
    feature, because changing a CHECK rewrites the table. `name` names the CHECK if a table uses one enumeration twice.
    """
    kept = Enum(
        kind,
        name=name or kind.__name__.lower(),
        native_enum=False,
        create_constraint=check,
        length=32,
        validate_strings=True,
        values_callable=lambda members: [m.value for m in members],
    )
    column: Column[Any] = Column(kept, nullable=optional, index=index or None)
    return Field(default=None, sa_column=column) if optional else Field(sa_column=column)


def json_column(*, optional: bool = False) -> Any:
    """A JSON document, replaced as a whole: SQLAlchemy does not see a change inside it."""
    if optional:
        return Field(default=None, sa_column=Column(JSON, nullable=True))
    return Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


def json_list(of: Iterable[Any] = ()) -> Any:
    """A JSON array, replaced as a whole; at first it holds `of`."""
    return Field(default_factory=lambda: list(of), sa_column=Column(JSON, nullable=False))


def refers(to: str, *, optional: bool = False, index: bool = True) -> Any:
    """A foreign key column by "table.column"."""
    if optional:
        return Field(default=None, foreign_key=to, index=index, nullable=True)
    return Field(foreign_key=to, index=index)
