"""Events of the archive that nobody can read: looked at, tried again or dropped by a person, on the index itself."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Aside:
    position: int
    type: str
    source: str
    set_aside_at: datetime
    size: int
    """Bytes of what cannot be read."""


def listed(index: Path) -> list[Aside]:
    if not index.exists():
        return []
    query = "select position, type, source, set_aside_at, length(data) from outbox where set_aside_at is not null"
    with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(f"{query} order by position").fetchall()
    return [Aside(n, kind, source, _moment(at), size) for n, kind, source, at, size in rows]


def retry(index: Path, position: int) -> bool:
    """The archive comes to it with its next event, or at the next start; false if it is not set aside."""
    again = "update outbox set set_aside_at = null where position = ? and set_aside_at is not null"
    return _change(index, again, position)


def drop(index: Path, position: int) -> bool:
    return _change(index, "delete from outbox where position = ? and set_aside_at is not null", position)


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)


def _change(index: Path, statement: str, position: int) -> bool:
    with closing(sqlite3.connect(index)) as db, db:
        return db.execute(statement, (position,)).rowcount == 1
