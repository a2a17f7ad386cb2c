"""SQLite in the event loop: only what waits for the disk or for another process leaves it."""

import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from sqlmodel import text

from telemed.db import Database
from telemed.errors import Busy
from telemed.kit.events import Outbox, publish
from tests.telemed.conftest import NOW, rows


async def test_a_writer_that_waits_for_another_process_stops_nobody_else(db: Database, tmp_path: Path) -> None:
    async def write() -> None:
        async with db.write() as session:
            publish(session, "late", {}, NOW)

    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(write())
        assert await rows(db, Outbox) == []
        assert not writing.done()
        other.execute("ROLLBACK")
        await writing
    assert [each.type for each in await rows(db, Outbox)] == ["late"]


async def test_a_writer_that_another_process_keeps_waiting_too_long_is_told_to_come_back(
    db: Database, tmp_path: Path
) -> None:
    async with db.write() as session:
        await (await session.connection()).exec_driver_sql("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(tmp_path / "test.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            async with db.write():
                pass


async def test_rows_that_nobody_fetched_keep_no_reader_at_what_was_true_then(db: Database) -> None:
    async with db.write() as session:
        for _ in range(3):
            publish(session, "early", {}, NOW)
    async with db.read() as session:
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        assert driver is not None
        unread = driver.cursor()
        unread.execute("SELECT id FROM outbox")
        unread.fetchone()
    async with db.write() as session:
        publish(session, "late", {}, NOW)
    assert len(await rows(db, Outbox)) == 4


async def test_a_cancelled_commit_keeps_the_connection_until_the_disk_has_answered(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on = Event(), Event()

    async def write(kind: str) -> None:
        async with db.write() as session:
            publish(session, kind, {}, NOW)
            await session.flush()
            if kind == "cancelled":
                disk = db._disk
                monkeypatch.setattr(disk, "submit", partial(_held, disk.submit, begun, goes_on))

    cancelled = asyncio.create_task(write("cancelled"))
    await asyncio.to_thread(begun.wait)
    after = asyncio.create_task(write("after"))
    for _ in range(2):  # once more while it waits
        cancelled.cancel()
        await asyncio.sleep(0)
    assert (cancelled.done(), after.done()) == (False, False)
    goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    await after
    assert [each.type for each in await rows(db, Outbox)] == ["cancelled", "after"]


def _held(submit, begun: Event, goes_on: Event, work):  # type: ignore[no-untyped-def]
    def slowly():  # type: ignore[no-untyped-def]
        begun.set()
        goes_on.wait()
        return work()

    return submit(slowly)


async def test_between_two_statements_of_one_the_others_have_their_turn(db: Database) -> None:
    asked = list[str]()

    async def read(name: str) -> None:
        async with db.read() as session:
            for _ in range(3):
                await session.exec(text("SELECT 1"))  # type: ignore[call-overload]
                asked.append(name)

    await asyncio.gather(read("a"), read("b"))
    assert asked != sorted(asked)
