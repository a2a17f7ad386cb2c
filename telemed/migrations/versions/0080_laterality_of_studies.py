"""A study says of which side its images are."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studyview", sa.Column("laterality", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("studyview", "laterality")
