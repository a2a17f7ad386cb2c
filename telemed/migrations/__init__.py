"""The schema of the product's database, brought up to date by Alembic; its own guards put back afterwards."""

from sqlalchemy import Connection, text

from telemed.db import Database
from telemed.kit.table import Table
from telemed.migrations import tables  # noqa: F401
from telemed.migrations.guards import GUARDS


async def prepare(database: Database) -> None:
    async with database.writer.begin() as connection:
        await connection.run_sync(_create)


def _create(connection: Connection) -> None:
    Table.metadata.create_all(connection)
    for statement in GUARDS[connection.dialect.name]:
        connection.execute(text(statement))
