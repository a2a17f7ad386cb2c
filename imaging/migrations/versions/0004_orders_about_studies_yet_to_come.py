"""An order to hide or show a study is kept until its images come."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "orders_ahead",
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("quarantined", sa.Boolean(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hospital", "study_uid", name="pk_orders_ahead"),
    )


def downgrade() -> None:
    op.drop_table("orders_ahead")
