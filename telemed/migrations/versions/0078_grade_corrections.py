"""A wrong grade of an over-read is corrected, with a reason; each correction is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def _grade(name: str) -> sa.Enum:
    words = ("agreement", "minor", "additional", "major")
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "gradecorrection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before", _grade("before"), nullable=False),
        sa.Column("grade", _grade("grade"), nullable=False),
        sa.Column("branch_lines", sa.JSON(), nullable=False),
        sa.Column("hub_lines", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["corrected_by"], ["staff.id"], name=op.f("fk_gradecorrection_corrected_by_staff")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_gradecorrection_reading_id_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gradecorrection")),
        sa.UniqueConstraint("reading_id", "number", name=op.f("uq_gradecorrection_reading_id")),
    )
    op.create_index(op.f("ix_gradecorrection_reading_id"), "gradecorrection", ["reading_id"])


def downgrade() -> None:
    """The grades that were issued count again."""
    op.execute(
        "UPDATE reading SET grade = (SELECT c.before FROM gradecorrection c WHERE c.reading_id = reading.id "
        "AND c.number = 1) WHERE id IN (SELECT reading_id FROM gradecorrection)"
    )
    op.drop_table("gradecorrection")
