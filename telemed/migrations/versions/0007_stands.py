"""stands: the experts beside the lead co-sign the opinion or dissent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Enum("co_signed", "dissented", name="standkind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "stand",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=False),
        sa.Column("opinion_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("about_sha256", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_stand_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_stand_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand")),
    )
    with op.batch_alter_table("stand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stand_consultation_id"), ["consultation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stand_opinion_id"), ["opinion_id"], unique=False)


def downgrade() -> None:
    op.drop_table("stand")
