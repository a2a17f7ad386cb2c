"""Brings the schema of the product's database up to date with Alembic, and then restores its guards."""

import asyncio
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from telemed.db import Database
from telemed.errors import StartRefused
from telemed.migrations.guards import GUARDS
from telemed.migrations.known import VERSION_TABLE as VERSION_TABLE
from telemed.migrations.known import refuse_unknown, refuse_unknown_file

HEAD = "0097"  # the newest of versions/; a test checks it


async def prepare(database: Database) -> None:
    """Brings the schema to HEAD if it is not, and restores the guards.

    Raises StartRefused for a database that this program does not know, and leaves it untouched.
    """
    url = database.writer.url
    if database.is_sqlite:
        await asyncio.to_thread(refuse_unknown_file, url.render_as_string())
    else:
        await _reach(database)
    async with database.writer.begin() as connection:
        if not database.is_sqlite:
            await connection.run_sync(refuse_unknown, url.render_as_string(hide_password=True))
        await connection.run_sync(migrate)


async def _reach(database: Database) -> None:
    """Raises StartRefused in the server's own words, where there is none, or our account or database is not there."""
    from asyncpg import PostgresError  # type: ignore[import-untyped]  # here: SQLite starts without it

    url = database.writer.url
    try:
        async with database.writer.connect():
            return
    except (OSError, PostgresError, DBAPIError) as failure:
        where, why = f"{url.host}:{url.port or 5432}/{url.database}", str(failure) or type(failure).__name__
        raise StartRefused(
            f"连不上 PostgreSQL {where}：{why}。请检查服务是否启动，以及 TELEMED_DATABASE_URL"
            "（安装时为 data.database_url）中的地址、用户、密码和数据库名。",
            f"PostgreSQL at {where} cannot be used: {why}. See that it runs, and that address, user, password and "
            "database in TELEMED_DATABASE_URL (data.database_url of the answers) are right.",
        ) from failure


def migrate(connection: Connection, to: str = "head") -> None:
    if to != "head" or current(connection) != HEAD:
        # Imported here, because it takes a third of a second that most starts do not need.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent))
        config.attributes["connection"] = connection
        down = to == "base" or (to != "head" and to < (current(connection) or ""))
        (command.downgrade if down else command.upgrade)(config, to)
    if to == "head":
        guard(connection)


def current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()


def guard(connection: Connection) -> None:
    """Restores the guards, because Alembic's batch mode silently drops triggers."""
    for statement in GUARDS[connection.dialect.name]:
        connection.execute(text(statement))
