"""A reading whose study was recalled does not stand in the way of the patient whose study it is."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

NOT_READ = sa.text("state NOT IN ('provisional', 'issued', 'addended', 'withdrawn')")
COLUMNS = ["branch_id", "study_uid", "hub_id"]
# Of one study only the newest may be open.
LATER = """
    SELECT 1 FROM reading AS other WHERE other.branch_id = reading.branch_id AND other.hub_id = reading.hub_id
    AND other.study_uid = reading.study_uid AND other.id > reading.id
    AND other.state NOT IN ('provisional', 'issued', 'addended', 'withdrawn')
"""


def upgrade() -> None:
    _index([*COLUMNS, "patient_id"])


def downgrade() -> None:
    op.execute(
        "UPDATE reading SET state = 'withdrawn' WHERE state NOT IN ('provisional', 'issued', 'addended', 'withdrawn')"
        f" AND EXISTS ({LATER})"
    )
    _index(COLUMNS)


def _index(columns: list[str]) -> None:
    op.drop_index("ix_reading_open", "reading", sqlite_where=NOT_READ, postgresql_where=NOT_READ)
    op.create_index(
        "ix_reading_open", "reading", columns, unique=True, sqlite_where=NOT_READ, postgresql_where=NOT_READ
    )
