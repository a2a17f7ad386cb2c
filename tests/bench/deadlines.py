"""The clock of deadlines: finding what is due among very many, and from a due moment to the notice."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, select

from telemed.access.model import Account
from telemed.consultations.ladders import ACCEPTANCE, DUE
from telemed.consultations.words import KIND
from telemed.db import Database
from telemed.kit.clock import utcnow
from telemed.kit.table import new_id
from telemed.serve import open_database
from telemed.work import deadlines
from telemed.work.model import Deadline, Notice
from tests.bench.workshop import Measured, Workshop, p95
from tests.contracts.postgres import create_database, postgres
from tests.e2e.conftest import demonstration

OPEN, DONE, DUE_NOW, AT_ONCE = 100_000, 200_000, 100, 10_000
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def due_scan(shop: Workshop) -> Measured:
    """A page of 100 due ones of 100,000 open and 200,000 done; the worse of both databases."""
    tries = shop.often(100)
    sqlite = asyncio.run(_scan(f"sqlite:///{shop.folder}/deadlines.db", tries))
    with postgres() as socket:
        postgresql = asyncio.run(_scan_postgresql(socket, tries))
    return Measured(max(sqlite, postgresql), tries, f"SQLite {sqlite:.1f} ms, PostgreSQL {postgresql:.1f} ms")


async def _scan_postgresql(socket: Path, tries: int) -> float:
    return await _scan(await create_database(socket, "deadlines"), tries)


async def _scan(url: str, tries: int) -> float:
    async with open_database(url) as db:
        for begun in range(0, OPEN + DONE, AT_ONCE):
            async with db.write() as session:
                rows = [_row(begun + n) for n in range(AT_ONCE)]
                await session.execute(insert(Deadline), rows)
        await db.count_rows()
        took = []
        for _ in range(tries):
            began = perf_counter()
            async with db.read() as session:
                found = await deadlines.due(session, NOW, DUE_NOW)
            took.append((perf_counter() - began) * 1000)
            assert len(found) == DUE_NOW
    return p95(took)


def _row(n: int) -> dict[str, Any]:
    """The first hundred are due; every other open one is due some time in the next year."""
    at = NOW - timedelta(minutes=n) if n < DUE_NOW else NOW + timedelta(minutes=random.randint(1, 500_000))
    return _columns(at, done_at=NOW if n >= OPEN else None)


def _columns(at: datetime, **more: Any) -> dict[str, Any]:
    given = {
        "id": new_id(),
        "activity": KIND,
        "activity_id": new_id(),
        "kind": DUE,
        "ladder": ACCEPTANCE,
        "hospital_id": "wuxi",
        "hub_id": "ruijin",
        "urgency": "routine",
        "specialty": "",
        "owners": [],
        "began_at": at - timedelta(hours=1),
        "due_at": at,
        "at": at,
        "rung": 0,
    }
    return given | more


def escalation_lag(shop: Workshop) -> Measured:
    """Seconds from a due moment to its notice, of a running product."""
    tries, data_dir = shop.often(20), shop.copy()
    with demonstration(data_dir):
        took = asyncio.run(_lag(f"sqlite:///{data_dir}/telemed.db", tries))
    return Measured(p95(took), tries)


async def _lag(url: str, tries: int) -> list[float]:
    async with _beside(url) as db:
        async with db.read() as session:
            owner = (await session.exec(select(Account.id).where(Account.username == "expert"))).one()
        dues: dict[UUID, datetime] = {}
        for _ in range(tries):
            await asyncio.sleep(random.uniform(0.3, 1.2))
            due = utcnow() + timedelta(seconds=random.uniform(0.5, 2))
            row = Deadline(**_columns(due, ladder="meeting", rung=3, owners=[str(owner)], partner_id="ruijin"))
            async with db.write() as session:
                session.add(row)
            dues[row.id] = due
        told: dict[UUID, datetime] = {}
        async with asyncio.timeout(60):
            while len(told) < tries:
                await asyncio.sleep(0.05)
                async with db.read() as session:
                    found = await session.exec(select(Notice).where(col(Notice.deadline_id).in_(dues)))
                    told = {each.deadline_id: each.told_at for each in found.all()}
    return [(told[id] - due).total_seconds() for id, due in dues.items()]


@asynccontextmanager
async def _beside(url: str) -> AsyncIterator[Database]:
    """The database of the running product, opened by this process too."""
    database = Database(url)
    try:
        yield database
    finally:
        await database.close()
