"""What becomes of the images of an issued report is said on a page (附页) of it; reports count their images."""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("image_count", sa.Integer(), nullable=True))
    op.create_index("ix_reading_study", "reading", ["branch_id", "study_uid"])
    op.create_table(
        "reportpage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "recalled",
                "reinstated",
                "grown",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("canonical", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("print_sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_reportpage_reading_id_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reportpage")),
        sa.UniqueConstraint("kind", "reading_id", "about", name=op.f("uq_reportpage_kind")),
        sa.UniqueConstraint("reading_id", "number", name=op.f("uq_reportpage_reading_id")),
    )


def downgrade() -> None:
    op.drop_table("reportpage")
    op.drop_index("ix_reading_study", "reading")
    op.drop_column("report", "image_count")
