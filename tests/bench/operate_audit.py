"""The audit log with very many rows: its first pages, its verification, and what an audited read costs."""

import asyncio
import sqlite3
import statistics
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from uuid import UUID

from telemed.access.model import Actor, Role
from telemed.audit.model import Purpose
from telemed.audit.reads import WINDOW, Reads
from telemed.audit.sealer import seal_some
from telemed.audit.seeing import Seen
from telemed.audit.verifying import verify
from telemed.db import Database
from telemed.disclosures import queries
from telemed.disclosures.schemas import AuditBy
from telemed.kit.table import new_id
from telemed.people import patients
from telemed.people.model import Allergy, Hospital, HospitalKind, Patient, Sex
from telemed.serve import open_database
from tests.bench.workshop import Measured, Workshop, p95
from tests.contracts.postgres import create_database, postgres

MANY, MANY_POSTGRES, SEALED = 10_000_000, 1_000_000, 300_000
PATIENTS, STAFF, DAYS, TRIES, PAGE = 10_000, 300, 365, 60, 51
READERS, READS_EACH, FIRST_IN = 20, 200, 10
FROM = datetime(2026, 1, 1, tzinfo=UTC)
INDEXES = ("patient", "actor", "actor_owner", "owner", "settings", "number", "unsealed")
# The patients and people of row n; each patient is seen by many people on many days.
SQLITE_ROWS = f"""
    WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
    INSERT INTO auditevent
        (id, at, actor_id, hospital_id, action, target, outcome, owner_id, patient_id, purpose, times)
    SELECT printf('%032x', i), strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * ({DAYS} * 86400.0 / ?), 'unixepoch')
        || '.000000', printf('%032x', 1000000 + (i * 7919) % {STAFF}), 'wuxi', 'read', 'case', 'ok', 'wuxi',
        printf('%032x', 2000000 + (i * 104729) % {PATIENTS}), 'case', 1 FROM n
"""
POSTGRES_ROWS = f"""
    INSERT INTO auditevent
        (id, at, actor_id, hospital_id, action, target, outcome, owner_id, patient_id, purpose, times)
    SELECT lpad(to_hex(i), 32, '0')::uuid, to_timestamp(1767225600 + i * ({DAYS} * 86400.0 / {MANY_POSTGRES})),
        lpad(to_hex(1000000 + (i::bigint * 7919) % {STAFF}), 32, '0')::uuid, 'wuxi', 'read', 'case', 'ok', 'wuxi',
        lpad(to_hex(2000000 + (i::bigint * 104729) % {PATIENTS}), 32, '0')::uuid, 'case', 1
    FROM generate_series(0, {MANY_POSTGRES} - 1) AS n(i)
"""


def search_on_sqlite(shop: Workshop) -> Measured:
    path = shop.folder / "audit.db"
    asyncio.run(_places(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as db:
        made = [db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (f"ix_auditevent_{n}",)) for n in INDEXES]
        indexes = [each.fetchone()[0] for each in made]
        for name in INDEXES:
            db.execute(f"DROP INDEX ix_auditevent_{name}")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("PRAGMA cache_size = -1000000")  # 1 GB: the indexes of ten million rows are sorted
        db.execute(SQLITE_ROWS, (MANY, MANY))
        for each in indexes:
            db.execute(each)
        db.commit()
    found = asyncio.run(_search(f"sqlite:///{path}"))
    path.unlink()
    return found


def search_on_postgres(shop: Workshop) -> Measured:
    with postgres() as socket:
        url = asyncio.run(create_database(socket, "audit"))
        asyncio.run(_fill_postgres(url))
        return asyncio.run(_search(url))


async def _fill_postgres(url: str) -> None:
    await _places(url)
    async with open_database(url) as db, db.write() as session:
        connection = await session.connection()
        await connection.exec_driver_sql(POSTGRES_ROWS)
        await connection.exec_driver_sql("ANALYZE auditevent")


async def _places(url: str) -> None:
    async with open_database(url) as db, db.write() as session:
        session.add(Hospital(id="wuxi", kind=HospitalKind.branch, name="w", name_en="w", licence_name="w"))
        await session.flush()
        for n in range(PATIENTS):
            id = UUID(int=2_000_000 + n)
            session.add(Patient(id=id, hospital_id="wuxi", name="甲", sex=Sex.male, allergy=Allergy.none))


async def _search(url: str) -> Measured:
    """First pages by patient, by person and by day in turn, with names."""
    office, took = _office(), list[float]()
    async with open_database(url) as db:
        for n in range(TRIES):
            for by in (
                AuditBy(patient=UUID(int=2_000_000 + n * 131 % PATIENTS)),
                AuditBy(staff=UUID(int=1_000_000 + n % STAFF)),
                AuditBy(day=date(2026, 1, 1) + timedelta(days=n * 5 % DAYS)),
            ):
                began = perf_counter()
                async with db.read() as session:
                    where = await queries.conditions(session, office, by)
                    rows = await queries.page(session, where, None, PAGE)
                    assert len(await queries.shown(session, office, rows)) == PAGE
                took.append((perf_counter() - began) * 1000)
    return Measured(p95(took), len(took))


def _office() -> Actor:
    return Actor(new_id(), new_id(), "wuxi", "office", frozenset({Role.reviewer}))


def verify_rate(shop: Workshop) -> Measured:
    path = shop.folder / "sealed.db"

    async def measure() -> float:
        async with open_database(f"sqlite:///{path}") as db:
            with closing(sqlite3.connect(path)) as raw:
                raw.execute(SQLITE_ROWS, (SEALED, SEALED))
                raw.commit()
            while await seal_some(db, 20_000):
                pass
            began = perf_counter()
            found = await verify(db)
            assert (found.checked, found.why) == (SEALED, None)
            return SEALED / (perf_counter() - began)

    return Measured(asyncio.run(measure()))


def read_extra(shop: Workshop) -> Measured:
    """The median of audited reads less that of the same reads unaudited, in milliseconds."""
    url = f"sqlite:///{shop.folder / 'reads.db'}"

    async def measure() -> tuple[float, float]:
        await _places(url)
        async with open_database(url) as db:
            reads = Reads(db)
            plain = await _readers(db, None)
            return plain, await _readers(db, reads)

    plain, audited = asyncio.run(measure())
    return Measured(max(0.0, audited - plain), READERS * READS_EACH, f"{plain:.2f} ms unaudited")


async def _readers(db: Database, reads: Reads | None) -> float:
    took = list[float]()

    async def reader(n: int) -> None:
        who = _office()
        for k in range(READS_EACH):
            began = perf_counter()
            await _read(db, reads, who, UUID(int=2_000_000 + n), FROM + WINDOW * (k // FIRST_IN))
            took.append((perf_counter() - began) * 1000)

    await asyncio.gather(*(reader(n) for n in range(READERS)))
    return statistics.median(took)


async def _read(db: Database, reads: Reads | None, who: Actor, id: UUID, at: datetime) -> None:
    async with db.read() as session:
        row = await patients.one(session, who, id, at)
        await patients.shown(session, row)
    if reads is not None:
        await reads.keep(who, Purpose.patient, [Seen("wuxi", id)], at)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {
    "audit_search_10m_p95": search_on_sqlite,
    "audit_search_1m_postgres_p95": search_on_postgres,
    "audited_read_extra_p50": read_extra,
    "verify_audit_rate": verify_rate,
}
