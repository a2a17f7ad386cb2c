"""Consents whose paper cannot be had, as somebody has said."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consent", sa.Column("unobtainable_at", UtcDateTime(timezone=True), nullable=True))
    op.add_column("consent", sa.Column("unobtainable_by", sa.Uuid(), nullable=True))
    op.add_column("consent", sa.Column("unobtainable_code", sa.String(32), nullable=True))
    op.add_column("consent", sa.Column("unobtainable_reason", sa.String(), nullable=True))


def downgrade() -> None:
    for name in ("unobtainable_reason", "unobtainable_code", "unobtainable_by", "unobtainable_at"):
        op.drop_column("consent", name)
