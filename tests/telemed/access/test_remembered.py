"""Whose token it is, is remembered for frames: for a moment, and not past whatever ends a sign-in."""

import asyncio
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlmodel import col

from telemed.access import remembered as module
from telemed.access import sessions
from telemed.access.model import AccountRole, Actor
from telemed.access.remembered import Remembered
from telemed.access.sessions import Life, find_actor
from telemed.db import Database
from tests.telemed.conftest import Call, FakeClock, World


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens for which the database was asked."""
    tokens = list[str]()

    async def asking(database: Database, token: str, now: datetime, life: Life) -> Actor | None:
        tokens.append(token)
        return await find_actor(database, token, now, life)

    monkeypatch.setattr(module, "find_actor", asking)
    return tokens


Find = Callable[[str], Awaitable[Actor | None]]


@pytest.fixture
def find(world: World, clock: FakeClock) -> Find:
    remembered = Remembered()
    return lambda token: remembered.find(world.db, token, clock(), Life())


async def test_a_yes_is_remembered_for_five_seconds(
    find: Find, world: World, clock: FakeClock, asked: list[str]
) -> None:
    token = world.tokens["expert"]
    first = await find(token)
    assert first is not None
    clock.move(seconds=4.9)
    assert await find(token) is first
    assert asked == [token]
    clock.move(seconds=0.2)
    assert await find(token) == first
    assert asked == [token] * 2


async def test_a_no_is_not_remembered(find: Find, asked: list[str]) -> None:
    assert [await find("made up") for _ in range(2)] == [None, None]
    assert len(asked) == 2


async def test_who_signs_out_or_loses_a_role_is_known_so_at_once(find: Find, world: World, call: Call) -> None:
    token = world.tokens["doctor"]
    before = await find(token)
    assert before is not None
    assert before.roles
    async with world.db.write() as db:
        await db.exec(delete(AccountRole).where(col(AccountRole.account_id) == before.id))
    after = await find(token)
    assert after is not None
    assert not after.roles
    assert (await call("doctor", "DELETE", "/session"))[0] == 204
    assert await find(token) is None


async def test_an_account_that_another_process_disables_is_nobody_at_once(
    find: Find, world: World, tmp_path: Path
) -> None:
    token = world.tokens["expert"]
    assert await find(token) is not None
    say = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(sys.argv[2]); db.commit()"
    order = f"update account set disabled_at = '2026-01-01' where id = '{world.ids['expert'].hex}'"
    beside = await asyncio.create_subprocess_exec(sys.executable, "-c", say, str(tmp_path / "test.db"), order)
    assert await beside.wait() == 0
    assert await find(token) is None


async def test_what_is_committed_while_it_is_asked_counts_as_later(
    find: Find, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def and_then_signed_out(database: Database, token: str, now: datetime, life: Life) -> Actor | None:
        found = await find_actor(database, token, now, life)
        if found is not None:
            async with world.db.write() as db:
                await sessions.sign_out(db, found.sid)
        return found

    monkeypatch.setattr(module, "find_actor", and_then_signed_out)
    token = world.tokens["expert"]
    assert await find(token) is not None, "it was asked before the sign-out"
    assert await find(token) is None


async def test_where_commits_cannot_be_counted_everything_is_asked(
    find: Find, world: World, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "changes", lambda _database: None)
    assert [await find(world.tokens["expert"]) is not None for _ in range(2)] == [True, True]
    assert len(asked) == 2


async def test_the_memory_does_not_grow_for_ever(
    find: Find, world: World, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    for who in ("expert", "doctor", "expert"):
        assert await find(world.tokens[who]) is not None
    assert len(asked) == 3


async def test_a_count_that_cannot_be_read_is_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def execute(self, _statement: str) -> None:
            raise sqlite3.OperationalError("disk I/O error")

        def close(self) -> None:
            pass

    assert isinstance(world.db.changes(), int)
    changes = world.db._changes
    assert changes is not None
    changes.close()
    monkeypatch.setattr(changes, "_connection", Broken())
    assert world.db.changes() is None
