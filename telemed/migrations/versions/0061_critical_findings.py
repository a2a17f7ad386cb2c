"""Critical findings of readings, and who was told of them."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "criticalfinding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reading_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "detected",
                "notifying",
                "read_back",
                "acted",
                "closed",
                name="finding_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("finding_en", sa.String(), nullable=False),
        sa.Column("asks", sa.String(), nullable=False),
        sa.Column("asks_en", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("words_en", sa.JSON(), nullable=False),
        sa.Column("examination", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("ward", sa.String(), nullable=False),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("found_by", sa.Uuid(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("read_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("doctor", sa.String(), nullable=False),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("acted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acted_by", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["acted_by"], ["staff.id"], name=op.f("fk_criticalfinding_acted_by_staff")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_criticalfinding_branch_id_hospital")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_criticalfinding_case_id_case")),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_criticalfinding_closed_by_staff")),
        sa.ForeignKeyConstraint(["found_by"], ["staff.id"], name=op.f("fk_criticalfinding_found_by_staff")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_criticalfinding_hub_id_hospital")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_criticalfinding_patient_id_patient")),
        sa.ForeignKeyConstraint(["reading_id"], ["reading.id"], name=op.f("fk_criticalfinding_reading_id_reading")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criticalfinding")),
    )
    with op.batch_alter_table("criticalfinding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criticalfinding_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_criticalfinding_day", ["branch_id", "found_at"], unique=False)
        batch_op.create_index(
            "ix_criticalfinding_open",
            ["reading_id", "finding"],
            unique=True,
            sqlite_where=sa.text("state != 'closed'"),
            postgresql_where=sa.text("state != 'closed'"),
        )
        batch_op.create_index(batch_op.f("ix_criticalfinding_patient_id"), ["patient_id"], unique=False)

    op.create_table(
        "findingtold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column(
            "how",
            sa.Enum("page", "telephone", name="heard", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("correct", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["criticalfinding.id"], name=op.f("fk_findingtold_finding_id_criticalfinding")
        ),
        sa.ForeignKeyConstraint(["told_by"], ["staff.id"], name=op.f("fk_findingtold_told_by_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findingtold")),
    )
    with op.batch_alter_table("findingtold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_findingtold_finding_id"), ["finding_id"], unique=False)

    op.add_column("reading", sa.Column("critical_words", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    # The release before would take these for grants like others.
    op.execute("DELETE FROM casegrant WHERE activity = 'critical_finding'")
    op.drop_column("reading", "critical_words")
    with op.batch_alter_table("findingtold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_findingtold_finding_id"))

    op.drop_table("findingtold")
    with op.batch_alter_table("criticalfinding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criticalfinding_patient_id"))
        batch_op.drop_index(
            "ix_criticalfinding_open",
            sqlite_where=sa.text("state != 'closed'"),
            postgresql_where=sa.text("state != 'closed'"),
        )
        batch_op.drop_index("ix_criticalfinding_day")
        batch_op.drop_index(batch_op.f("ix_criticalfinding_case_id"))

    op.drop_table("criticalfinding")
