"""Readings: a hub's radiologists read a branch's studies."""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reading",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("study_uid", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "assigned",
                "claimed",
                "written",
                "reviewed",
                "issued",
                "addended",
                "returned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum("stat", "urgent", "routine", name="urgency", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("modality", sa.String(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "head",
                "neck",
                "chest",
                "heart",
                "abdomen",
                "pelvis",
                "spine",
                "breast",
                "upper_limb",
                "lower_limb",
                "whole_body",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum("none", "left", "right", "both", name="side", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("examination", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("history", sa.String(), nullable=False),
        sa.Column("requester_id", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reader_id", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "return_code",
            sa.Enum(
                "incomplete",
                "quality",
                "wrong_patient",
                "no_history",
                "other",
                name="returncode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("return_words", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewer_id", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_reading_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_reading_branch_id_hospital")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_reading_case_id_case")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_reading_hub_id_hospital")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_reading_patient_id_patient")),
        sa.ForeignKeyConstraint(["reader_id"], ["staff.id"], name=op.f("fk_reading_reader_id_staff")),
        sa.ForeignKeyConstraint(["requester_id"], ["staff.id"], name=op.f("fk_reading_requester_id_staff")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["staff.id"], name=op.f("fk_reading_reviewer_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.create_index("ix_reading_branch", ["branch_id", "state", "rank", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_reading_list", ["hub_id", "state", "rank", "due_at"], unique=False)
        batch_op.create_index(
            "ix_reading_open",
            ["branch_id", "study_uid", "hub_id"],
            unique=True,
            sqlite_where=sa.text("state NOT IN ('issued', 'addended')"),
            postgresql_where=sa.text("state NOT IN ('issued', 'addended')"),
        )
        batch_op.create_index(batch_op.f("ix_reading_patient_id"), ["patient_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_reader_id"), ["reader_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reading_requester_id"), ["requester_id"], unique=False)


def downgrade() -> None:
    # The release before would take these for grants like others.
    op.execute("DELETE FROM casegrant WHERE activity = 'reading'")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reading_requester_id"))
        batch_op.drop_index(batch_op.f("ix_reading_reader_id"))
        batch_op.drop_index(batch_op.f("ix_reading_patient_id"))
        batch_op.drop_index(
            "ix_reading_open",
            sqlite_where=sa.text("state NOT IN ('issued', 'addended')"),
            postgresql_where=sa.text("state NOT IN ('issued', 'addended')"),
        )
        batch_op.drop_index("ix_reading_list")
        batch_op.drop_index(batch_op.f("ix_reading_case_id"))
        batch_op.drop_index("ix_reading_branch")

    op.drop_table("reading")
