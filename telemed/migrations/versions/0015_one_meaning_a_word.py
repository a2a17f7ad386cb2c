"""Columns whose words meant two things: docs/words.md."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

RENAMED = [
    ("workitem", "subject", "about_id"),
    ("leaforder", "subject", "target"),
    ("leaforder", "acknowledged_at", "confirmed_at"),
    ("casegrant", "actions", "allows"),
    ("resource", "capacity", "places"),
]
INDEXED = [("workitem", "subject", "about_id"), ("leaforder", "acknowledged_at", "confirmed_at")]


def upgrade() -> None:
    # Hints in the old words that nobody has had: browsers read everything anew when they connect again.
    op.execute("DELETE FROM outbox WHERE delivered_at IS NULL AND type IN ('work.changed', 'booking.changed')")
    for table, old, _ in INDEXED:
        op.drop_index(f"ix_{table}_{old}", table)
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for table, _, new in INDEXED:
        op.create_index(f"ix_{table}_{new}", table, [new])


def downgrade() -> None:
    for table, _, new in INDEXED:
        op.drop_index(f"ix_{table}_{new}", table)
    for table, old, new in RENAMED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
    for table, old, _ in INDEXED:
        op.create_index(f"ix_{table}_{old}", table, [old])
