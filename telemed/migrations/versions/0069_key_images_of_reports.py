"""Reports have key images."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("key_images", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("report", "key_images")
