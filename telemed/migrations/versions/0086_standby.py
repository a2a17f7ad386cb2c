"""Who on duty stands by; why somebody who was rung let the next be rung."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standby",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("until", UtcDateTime(timezone=True), nullable=False),
        sa.Column("left_at", UtcDateTime(timezone=True), nullable=True),
        sa.CheckConstraint("began_at < until", name=op.f("ck_standby_begins_before_it_ends")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_standby_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_standby_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standby")),
    )
    op.create_index("ix_standby_hospital_id", "standby", ["hospital_id"])
    op.create_index("ix_standby_of_staff", "standby", ["staff_id", "until"])
    op.add_column("notice", sa.Column("passed_for", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column("notice", "passed_for")
    op.drop_table("standby")
