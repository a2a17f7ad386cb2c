"""Stays, measures and orders are rows.

The words for ward and bed on a patient open no stay: they say where somebody lay when the record was last read, not
that they lie there now, and nobody would close it. The next look-up, or the next correction by hand, opens one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("vital", "test", name="observationkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("ref_low", sa.String(), nullable=False),
        sa.Column("ref_high", sa.String(), nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_observation_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("patient_id", "kind", "code", "at", name=op.f("uq_observation_patient_id")),
    )
    op.create_table(
        "orderline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("medicine", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_orderline_patient_id_patient")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orderline")),
    )
    with op.batch_alter_table("orderline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orderline_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "admission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("ward", sa.String(), nullable=False),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("ward_id", sa.Uuid(), nullable=True),
        sa.Column("bed_id", sa.Uuid(), nullable=True),
        sa.Column("bed_doctor", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("discharged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["bed_id"], ["bed.id"], name=op.f("fk_admission_bed_id_bed")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_admission_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_admission_patient_id_patient")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_admission_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
    )
    with op.batch_alter_table("admission", schema=None) as batch_op:
        batch_op.create_index(
            "ix_admission_open",
            ["hospital_id", "patient_id"],
            unique=True,
            sqlite_where=sa.text("discharged_at IS NULL"),
            postgresql_where=sa.text("discharged_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_admission_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_admission_ward_id"), ["ward_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("admission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_admission_ward_id"))
        batch_op.drop_index(batch_op.f("ix_admission_patient_id"))
        batch_op.drop_index(
            "ix_admission_open",
            sqlite_where=sa.text("discharged_at IS NULL"),
            postgresql_where=sa.text("discharged_at IS NULL"),
        )

    op.drop_table("admission")
    with op.batch_alter_table("orderline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_orderline_patient_id"))

    op.drop_table("orderline")
    op.drop_table("observation")
