"""If PostgreSQL closes connections or has none left, callers are asked to try again, and it recovers by itself."""

import pytest
from sqlalchemy import text

from telemed.db import Database
from telemed.errors import Busy
from telemed.kit.table import new_id
from tests.contracts.conftest import url_of
from tests.telemed.conftest import Call, World

pytestmark = pytest.mark.parametrize("prepared", ["postgresql"], indirect=True)
END_ALL_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def _as_admin(url: str, *statements: str) -> None:
    other = Database(url)
    try:
        async with other.write() as db:
            for each in statements:
                await (await db.connection()).execute(text(each))
    finally:
        await other.close()


async def test_connections_that_were_ended_answer_busy_and_then_work_again(
    any_db: Database, call: Call, world: World
) -> None:
    assert (await call("doctor", "GET", "/home"))[0] == 200
    await _as_admin(url_of(any_db), END_ALL_OTHERS)  # 57P01, as when PostgreSQL is restarted
    answers = [await call("doctor", "GET", "/home") for _ in range(4)]
    assert {(status, told["code"]) for status, told in answers if status != 200} == {(503, "busy")}
    assert answers[-1][0] == 200


async def test_one_ended_in_the_middle_of_a_change_is_busy_and_leaves_nothing(any_db: Database) -> None:
    async def half() -> None:
        async with any_db.write() as db:
            await (await db.connection()).execute(text("CREATE TABLE half (n int)"))
            await _as_admin(url_of(any_db), END_ALL_OTHERS)
            await (await db.connection()).execute(text("SELECT 1"))

    with pytest.raises(Busy):
        await half()
    async with any_db.read() as db:
        found = await (await db.connection()).execute(text("SELECT to_regclass('half')"))
        assert found.scalar_one() is None


async def _ask(database: Database) -> object:
    async with database.read() as db:
        return (await (await db.connection()).execute(text("SELECT 1"))).scalar_one()


async def test_a_database_without_a_connection_left_is_busy_until_there_is_one(any_db: Database) -> None:
    role = f"limited_{new_id().hex}"
    admin = url_of(any_db)
    await _as_admin(admin, f"CREATE ROLE {role} LOGIN SUPERUSER")
    limited = Database(admin.replace("postgres@", f"{role}@"))
    try:
        await _as_admin(admin, f"ALTER ROLE {role} NOSUPERUSER CONNECTION LIMIT 0")
        with pytest.raises(Busy):  # 53300
            await _ask(limited)
        await _as_admin(admin, f"ALTER ROLE {role} CONNECTION LIMIT 5")
        assert await _ask(limited) == 1
    finally:
        await limited.close()
        await _as_admin(admin, f"DROP ROLE {role}")
