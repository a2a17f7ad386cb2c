"""A device is asked to test itself at once."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device", sa.Column("test_asked_at", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("device", "test_asked_at")
