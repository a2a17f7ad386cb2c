"""Rosters and their shifts."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "roster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("kind", _word("rosterkind", "specialty", "department", "role"), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("covers", _word("covers", "always", "working"), nullable=False),
        sa.Column("day_starts", sa.String(), nullable=False),
        sa.Column("night_starts", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_roster_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster")),
        sa.UniqueConstraint("hospital_id", "kind", "subject", name=op.f("uq_roster_hospital_id")),
    )
    op.create_index(op.f("ix_roster_hospital_id"), "roster", ["hospital_id"])
    op.create_table(
        "shift",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("starts", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["roster_id"], ["roster.id"], name=op.f("fk_shift_roster_id_roster")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_shift_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shift")),
    )
    op.create_index("ix_shift_of_roster", "shift", ["roster_id", "starts"])
    op.create_index("ix_shift_of_staff", "shift", ["staff_id", "ends"])


def downgrade() -> None:
    op.drop_table("shift")
    op.drop_table("roster")


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
