"""Consents that name a hub which is asked no longer."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consent", sa.Column("outdated_at", UtcDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("consent", "outdated_at")
