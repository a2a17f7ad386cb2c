"""Orders to the leaves are kept until they are acknowledged."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leaforder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaforder")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_leaforder_kind")),
    )
    with op.batch_alter_table("leaforder") as batch_op:
        batch_op.create_index(batch_op.f("ix_leaforder_acknowledged_at"), ["acknowledged_at"])


def downgrade() -> None:
    with op.batch_alter_table("leaforder") as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaforder_acknowledged_at"))
    op.drop_table("leaforder")
