"""What the product makes of a study itself, for example of what readers drew, is no news of its images."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BEFORE = """
    told_count != instance_count
    OR told_mixed != mixed_patients
    OR declared IS NOT NULL AND instance_count >= declared
        AND (told_complete IS NULL OR told_complete != declared)
"""
OWES_NEWS = BEFORE.replace("instance_count", "instance_count - made_count")


def upgrade() -> None:
    op.add_column("studies", sa.Column("made_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("series", sa.Column("made", sa.Boolean(), nullable=False, server_default="0"))
    op.drop_index("ix_studies_owing", "studies")
    op.execute(f"CREATE INDEX ix_studies_owing ON studies (id) WHERE {OWES_NEWS}")


def downgrade() -> None:
    op.drop_index("ix_studies_owing", "studies")
    op.execute(f"CREATE INDEX ix_studies_owing ON studies (id) WHERE {BEFORE}")
    op.drop_column("series", "made")
    op.drop_column("studies", "made_count")
