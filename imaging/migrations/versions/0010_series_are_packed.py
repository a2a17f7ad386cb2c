"""Which pack holds the frames of a series, and which series wait for one: at first all."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("series", sa.Column("pack", sa.String(), nullable=False, server_default=""))
    op.add_column("series", sa.Column("packed_count", sa.Integer(), nullable=False, server_default="0"))
    op.execute("CREATE INDEX ix_series_to_pack ON series (id) WHERE packed_count != instance_count")


def downgrade() -> None:
    op.drop_index("ix_series_to_pack", "series")
    op.drop_column("series", "packed_count")
    op.drop_column("series", "pack")
