"""Verifies the chain of the audit log: an edit, a deletion, a reordering and, by a signed head, a truncation."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, TextClause, text

from telemed.audit import chain
from telemed.audit.heads import Head
from telemed.db import Database

AT_ONCE: Final = 10_000
WAITING: Final = text("SELECT count(*) FROM auditevent WHERE number IS NULL")


class Broken(StrEnum):
    missing = "missing"  # the row of this number is gone
    changed = "changed"  # it, or its place, is not as it was sealed
    rewritten = "rewritten"  # the chain holds, but this row is not that of the signed head
    truncated = "truncated"  # a signed head is further on: from this number on all is gone


class Verdict(NamedTuple):
    """How many rows were checked, and at which number the chain breaks and how. `waiting`: not sealed yet."""

    checked: int
    waiting: int
    why: Broken | None = None
    number: int | None = None


async def verify(database: Database, heads: Sequence[Head] = ()) -> Verdict:
    """`heads` must be signed and in the order of their numbers. Reads in short transactions: sealed rows stay."""
    query = chain.sealed(sqlite=database.is_sqlite)
    last, before, left = 0, chain.START, list(heads)
    while True:
        async with database.read() as db:
            found = await (await db.connection()).run_sync(_rows, query, last)
        for row in found:
            numbered = row[1:]
            number = numbered[0]
            if number != last + 1:
                return Verdict(last, 0, Broken.missing, last + 1)
            before = chain.link(before, numbered)
            if row[0] != before:
                return Verdict(last, 0, Broken.changed, number)
            while left and left[0].number == number:
                if left.pop(0).hash != before.hex():
                    return Verdict(last, 0, Broken.rewritten, number)
            last = number
        if len(found) < AT_ONCE:
            break
    if left:
        return Verdict(last, 0, Broken.truncated, last + 1)
    async with database.read() as db:
        waiting = (await (await db.connection()).execute(WAITING)).scalar_one()
    return Verdict(last, waiting)


def _rows(connection: Connection, query: TextClause, after: int) -> Sequence[Sequence[Any]]:
    """As the driver gives them: there may be millions, and making a Row of each takes longer than the hash."""
    with connection.execute(query, {"after": after, "most": AT_ONCE}) as result:
        found: Sequence[Sequence[Any]] = result.cursor.fetchall()
    return found
