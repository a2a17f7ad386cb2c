"""A reading may come from a consultation."""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reading", sa.Column("asked_by", sa.Uuid(), nullable=True))
    op.add_column("reading", sa.Column("consultation_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_reading_consultation_id"), "reading", ["consultation_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reading_consultation_id"), "reading")
    op.drop_column("reading", "consultation_id")
    op.drop_column("reading", "asked_by")
