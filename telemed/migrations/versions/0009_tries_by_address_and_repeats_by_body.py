"""Attempts are counted by address too, and a repeated request is known by its body."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "familiaraddress",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_familiaraddress_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "address", name=op.f("pk_familiaraddress")),
    )
    with op.batch_alter_table("idempotentanswer") as batch_op:
        batch_op.add_column(sa.Column("body_sha256", sa.String(), nullable=True))
    with op.batch_alter_table("signinfailure") as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_signinfailure_address"), ["address"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("signinfailure") as batch_op:
        batch_op.drop_index(batch_op.f("ix_signinfailure_address"))
        batch_op.drop_column("address")
    with op.batch_alter_table("idempotentanswer") as batch_op:
        batch_op.drop_column("body_sha256")
    op.drop_table("familiaraddress")
