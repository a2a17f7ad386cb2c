"""A branch withdraws a reading before a report is issued, with a reason; the study can then be requested again."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

STATES = "requested assigned claimed written reviewed provisional issued addended returned"
NOT_READ = (
    sa.text("state NOT IN ('provisional', 'issued', 'addended')"),
    sa.text("state NOT IN ('provisional', 'issued', 'addended', 'withdrawn')"),
)
# Of one that was requested again no second may be open.
ANOTHER = """
    SELECT 1 FROM reading AS other WHERE other.branch_id = reading.branch_id AND other.hub_id = reading.hub_id
    AND other.study_uid = reading.study_uid AND (
        other.state NOT IN ('provisional', 'issued', 'addended', 'withdrawn')
        OR other.state = 'withdrawn' AND other.id > reading.id
    )
"""


def upgrade() -> None:
    _index(0, 1)
    _words(f"{STATES} withdrawn")
    op.add_column("reading", sa.Column("withdraw_words", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Withdrawn ones wait at the branch; where the study was requested again they end."""
    op.execute(
        f"UPDATE reading SET state = 'issued', issued_at = state_since WHERE state = 'withdrawn' AND EXISTS ({ANOTHER})"
    )
    op.execute(
        "UPDATE reading SET state = 'returned', return_code = 'other', return_words = withdraw_words"
        " WHERE state = 'withdrawn'"
    )
    op.drop_column("reading", "withdraw_words")
    _words(STATES)
    _index(1, 0)


def _index(old: int, new: int) -> None:
    before, after = NOT_READ[old], NOT_READ[new]
    op.drop_index("ix_reading_open", "reading", sqlite_where=before, postgresql_where=before)
    columns = ["branch_id", "study_uid", "hub_id"]
    op.create_index("ix_reading_open", "reading", columns, unique=True, sqlite_where=after, postgresql_where=after)


def _words(words: str) -> None:
    check = op.f("ck_reading_state")
    listed = ", ".join(f"'{each}'" for each in words.split())
    with op.batch_alter_table("reading") as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, f"state IN ({listed})")
