"""How over-reads stand to the branches' reports, and the record of where they differ."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

GRADES = ("agreement", "minor", "additional", "major")


def grade() -> sa.Enum:
    return sa.Enum(*GRADES, name="grade", native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("reading") as table:
        table.add_column(sa.Column("grade", grade(), nullable=True))
    op.add_column("report", sa.Column("compared", sa.JSON(), nullable=True))
    op.add_column("report", sa.Column("compared_first", sa.JSON(), nullable=True))
    op.create_table(
        "discrepancy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("grade", grade(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("branch_report_id", sa.Uuid(), nullable=False),
        sa.Column("branch_lines", sa.JSON(), nullable=False),
        sa.Column("hub_lines", sa.JSON(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("report_sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_discrepancy_author_id_staff")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_discrepancy_branch_id_hospital")),
        sa.ForeignKeyConstraint(
            ["branch_report_id"], ["branchreport.id"], name=op.f("fk_discrepancy_branch_report_id_branchreport")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_discrepancy_case_id_case")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_discrepancy_hub_id_hospital")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_discrepancy_patient_id_patient")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_discrepancy_reading_id_reading")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["staff.id"], name=op.f("fk_discrepancy_reviewer_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancy")),
        sa.UniqueConstraint("reading_id", name=op.f("uq_discrepancy_reading_id")),
    )
    op.create_index("ix_discrepancy_hub", "discrepancy", ["hub_id", "issued_at"])
    op.create_index("ix_discrepancy_branch", "discrepancy", ["branch_id", "issued_at"])


def downgrade() -> None:
    op.drop_table("discrepancy")
    op.drop_column("report", "compared_first")
    op.drop_column("report", "compared")
    with op.batch_alter_table("reading") as table:
        table.drop_constraint(op.f("ck_reading_grade"), type_="check")
        table.drop_column("grade")
