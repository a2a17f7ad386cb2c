"""Studies of which an event is due are found by an index that holds only these."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

OWES_NEWS = """
    told_count != instance_count
    OR told_mixed != mixed_patients
    OR declared IS NOT NULL AND instance_count >= declared
        AND (told_complete IS NULL OR told_complete != declared)
"""


def upgrade() -> None:
    op.execute(f"CREATE INDEX ix_studies_owing ON studies (id) WHERE {OWES_NEWS}")


def downgrade() -> None:
    op.drop_index("ix_studies_owing", "studies")
