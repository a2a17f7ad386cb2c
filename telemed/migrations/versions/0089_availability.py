"""When a person or venue can be had; why a booking passed over it."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "availability",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("week", sa.JSON(), nullable=False),
        sa.Column("tele", sa.JSON(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_availability")),
    )
    op.add_column("booking", sa.Column("overridden", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("booking", sa.Column("override_reason", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("booking", "override_reason")
    op.drop_column("booking", "overridden")
    op.drop_table("availability")
