"""A branch's radiologist writes the own report of a study at the desk; sampled over-reads are drawn after it, by a
seed of the rule that is told to nobody."""

from secrets import token_hex

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

BEFORE = "made not_drawn asked_already no_clause no_agreement"


def _outcomes(words: str) -> None:
    check = op.f("ck_ruledraw_outcome")
    listed = ", ".join(f"'{each}'" for each in words.split())
    with op.batch_alter_table("ruledraw") as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, f"outcome IN ({listed})")


def upgrade() -> None:
    op.create_table(
        "ownreport",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("technique", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("impression", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wrote_id", sa.Uuid(), nullable=True),
        sa.Column("signed_by", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_ownreport_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_ownreport_patient_id_patient")),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_ownreport_author_id_staff")),
        sa.ForeignKeyConstraint(["wrote_id"], ["staff.id"], name=op.f("fk_ownreport_wrote_id_staff")),
        sa.ForeignKeyConstraint(["signed_by"], ["staff.id"], name=op.f("fk_ownreport_signed_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownreport")),
        sa.UniqueConstraint("hospital_id", "study_uid", "number", name=op.f("uq_ownreport_hospital_id")),
    )
    op.add_column("branchreport", sa.Column("technique", sa.String(), nullable=False, server_default=""))
    op.add_column("branchreport", sa.Column("own_report_id", sa.Uuid(), nullable=True))
    op.add_column("readingrule", sa.Column("seed", sa.String(), nullable=False, server_default=""))
    rules = sa.table("readingrule", sa.column("id", sa.Uuid()), sa.column("seed", sa.String()))
    for (id,) in op.get_bind().execute(sa.select(rules.c.id)).all():
        op.execute(sa.update(rules).where(rules.c.id == id).values(seed=token_hex(16)))
    _outcomes(f"{BEFORE} awaits_report")


def downgrade() -> None:
    """What waits for its report has not been drawn yet: it goes, as if its study had not come."""
    op.execute("DELETE FROM ruledraw WHERE outcome = 'awaits_report'")
    _outcomes(BEFORE)
    op.drop_column("readingrule", "seed")
    op.drop_column("branchreport", "own_report_id")
    op.drop_column("branchreport", "technique")
    op.drop_table("ownreport")
