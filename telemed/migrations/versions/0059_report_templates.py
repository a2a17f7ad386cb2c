"""Report templates of departments, phrases of radiologists, and which template a report began with."""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

PARTS = "head neck chest heart abdomen pelvis spine breast upper_limb lower_limb whole_body"


def upgrade() -> None:
    part = sa.Enum(*PARTS.split(), name="part", native_enum=False, create_constraint=True, length=32)
    op.add_column("report", sa.Column("template", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "reporttemplate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column("part", part, nullable=False),
        sa.Column("technique", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("impression", sa.String(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"]),
        sa.ForeignKeyConstraint(["saved_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("hospital_id", "key", "number"),
    )
    op.create_table(
        "reportphrase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reportphrase_staff_id"), "reportphrase", ["staff_id"])


def downgrade() -> None:
    op.drop_table("reportphrase")
    op.drop_table("reporttemplate")
    op.drop_column("report", "template")
