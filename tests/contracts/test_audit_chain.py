"""The chain of the audit log: sealed once, and an edit, a deletion, a swap and a cut-off end are found."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select

from telemed.audit import chain, heads
from telemed.audit.keeping import HeadFile
from telemed.audit.model import AuditEvent
from telemed.audit.sealer import AT_ONCE, seal, seal_some
from telemed.audit.service import changed, record
from telemed.audit.verifying import Broken, verify
from telemed.db import Database
from telemed.migrations import guard
from tests.telemed.conftest import NOW, FakeClock, World

GUARDS = ("auditevent_no_update", "auditevent_sealed_once", "auditevent_no_delete")


async def _written(world: World, many: int) -> None:
    async with world.db.write() as db:
        for n in range(many):
            change = changed({"name": "旧", "n": 1}, {"name": "新", "n": 1, "at": NOW}) if n % 3 == 0 else None
            record(db, world.actor("admin"), "changed", f"{n}", NOW, reason='因为|"' if n % 2 else None, change=change)


async def _tamper(db: Database, *statements: str) -> None:
    """As somebody who has the database's file: without its guards."""
    async with db.writer.begin() as connection:
        if db.is_sqlite:
            for each in GUARDS:
                await connection.exec_driver_sql(f"DROP TRIGGER {each}")
        else:
            await connection.exec_driver_sql("ALTER TABLE auditevent DISABLE TRIGGER USER")
        for each in statements:
            await connection.execute(text(each))
        if not db.is_sqlite:
            await connection.exec_driver_sql("ALTER TABLE auditevent ENABLE TRIGGER USER")
        await connection.run_sync(guard)


async def test_committed_rows_are_numbered_without_a_gap_and_hold(world: World) -> None:
    await _written(world, 7)
    assert (await verify(world.db)).waiting == 7
    assert await seal(world.db) == {}
    await _written(world, 3)
    assert await seal_some(world.db) == 3
    assert await seal_some(world.db) == 0
    async with world.db.read() as db:
        found = (await db.exec(select(AuditEvent).order_by(col(AuditEvent.number)))).all()
    assert [each.number for each in found] == list(range(1, 11))
    assert all(each.hash and len(each.hash) == 32 for each in found)
    assert await verify(world.db) == (10, 0, None, None)


async def test_a_backlog_is_sealed_in_short_transactions(world: World) -> None:
    await _written(world, AT_ONCE + 5)
    assert await seal_some(world.db) == AT_ONCE
    await seal(world.db)
    assert await verify(world.db) == (AT_ONCE + 5, 0, None, None)


@pytest.mark.parametrize(
    ("what", "why", "number"),
    [
        (("UPDATE auditevent SET outcome = 'fine' WHERE number = 4",), Broken.changed, 4),
        (("UPDATE auditevent SET change = NULL WHERE number = 4",), Broken.changed, 4),
        (("DELETE FROM auditevent WHERE number = 4",), Broken.missing, 4),
        (
            (
                "UPDATE auditevent SET number = -4 WHERE number = 4",
                "UPDATE auditevent SET number = 4 WHERE number = 5",
                "UPDATE auditevent SET number = 5 WHERE number = -4",
            ),
            Broken.changed,
            4,
        ),
        (
            (
                "DELETE FROM auditevent WHERE number = 4",
                "UPDATE auditevent SET number = number - 1 WHERE number = 5",
            ),
            Broken.changed,
            4,
        ),
    ],
    ids=["edited", "emptied", "deleted", "swapped", "closed up"],
)
async def test_what_was_done_to_a_sealed_row_is_found(
    world: World, what: tuple[str, ...], why: Broken, number: int
) -> None:
    await _written(world, 8)
    await seal(world.db)
    await _tamper(world.db, *what)
    assert await verify(world.db) == (number - 1, 0, why, number)


async def test_a_cut_off_end_and_a_chain_made_anew_are_found_by_a_signed_head(world: World, tmp_path: Path) -> None:
    key = heads.HeadKey.open(tmp_path)
    await _written(world, 8)
    await seal(world.db)
    head = await heads.current(world.db, key, NOW)
    assert head is not None
    assert (await verify(world.db, [head])).why is None
    await _tamper(world.db, "DELETE FROM auditevent WHERE number > 6")
    assert await verify(world.db) == (6, 0, None, None), "of itself a shorter chain is whole"
    assert await verify(world.db, [head]) == (6, 0, Broken.truncated, 7)
    await _written(world, 2)
    await seal(world.db)
    assert await verify(world.db) == (8, 0, None, None), "nor does one that was made anew show it"
    assert await verify(world.db, [head]) == (7, 0, Broken.rewritten, 8)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auditevent SET outcome = 'fine'",
        "UPDATE auditevent SET number = 99 WHERE number = 1",
        "UPDATE auditevent SET hash = NULL WHERE number = 1",
        "DELETE FROM auditevent",
    ],
)
async def test_the_database_refuses_all_but_the_seal(world: World, statement: str) -> None:
    await _written(world, 2)
    await seal(world.db)
    with pytest.raises(DBAPIError, match="append only"):
        async with world.db.write() as db:
            await (await db.connection()).execute(text(statement))


async def test_a_row_hashes_alike_on_both_databases(world: World) -> None:
    """So a moved database keeps its chain: the text of each column does not depend on the database."""
    row: dict[str, Any] = {"at": NOW, "action": "a", "target": "t", "outcome": "ok", "change": {"after": {"名": 1}}}
    async with world.db.write() as db:
        db.add(AuditEvent(id=UUID("018f5a3c-0000-7000-8000-000000000001"), **row))
    await seal(world.db)
    async with world.db.read() as db:
        query = chain.sealed(sqlite=world.db.is_sqlite)
        ((_, number, *told),) = (await (await db.connection()).execute(query, {"after": 0, "most": 9})).all()
    assert number == 1
    assert [each for each in told if each is not None] == [
        "018f5a3c000070008000000000000001",
        "2026-03-02 01:00:00.000000",
        "a",
        "t",
        "ok",
        '{"after":{"名":1}}',
        1,
    ]


async def test_the_head_is_appended_hourly_and_its_signature_is_checked(
    world: World, clock: FakeClock, tmp_path: Path
) -> None:
    key, path = heads.HeadKey.open(tmp_path), tmp_path / "elsewhere" / "heads"
    keeper = HeadFile(world.db, key, path, clock)
    assert await keeper.write_due() == {}
    assert not path.exists(), "nothing is sealed yet"
    await _written(world, 2)
    await seal(world.db)
    for minutes in (0, 59, 1, 30):
        clock.move(minutes=minutes)
        assert await keeper.write_due() == {}
    assert [each.number for each in heads.read(path, heads.HeadKey.open(tmp_path))] == [2, 2]
    path.write_text(path.read_text().replace('"number":2', '"number":1'))
    with pytest.raises(heads.HeadsUnreadable, match="line 1"):
        heads.read(path, key)
    path.unlink()
    path.mkdir()
    clock.move(hours=1)
    assert [type(each) for each in (await keeper.write_due()).values()] == [IsADirectoryError]
