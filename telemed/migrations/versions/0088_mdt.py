"""多学科会诊: a consultation may be an MDT, with a recorder, a signed section of each expert, and who was absent."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("consultation", sa.Column("mdt", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("consultation", sa.Column("recorder_id", sa.Uuid(), nullable=True))
    op.create_table(
        "membersection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("saved_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=True),
        sa.Column("signed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("about_sha256", sa.String(), nullable=False),
        sa.Column("canonical", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("signature", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_membersection_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_membersection_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membersection")),
        sa.UniqueConstraint("consultation_id", "staff_id", "number", name=op.f("uq_membersection_consultation_id")),
    )
    op.create_index(op.f("ix_membersection_consultation_id"), "membersection", ["consultation_id"])
    op.create_table(
        "memberabsence",
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_memberabsence_by_id_staff")),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_memberabsence_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_memberabsence_staff_id_staff")),
        sa.PrimaryKeyConstraint("consultation_id", "staff_id", name=op.f("pk_memberabsence")),
    )


def downgrade() -> None:
    op.drop_table("memberabsence")
    op.drop_table("membersection")
    op.drop_column("consultation", "recorder_id")
    op.drop_column("consultation", "mdt")
