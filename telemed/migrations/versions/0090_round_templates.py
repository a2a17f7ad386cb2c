"""What a bed needs for rounds, where a hub has changed what is built in for a specialty."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roundtemplate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("labs", sa.JSON(), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["staff.id"], name=op.f("fk_roundtemplate_changed_by_staff")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_roundtemplate_hub_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundtemplate")),
        sa.UniqueConstraint("hub_id", "specialty", name=op.f("uq_roundtemplate_hub_id")),
    )


def downgrade() -> None:
    op.drop_table("roundtemplate")
