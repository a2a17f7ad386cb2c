"""Transactions: many readers, one writer, and what the database itself refuses."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from telemed.access.model import Actor, Role
from telemed.audit.model import AuditEvent
from telemed.audit.service import record
from telemed.db import Database
from telemed.errors import Busy
from telemed.kit.events import publish
from telemed.kit.table import new_id
from telemed.people.model import Hospital, HospitalKind
from tests.telemed.conftest import NOW, rows

SOMEBODY = Actor(new_id(), new_id(), "wuxi", "somebody", frozenset({Role.reviewer}))


async def test_concurrent_reads_wait_neither_for_each_other_nor_for_a_writer(db: Database) -> None:
    together = asyncio.Barrier(8)

    async def reader() -> None:
        async with db.read() as session:
            await session.connection()
            await together.wait()

    async with asyncio.timeout(5), db.write() as session, asyncio.TaskGroup() as tasks:
        publish(session, "unseen", {}, NOW)
        await session.flush()
        for _ in range(8):
            tasks.create_task(reader())


async def test_a_read_transaction_cannot_write(db: Database) -> None:
    with pytest.raises(OperationalError, match="readonly"):
        async with db.read() as session:
            publish(session, "never", {}, NOW)


async def test_a_write_transaction_locks_out_other_processes_from_its_start(db: Database, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "test.db", timeout=0)) as other:
        async with db.write():
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")


async def test_the_database_itself_refuses_an_unknown_word(db: Database) -> None:
    async with db.write() as session:
        session.add(Hospital(id="x", kind=HospitalKind.hub, name="x", name_en="x", licence_name="x"))
    with pytest.raises(IntegrityError, match="ck_hospital_hospitalkind"):
        async with db.write() as session:
            await (await session.connection()).exec_driver_sql("UPDATE hospital SET kind = 'banana'")


@pytest.mark.parametrize("statement", ["UPDATE auditevent SET outcome = 'x'", "DELETE FROM auditevent"])
async def test_what_is_in_the_audit_stays(db: Database, statement: str) -> None:
    async with db.write() as session:
        record(session, SOMEBODY, "seen", "case", NOW)
    with pytest.raises(IntegrityError, match="append only"):
        async with db.write() as session:
            await (await session.connection()).exec_driver_sql(statement)
    assert [each.outcome for each in await rows(db, AuditEvent)] == ["ok"]


async def test_writers_that_wait_too_long_are_told_to_come_back(db: Database) -> None:
    db.writer.pool._timeout = 0.05  # type: ignore[attr-defined]
    async with db.write():
        with pytest.raises(Busy):
            async with db.write():
                pass
