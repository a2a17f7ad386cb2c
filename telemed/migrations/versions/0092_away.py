"""Who stands by is away for a while, and is called after the others."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "away",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.CheckConstraint("began_at <= until", name=op.f("ck_away_begins_before_it_ends")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_away_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_away_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_away")),
    )
    op.create_index("ix_away_hospital_id", "away", ["hospital_id"])
    op.create_index("ix_away_at", "away", ["hospital_id", "until"])


def downgrade() -> None:
    op.drop_table("away")
