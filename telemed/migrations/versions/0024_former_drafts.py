"""What a lead expert had written when another took over."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "formerdraft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=False),
        sa.Column("continued", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_formerdraft_author_id_staff")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_formerdraft_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["taken_by"], ["staff.id"], name=op.f("fk_formerdraft_taken_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_formerdraft")),
    )
    op.create_index(op.f("ix_formerdraft_consultation_id"), "formerdraft", ["consultation_id"])


def downgrade() -> None:
    op.drop_table("formerdraft")
