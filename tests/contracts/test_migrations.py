"""The schema comes from the migrations, agrees with the models, goes down and up with data, and keeps its guards."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, DateTime, Uuid, bindparam, inspect, text
from sqlmodel import select

from telemed.cases.model import Consent, ConsentKind
from telemed.consultations.model import Consultation
from telemed.db import Database
from telemed.kit.events import publish
from telemed.kit.table import Table
from telemed.migrations import HEAD, VERSION_TABLE, current, guard, migrate
from telemed.migrations.tables import TABLES
from telemed.opinions.model import Method, Opinion, OpinionStudy
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import Made, everything_ready, submitted

pytestmark = pytest.mark.databases_differ

__all__ = ("submitted",)


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__code__.co_filename).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


async def test_the_migrated_schema_is_what_the_models_say(any_db: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        found = compare_metadata(context, Table.metadata)
        # Guards that only PostgreSQL knows are not in the models.
        return [each for each in found if "occupancy_no_overlap" not in str(each)]

    assert TABLES
    async with any_db.writer.begin() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_migrated_checks_are_what_the_models_say(any_db: Database) -> None:
    """SQLite's tables are made anew to alter them, and a CHECK is easily lost on the way."""

    def checks(connection: Connection) -> set[str]:
        inspector = inspect(connection)
        names = set(inspector.get_table_names()) - {VERSION_TABLE}
        return {str(each["name"]) for table in names for each in inspector.get_check_constraints(table)}

    wanted = {
        f"ck_{table.name}_{each.name}" if not str(each.name).startswith("ck_") else str(each.name)
        for table in Table.metadata.tables.values()
        for each in table.constraints
        if isinstance(each, CheckConstraint)
    }
    async with any_db.writer.begin() as connection:
        assert await connection.run_sync(checks) == wanted


async def test_it_goes_down_and_up_again_and_the_guards_are_back(any_db: Database, world: World) -> None:
    def down_and_up(connection: Connection) -> tuple[str | None, str | None]:
        migrate(connection, "base")
        nothing = current(connection)
        migrate(connection)
        return nothing, current(connection)

    async with any_db.write() as session:
        publish(session, "something", {}, NOW)
    async with any_db.writer.begin() as connection:
        if any_db.is_sqlite:
            await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        assert await connection.run_sync(down_and_up) == (None, HEAD)
        assert await connection.run_sync(_guards) != set()
        assert "account" in await connection.run_sync(lambda c: inspect(c).get_table_names())


async def test_what_hung_on_a_consultation_hangs_on_an_activity_and_back(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    await everything_ready(world, id)
    told = "SELECT activity, activity_id FROM {} WHERE activity IS NOT NULL"

    async def read(query: str) -> set[tuple[str, str]]:
        async with any_db.writer.begin() as connection:
            return {(kind, str(of).replace("-", "")) for kind, of in await connection.execute(text(query))}

    tables = ("packetitem", "consent", "workitem")
    for table in tables:
        assert await read(told.format(table)) == {("consultation", id.hex)}
    async with any_db.writer.begin() as connection:
        if any_db.is_sqlite:
            await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        await connection.run_sync(migrate, "0001")
    for table, column in {"packetitem": "consultation_id", "consent": "consultation_id", "workitem": "subject"}.items():
        assert await read(f"SELECT 'was', {column} FROM {table}") == {("was", id.hex)}
    async with any_db.writer.begin() as connection:
        await connection.run_sync(migrate)
    for table in tables:
        assert await read(told.format(table)) == {("consultation", id.hex)}


async def test_attempts_and_kept_answers_from_before_go_up_and_down(any_db: Database, world: World) -> None:
    """A repeat right after the upgrade is still answered, although nobody knows what the first one said."""

    def through(connection: Connection) -> list[tuple[object, ...]]:
        migrate(connection, "0008")
        given = bindparam("id", world.ids["doctor"], Uuid()), bindparam("at", NOW, DateTime(timezone=True))
        for insert in (
            "INSERT INTO signinfailure (id, account_and_address, at) VALUES (:id, 'doctor|10.0.0.1', :at)",
            "INSERT INTO idempotentanswer (account_id, key, path, status, at) VALUES (:id, 'once', '/x', 201, :at)",
        ):
            connection.execute(text(insert).bindparams(*given))
        migrate(connection)
        kept = "SELECT f.address, a.body_sha256, a.path FROM signinfailure f, idempotentanswer a"
        return [tuple(row) for row in connection.execute(text(kept))]

    async with any_db.writer.begin() as connection:
        if any_db.is_sqlite:
            await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        assert await connection.run_sync(through) == [("", None, "/x")]


async def test_a_reason_the_server_gave_is_a_word_and_what_was_typed_stays(
    any_db: Database, world: World, submitted: Made
) -> None:
    before = {"紧急会诊，待补书面同意", "昏迷"}
    id = await submitted()
    await everything_ready(world, id)
    async with any_db.write() as db:
        row = (await db.exec(select(Consent).where(Consent.activity_id == id))).one()
        said = row.model_dump(exclude={"id", "number", "reason", "kind"})
        for reason in before:
            db.add(Consent(**said, number=f"C-{reason}", reason=reason, kind=ConsentKind.emergency))
        row.reason = "醉酒"

    async def reasons(to: str) -> set[str]:
        async with any_db.writer.begin() as connection:
            if any_db.is_sqlite:
                await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            await connection.run_sync(migrate, to)
            return set((await connection.execute(text("SELECT reason FROM consent"))).scalars())

    assert await reasons("0009") == before | {"醉酒"}
    assert await reasons("head") == {"emergency_papers_follow", "昏迷", "醉酒"}
    assert await reasons("0009") == before | {"醉酒"}


async def test_a_draft_rests_on_the_packet_of_its_consultation_and_a_signed_version_stays(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    async with any_db.write() as db:
        (await db.get_one(Consultation, id)).packet_version = 4
        author, empty = world.ids["expert"], dict[str, Any]()
        first = Opinion(consultation_id=id, number=1, author_id=author, content=empty, created_at=NOW, saved_at=NOW)
        first.method, first.signed_at, first.packet_version = Method.password, NOW, 3
        first.canonical = '{"format":1,"studies":["wuxi/1.2.3","wuxi/1.2.4","wuxi/1.2.3"]}'
        second = Opinion(consultation_id=id, number=2, author_id=author, content=empty, created_at=NOW, saved_at=NOW)
        second.packet_version = 4
        db.add_all((first, second))

    async def versions(to: str) -> list[int]:
        async with any_db.writer.begin() as connection:
            if any_db.is_sqlite:
                await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            await connection.run_sync(migrate, to)
            return list(
                (await connection.execute(text("SELECT packet_version FROM opinion ORDER BY number"))).scalars()
            )

    assert await versions("0010") == [3, 0]
    assert await versions("head") == [3, 4]
    assert {each.study for each in await rows(any_db, OpinionStudy)} == {"wuxi/1.2.3", "wuxi/1.2.4"}
    async with any_db.writer.begin() as connection:
        assert "opinion" in str(await connection.run_sync(_guards))


async def test_a_guard_that_was_dropped_is_put_back(any_db: Database) -> None:
    async with any_db.writer.begin() as connection:
        before = await connection.run_sync(_guards)
        drop = (
            "DROP TRIGGER auditevent_no_update"
            if any_db.is_sqlite
            else "DROP TRIGGER auditevent_append_only ON auditevent"
        )
        await connection.exec_driver_sql(drop)
        await connection.run_sync(guard)
        assert await connection.run_sync(_guards) == before


def _guards(connection: Connection) -> set[str]:
    sqlite = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    postgres = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    return set(connection.execute(text(sqlite if connection.dialect.name == "sqlite" else postgres)).scalars())
