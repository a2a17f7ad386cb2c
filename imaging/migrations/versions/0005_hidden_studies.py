"""A study that only its hospital's imaging roles see is called hidden."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RENAMED = [
    ("studies", "quarantined", "hidden"),
    ("studies", "quarantine_rev", "hidden_rev"),
    ("orders_ahead", "quarantined", "hidden"),
]
# Of the events that nobody has taken yet. As text: one that cannot be read, and was set aside, is left as it is.
# Inside a value its quotes would be escaped, so only the key is found.
KEY = "UPDATE outbox SET data = replace(data, '\"{}\":', '\"{}\":')"


def upgrade() -> None:
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    op.execute(KEY.format("quarantined", "hidden"))


def downgrade() -> None:
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    op.execute(KEY.format("hidden", "quarantined"))
