"""A critical finding is withdrawn as a mistake, with a reason."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

STATES = "detected notifying read_back acted closed"
OPEN = (sa.text("state != 'closed'"), sa.text("state NOT IN ('closed', 'withdrawn')"))


def upgrade() -> None:
    _index(0, 1)
    _words(f"{STATES} withdrawn")
    with op.batch_alter_table("criticalfinding") as table:
        table.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("withdrawn_by", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("withdrawn_words", sa.String(), nullable=False, server_default=""))
        name = op.f("fk_criticalfinding_withdrawn_by_staff")
        table.create_foreign_key(name, "staff", ["withdrawn_by"], ["id"])


def downgrade() -> None:
    op.execute("UPDATE criticalfinding SET state = 'closed', closed_at = withdrawn_at WHERE state = 'withdrawn'")
    with op.batch_alter_table("criticalfinding") as table:
        table.drop_constraint(op.f("fk_criticalfinding_withdrawn_by_staff"), type_="foreignkey")
        for name in ("withdrawn_words", "withdrawn_by", "withdrawn_at"):
            table.drop_column(name)
    _words(STATES)
    _index(1, 0)


def _index(old: int, new: int) -> None:
    name = "ix_criticalfinding_open"
    op.drop_index(name, "criticalfinding", sqlite_where=OPEN[old], postgresql_where=OPEN[old])
    columns = ["reading_id", "finding"]
    op.create_index(name, "criticalfinding", columns, unique=True, sqlite_where=OPEN[new], postgresql_where=OPEN[new])


def _words(words: str) -> None:
    check = op.f("ck_criticalfinding_finding_state")
    listed = ", ".join(f"'{each}'" for each in words.split())
    with op.batch_alter_table("criticalfinding") as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, f"state IN ({listed})")
