"""Events and uploads that were set aside: list, retry or drop them, directly in the index's file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from imaging.index.model import CODE_ASIDE


@dataclass(frozen=True)
class Aside:
    position: int
    type: str
    source: str
    set_aside_at: datetime
    size: int
    """Bytes of the unreadable data."""


def listed(index: Path) -> list[Aside]:
    if not index.exists():
        return []
    query = "select position, type, source, set_aside_at, length(data) from outbox where set_aside_at is not null"
    with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(f"{query} order by position").fetchall()
    return [Aside(n, kind, source, _moment(at), size) for n, kind, source, at, size in rows]


def retry(index: Path, position: int) -> bool:
    """The archive tries it again with its next event, or at the next start. False if it is not set aside."""
    again = "update outbox set set_aside_at = null where position = ? and set_aside_at is not null"
    return _change(index, again, position)


def drop(index: Path, position: int) -> bool:
    return _change(index, "delete from outbox where position = ? and set_aside_at is not null", position)


@dataclass(frozen=True)
class UploadAside:
    id: UUID
    hospital: str
    created_at: datetime
    size: int
    """Bytes of the upload."""


def uploads_listed(index: Path) -> list[UploadAside]:
    if not index.exists():
        return []
    query = "select id, hospital, created_at, length from uploads where code = ? order by id"
    with closing(sqlite3.connect(f"{index.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(query, (CODE_ASIDE,)).fetchall()
    return [UploadAside(UUID(id), hospital, _moment(at), size) for id, hospital, at, size in rows]


def retry_upload(index: Path, id: UUID) -> bool:
    """The archive tries it again at its next start, if its bytes are still there. False if it is not set aside."""
    again = "update uploads set state = 'received', code = '', sentence = '' where id = ? and code = ?"
    return _change(index, again, id.hex, CODE_ASIDE)


def drop_upload(index: Path, id: UUID) -> bool:
    """Gives it up for good; its bytes are deleted at the next start."""
    return _change(index, "update uploads set code = 'dropped' where id = ? and code = ?", id.hex, CODE_ASIDE)


def _moment(kept: str) -> datetime:
    return datetime.fromisoformat(kept).replace(tzinfo=UTC)


def _change(index: Path, statement: str, *values: int | str) -> bool:
    with closing(sqlite3.connect(index)) as db, db:
        return db.execute(statement, values).rowcount == 1
