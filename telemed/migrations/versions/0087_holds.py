"""A time may be kept for an activity while it is arranged, beside the booking that it has."""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("booking", sa.Column("held_for", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("booking", "held_for")
