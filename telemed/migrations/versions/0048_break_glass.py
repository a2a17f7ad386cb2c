"""Break-glass: a hub opens a branch's patient for a reason and two hours."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NOT_ENDED = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "breakglass",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(
                "emergency",
                "called",
                "transfer",
                "error",
                "other",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "appropriate", "inappropriate", name="verdict", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_breakglass_branch_id_hospital")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_breakglass_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_breakglass_patient_id_patient")),
        sa.ForeignKeyConstraint(["reviewed_by"], ["staff.id"], name=op.f("fk_breakglass_reviewed_by_staff")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_breakglass_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breakglass")),
    )
    with op.batch_alter_table("breakglass", schema=None) as batch_op:
        batch_op.create_index("ix_breakglass_branch", ["branch_id", "opened_at"], unique=False)
        batch_op.create_index(
            "ix_breakglass_open",
            ["staff_id", "patient_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_breakglass_patient_id"), ["patient_id"], unique=False)


def downgrade() -> None:
    # The release before would take these for grants like others.
    op.execute("DELETE FROM casegrant WHERE activity = 'break_glass'")
    with op.batch_alter_table("breakglass", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_breakglass_patient_id"))
        batch_op.drop_index(
            "ix_breakglass_open", sqlite_where=sa.text("ended_at IS NULL"), postgresql_where=sa.text("ended_at IS NULL")
        )
        batch_op.drop_index("ix_breakglass_branch")

    op.drop_table("breakglass")
