"""Numbers and chains the rows of the audit log that are committed, every second, in a transaction of its own.

A chain in each writer's transaction would have all writers wait for one another.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import text

from telemed.audit import chain
from telemed.db import Database

EVERY: Final = timedelta(seconds=1)
AT_ONCE: Final = 500  # rows of a transaction: other writers wait meanwhile
LAST = text("SELECT number, hash FROM auditevent WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1")
SEAL = {
    True: text("UPDATE auditevent SET number = :number, hash = :hash WHERE id = :id"),
    False: text("UPDATE auditevent SET number = :number, hash = :hash WHERE id = CAST(:id AS UUID)"),
}
ONE_SEALER: Final = text("SELECT pg_advisory_xact_lock(7117001)")  # of several processes on one PostgreSQL


async def seal(database: Database) -> Mapping[Any, Exception]:
    """Seals what is committed; a long backlog, as after an upgrade, in many short transactions."""
    while await seal_some(database) == AT_ONCE:
        pass
    return {}


async def seal_some(database: Database, most: int = AT_ONCE) -> int:
    """How many rows it has sealed. Looks first in a read transaction, so that nobody waits for nothing."""
    sqlite = database.is_sqlite
    query = chain.unsealed(sqlite=sqlite)
    async with database.read() as db:
        if not (await (await db.connection()).execute(query, {"most": 1})).all():
            return 0
    async with database.write() as db:
        connection = await db.connection()
        if not sqlite:
            await connection.execute(ONE_SEALER)
        last = (await connection.execute(LAST)).one_or_none()
        number, before = (int(last[0]), bytes(last[1])) if last else (0, chain.START)
        found = (await connection.execute(query, {"most": most})).all()
        sealed = list[dict[str, Any]]()
        for row in found:
            number += 1
            before = chain.link(before, (number, *row))
            sealed.append({"id": row[0], "number": number, "hash": before})
        if sealed:
            await connection.execute(SEAL[sqlite], sealed)
    return len(sealed)
