"""A reading desk says who reads what, and how much work a study is."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desksettings",
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subspecialties", sa.JSON(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_desksettings_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("hospital_id", name=op.f("pk_desksettings")),
    )


def downgrade() -> None:
    op.drop_table("desksettings")
