"""A person's badge and PIN, by which they sign in at a hospital's device."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "badge",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("number_hmac", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_badge_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_badge")),
        sa.UniqueConstraint("number_hmac", name=op.f("uq_badge_number_hmac")),
    )


def downgrade() -> None:
    op.drop_table("badge")
