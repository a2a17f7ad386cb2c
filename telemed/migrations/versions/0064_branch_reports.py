"""Over-reads, and the branch's own reports that they are compared with."""

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    purpose = sa.Enum("primary", "over_read", name="purpose", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("reading") as table:
        table.add_column(sa.Column("purpose", purpose, nullable=False, server_default="primary"))
        table.add_column(sa.Column("branch_report", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "branchreport",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("impression", sa.String(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["staff.id"], name=op.f("fk_branchreport_added_by_staff")),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_branchreport_file_id_file")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_branchreport_reading_id_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branchreport")),
        sa.UniqueConstraint("reading_id", "number", name=op.f("uq_branchreport_reading_id")),
    )
    op.create_index(op.f("ix_branchreport_reading_id"), "branchreport", ["reading_id"])


def downgrade() -> None:
    op.drop_table("branchreport")
    with op.batch_alter_table("reading") as table:
        table.drop_constraint(op.f("ck_reading_purpose"), type_="check")
        table.drop_column("branch_report")
        table.drop_column("purpose")
