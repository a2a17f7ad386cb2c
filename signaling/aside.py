"""Events in the rooms' log that cannot be read: list, retry or drop them, directly in the database file."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from signaling.log import ASIDE


@dataclass(frozen=True)
class Aside:
    n: int
    id: str
    room: str
    type: str
    at: datetime
    size: int
    """Bytes of the unreadable data."""


def listed(path: Path) -> list[Aside]:
    if not path.exists():
        return []
    query = "select n, id, room, type, at, length(data) from events where taken = ? order by n"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        rows = db.execute(query, (ASIDE,)).fetchall()
    return [
        Aside(n, str(id), room, kind, datetime.fromtimestamp(at, UTC), size) for n, id, room, kind, at, size in rows
    ]


def retry(path: Path, n: int) -> bool:
    """The courier tries it again with the room's next event, or at the next start. False if it is not set aside."""
    return _change(path, "update events set taken = 0 where n = ? and taken = ?", n)


def drop(path: Path, n: int) -> bool:
    return _change(path, "delete from events where n = ? and taken = ?", n)


def _change(path: Path, statement: str, n: int) -> bool:
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(statement, (n, ASIDE)).rowcount == 1
