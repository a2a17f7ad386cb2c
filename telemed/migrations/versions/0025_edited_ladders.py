"""Who saved a rung and when, and until when it holds where its ladder was given up."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rung", sa.Column("valid_until", UtcDateTime(timezone=True), nullable=True))
    op.add_column("rung", sa.Column("saved_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("rung", sa.Column("saved_by", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM rung WHERE valid_until IS NOT NULL")  # else what was given up would hold again
    for column in ("saved_by", "saved_at", "valid_until"):
        op.drop_column("rung", column)
