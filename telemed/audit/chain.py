"""The chain over the audit log: each row's hash covers the row, its number and the hash before it.

sha256(previous hash + JSON of the number and the row's columns as text); before the first stand 32 zero bytes. The
text of a column is the same on SQLite and PostgreSQL, so a row keeps its hash when a database is moved.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

import msgspec
from sqlalchemy import TextClause, text

START: Final = bytes(32)
COLUMNS: Final = (
    "id",
    "at",
    "actor_id",
    "hospital_id",
    "action",
    "target",
    "outcome",
    "reason",
    "owner_id",
    "patient_id",
    "case_id",
    "purpose",
    "change",
    "times",
    "device_id",
)
IDS: Final = frozenset({"id", "actor_id", "patient_id", "case_id", "device_id"})
_encode = msgspec.json.Encoder().encode


def link(before: bytes, numbered: Sequence[Any]) -> bytes:
    """The hash of a row: its number, then its columns in the order of COLUMNS, as the queries below give them."""
    # What was done at no device ends without one, as rows did before there were devices: so these keep their hashes.
    return sha256(before + _encode(numbered if numbered[-1] is not None else numbered[:-1])).digest()


def _as_text(column: str, *, sqlite: bool) -> str:
    if sqlite:
        return column  # stored as text already: ids as 32 hexadecimal digits, times in UTC with microseconds
    if column in IDS:
        return f"replace(CAST({column} AS TEXT), '-', '')"
    if column == "at":
        return "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return f"CAST({column} AS TEXT)" if column == "change" else column


def columns(*, sqlite: bool) -> str:
    return ", ".join(_as_text(each, sqlite=sqlite) for each in COLUMNS)


def unsealed(*, sqlite: bool) -> TextClause:
    """The next rows without a number, in the order of their ids; parameter `most`."""
    return text(f"SELECT {columns(sqlite=sqlite)} FROM auditevent WHERE number IS NULL ORDER BY id LIMIT :most")


def sealed(*, sqlite: bool) -> TextClause:
    """The next rows of the chain: the hash of each, then what was hashed; parameters `after` (a number) and `most`."""
    return text(
        f"SELECT hash, number, {columns(sqlite=sqlite)} FROM auditevent "
        "WHERE number > :after ORDER BY number LIMIT :most"
    )
