"""A database as it was before a migration, and up again with its data."""

from sqlalchemy import Connection

from telemed.db import Database
from telemed.migrations import migrate
from telemed.work import ladders


def down_and_up(connection: Connection, to: str = "0020") -> None:
    migrate(connection, to)
    migrate(connection)


async def again(db: Database, to: str) -> None:
    """As it was before that migration, and up again with its data."""
    async with db.writer.begin() as connection:
        await connection.run_sync(down_and_up, to)
    await ladders.seed(db)
