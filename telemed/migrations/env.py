"""Alembic's entry. Uses the given connection, in batch mode, because SQLite can alter little in place."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from telemed.kit.table import Table, UtcDateTime
from telemed.migrations import VERSION_TABLE
from telemed.migrations.tables import TABLES


def plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Makes migrations name SQLAlchemy's types and not ours, which may change."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


assert TABLES, "the metadata is whole only with every module that defines a table"
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
