"""An instruction of a round ends by another that is given in its place."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

STATES = "to_read_back to_execute executed declined lapsed"


def upgrade() -> None:
    _words(f"{STATES} replaced")
    op.add_column("instruction", sa.Column("replaced_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.execute("UPDATE instruction SET state = 'declined', words = '并入后一条指示' WHERE state = 'replaced'")
    op.drop_column("instruction", "replaced_by")
    _words(STATES)


def _words(words: str) -> None:
    check = op.f("ck_instruction_instruction_state")
    listed = ", ".join(f"'{each}'" for each in words.split())
    with op.batch_alter_table("instruction") as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, f"state IN ({listed})")
