"""At the upgrade numbers and sign-in names are spelled alike, and whoever signed in before still does."""

from typing import Any

import pytest
from sqlalchemy import text

from telemed.access import accounts
from telemed.access.model import Account
from telemed.db import Database
from telemed.migrations import migrate
from telemed.people.model import Staff
from tests.telemed.conftest import World, rows

BEFORE = {"doctor": "Wuxi_Doctor", "doctor2": "Wuxi.Two", "nurse": "wuxi.two", "chief": "ｗｕｘｉ.chief"}
NUMBERS = {"doctor": "Ｗ０００７", "doctor2": "W 8", "nurse": "W8"}


async def go(db: Database, to: str) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate, to)


@pytest.fixture
async def upgraded(any_db: Database, world: World) -> Database:
    await go(any_db, "0050")
    async with any_db.writer.begin() as connection:
        for who, name in BEFORE.items():
            await _set(connection, f"UPDATE account SET username = '{name}' WHERE username = '{who}'")
        for who, number in NUMBERS.items():
            await _set(connection, f"UPDATE staff SET number = '{number}' WHERE number = '{who}'")
    await go(any_db, "head")
    return any_db


async def _set(connection: Any, statement: str) -> None:
    assert (await connection.execute(text(statement))).rowcount == 1


async def test_what_only_differed_by_spelling_is_spelled_alike(upgraded: Database, world: World) -> None:
    names = {each.id: each.username for each in await rows(upgraded, Account)}
    assert {who: names[world.ids[who]] for who in BEFORE} == {
        "doctor": "wuxi_doctor", "doctor2": "Wuxi.Two", "nurse": "wuxi.two", "chief": "wuxi.chief",
    }  # fmt: skip
    numbers = {each.id: each.number for each in await rows(upgraded, Staff)}
    assert {who: numbers[world.ids[who]] for who in NUMBERS} == {"doctor": "W0007", "doctor2": "W 8", "nurse": "W8"}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("Wuxi_Doctor", "doctor"),
        ("wuxi_doctor", "doctor"),
        (" WUXI_DOCTOR ", "doctor"),
        ("ｗｕｘｉ.chief", "chief"),
        ("Wuxi.Two", "doctor2"),
        ("wuxi.two", "nurse"),
        ("WUXI.TWO", "nurse"),
    ],
)
async def test_everybody_is_found_by_what_they_typed_before(
    upgraded: Database, world: World, typed: str, who: str
) -> None:
    async with upgraded.read() as db:
        found = await accounts.named(db, typed)
    assert found is not None
    assert found.id == world.ids[who]
