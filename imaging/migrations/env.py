"""Alembic's entry: the index hands in its connection; nothing else runs these migrations."""

from alembic import context

from imaging.index import model  # noqa: F401  registers the tables
from imaging.index.table import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
