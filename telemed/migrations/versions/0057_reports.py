"""Reports of readings: written by one radiologist, issued by a more senior one."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reading", sa.Column("author_title", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("technique", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("impression", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted", sa.JSON(), nullable=True),
        sa.Column("revise_words", sa.String(), nullable=False),
        sa.Column("revised_by", sa.Uuid(), nullable=True),
        sa.Column("canonical", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"]),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"]),
        sa.ForeignKeyConstraint(["revised_by"], ["staff.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("reading_id", "number"),
    )
    op.create_index(op.f("ix_report_reading_id"), "report", ["reading_id"])


def downgrade() -> None:
    op.drop_table("report")
    op.drop_column("reading", "author_title")
