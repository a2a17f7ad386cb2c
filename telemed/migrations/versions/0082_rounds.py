"""Ward rounds: series, sessions, the patients on their lists, acts, instructions, notes."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

GOES_ON = sa.text("state NOT IN ('closed', 'cancelled')")
STANDS = sa.text("state != 'cancelled'")
OPEN = sa.text("state IN ('to_read_back', 'to_execute')")


def enum(words: str, name: str, *, check: bool = True) -> sa.Enum:
    return sa.Enum(*words.split(), name=name, native_enum=False, create_constraint=check, length=32)


def upgrade() -> None:
    op.create_table(
        "roundseries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("ward_id", sa.Uuid(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("rrule", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("leads", sa.JSON(), nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Uuid(), nullable=True),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("accompanying_id", sa.Uuid(), nullable=True),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("made_until", sa.Date(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["accompanying_id"], ["staff.id"], name=op.f("fk_roundseries_accompanying_id_staff")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_roundseries_agreement_id_agreement")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_roundseries_branch_id_hospital")),
        sa.ForeignKeyConstraint(["cart_id"], ["device.id"], name=op.f("fk_roundseries_cart_id_device")),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_roundseries_created_by_staff")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_roundseries_hub_id_hospital")),
        sa.ForeignKeyConstraint(["venue_id"], ["resource.id"], name=op.f("fk_roundseries_venue_id_resource")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_roundseries_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundseries")),
    )
    with op.batch_alter_table("roundseries", schema=None) as batch_op:
        batch_op.create_index("ix_roundseries_branch", ["branch_id", "ward_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roundseries_hub_id"), ["hub_id"], unique=False)

    op.create_table(
        "roundchange",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("change", enum("moved left_out", "occurrencechange"), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_roundchange_by_staff")),
        sa.ForeignKeyConstraint(["series_id"], ["roundseries.id"], name=op.f("fk_roundchange_series_id_roundseries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundchange")),
        sa.UniqueConstraint("series_id", "on", name=op.f("uq_roundchange_series_id")),
    )
    op.create_table(
        "roundsession",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("ward_id", sa.Uuid(), nullable=False),
        sa.Column("ward", sa.String(), nullable=False),
        sa.Column("ward_en", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column(
            "state",
            enum(
                "planned list_open list_locked ready live paused completed signed closed cancelled converted",
                "round_state",
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("list_opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locks_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lead_id", sa.Uuid(), nullable=True),
        sa.Column("accompanying_id", sa.Uuid(), nullable=True),
        sa.Column("venue_id", sa.Uuid(), nullable=True),
        sa.Column("cart_id", sa.Uuid(), nullable=True),
        sa.Column("unbooked", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["accompanying_id"], ["staff.id"], name=op.f("fk_roundsession_accompanying_id_staff")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_roundsession_branch_id_hospital")),
        sa.ForeignKeyConstraint(["cart_id"], ["device.id"], name=op.f("fk_roundsession_cart_id_device")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_roundsession_hub_id_hospital")),
        sa.ForeignKeyConstraint(["lead_id"], ["staff.id"], name=op.f("fk_roundsession_lead_id_staff")),
        sa.ForeignKeyConstraint(["series_id"], ["roundseries.id"], name=op.f("fk_roundsession_series_id_roundseries")),
        sa.ForeignKeyConstraint(["venue_id"], ["resource.id"], name=op.f("fk_roundsession_venue_id_resource")),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_roundsession_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundsession")),
    )
    with op.batch_alter_table("roundsession", schema=None) as batch_op:
        batch_op.create_index("ix_roundsession_branch", ["branch_id", "starts_at"], unique=False)
        batch_op.create_index("ix_roundsession_hub", ["hub_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_roundsession_lead_id"), ["lead_id"], unique=False)
        batch_op.create_index(
            "ix_roundsession_open", ["state", "starts_at"], unique=False, sqlite_where=GOES_ON, postgresql_where=GOES_ON
        )
        batch_op.create_index("ix_roundsession_ward", ["ward_id", "starts_at"], unique=False)
        batch_op.create_index(
            "uq_roundsession_day", ["series_id", "on"], unique=True, sqlite_where=STANDS, postgresql_where=STANDS
        )

    op.create_table(
        "rounditem",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("admission_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("consent_id", sa.Uuid(), nullable=True),
        sa.Column("emergency", sa.String(), nullable=False),
        sa.Column(
            "state",
            enum("proposed confirmed removed presenting discussed deferred skipped noted countersigned", "item_state"),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("bed", sa.String(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("changes", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("presented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("identified", enum("wristband spoken", "identified"), nullable=True),
        sa.Column("identified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("identified_by", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["admission_id"], ["admission.id"], name=op.f("fk_rounditem_admission_id_admission")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_rounditem_case_id_case")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_rounditem_patient_id_patient")),
        sa.ForeignKeyConstraint(["session_id"], ["roundsession.id"], name=op.f("fk_rounditem_session_id_roundsession")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rounditem")),
        sa.UniqueConstraint("session_id", "patient_id", name=op.f("uq_rounditem_session_id")),
    )
    with op.batch_alter_table("rounditem", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rounditem_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_rounditem_patient", ["patient_id", "session_id"], unique=False)

    op.create_table(
        "instruction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("patient_id", sa.Uuid(), nullable=False),
        sa.Column("admission_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("branch_id", sa.String(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("ward_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", enum("medicine test consult transfer observe teach", "instruction_kind"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "state", enum("to_read_back to_execute executed declined lapsed", "instruction_state"), nullable=False
        ),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("read_back_by", sa.Uuid(), nullable=True),
        sa.Column("read_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ordered_by", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("done_by", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["admission_id"], ["admission.id"], name=op.f("fk_instruction_admission_id_admission")),
        sa.ForeignKeyConstraint(["branch_id"], ["hospital.id"], name=op.f("fk_instruction_branch_id_hospital")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_instruction_case_id_case")),
        sa.ForeignKeyConstraint(["done_by"], ["staff.id"], name=op.f("fk_instruction_done_by_staff")),
        sa.ForeignKeyConstraint(["given_by"], ["staff.id"], name=op.f("fk_instruction_given_by_staff")),
        sa.ForeignKeyConstraint(["hub_id"], ["hospital.id"], name=op.f("fk_instruction_hub_id_hospital")),
        sa.ForeignKeyConstraint(["item_id"], ["rounditem.id"], name=op.f("fk_instruction_item_id_rounditem")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_instruction_owner_id_staff")),
        sa.ForeignKeyConstraint(["patient_id"], ["patient.id"], name=op.f("fk_instruction_patient_id_patient")),
        sa.ForeignKeyConstraint(["read_back_by"], ["staff.id"], name=op.f("fk_instruction_read_back_by_staff")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["roundsession.id"], name=op.f("fk_instruction_session_id_roundsession")
        ),
        sa.ForeignKeyConstraint(["ward_id"], ["ward.id"], name=op.f("fk_instruction_ward_id_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
    )
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instruction_item_id"), ["item_id"], unique=False)
        batch_op.create_index(
            "ix_instruction_open", ["patient_id", "due_at"], unique=False, sqlite_where=OPEN, postgresql_where=OPEN
        )
        batch_op.create_index(batch_op.f("ix_instruction_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_instruction_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_instruction_ward_id"), ["ward_id"], unique=False)

    op.create_table(
        "roundact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            enum(
                "start pause resume complete hand_over present identify discuss defer skip say ask instruct read_back",
                "act_kind",
                check=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome", enum("done overtaken already wrong_wristband", "act_outcome", check=False), nullable=False
        ),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_roundact_by_staff")),
        sa.ForeignKeyConstraint(["item_id"], ["rounditem.id"], name=op.f("fk_roundact_item_id_rounditem")),
        sa.ForeignKeyConstraint(["session_id"], ["roundsession.id"], name=op.f("fk_roundact_session_id_roundsession")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundact")),
    )
    with op.batch_alter_table("roundact", schema=None) as batch_op:
        batch_op.create_index("ix_roundact_item", ["item_id"], unique=False)
        batch_op.create_index("ix_roundact_session", ["session_id", "occurred_at"], unique=False)

    op.create_table(
        "roundnote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("assessment", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted", sa.JSON(), nullable=True),
        sa.Column("return_words", sa.String(), nullable=False),
        sa.Column("kind", enum("round_note guidance", "note_kind"), nullable=True),
        sa.Column("hub_by", sa.Uuid(), nullable=True),
        sa.Column("hub_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("senior_by", sa.Uuid(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("canonical", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_roundnote_author_id_staff")),
        sa.ForeignKeyConstraint(["hub_by"], ["staff.id"], name=op.f("fk_roundnote_hub_by_staff")),
        sa.ForeignKeyConstraint(["item_id"], ["rounditem.id"], name=op.f("fk_roundnote_item_id_rounditem")),
        sa.ForeignKeyConstraint(["senior_by"], ["staff.id"], name=op.f("fk_roundnote_senior_by_staff")),
        sa.ForeignKeyConstraint(["session_id"], ["roundsession.id"], name=op.f("fk_roundnote_session_id_roundsession")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roundnote")),
        sa.UniqueConstraint("item_id", name=op.f("uq_roundnote_item_id")),
    )
    with op.batch_alter_table("roundnote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roundnote_session_id"), ["session_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("roundnote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roundnote_session_id"))

    op.drop_table("roundnote")
    with op.batch_alter_table("roundact", schema=None) as batch_op:
        batch_op.drop_index("ix_roundact_session")
        batch_op.drop_index("ix_roundact_item")

    op.drop_table("roundact")
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instruction_ward_id"))
        batch_op.drop_index(batch_op.f("ix_instruction_session_id"))
        batch_op.drop_index(batch_op.f("ix_instruction_owner_id"))
        batch_op.drop_index("ix_instruction_open", sqlite_where=OPEN, postgresql_where=OPEN)
        batch_op.drop_index(batch_op.f("ix_instruction_item_id"))

    op.drop_table("instruction")
    with op.batch_alter_table("rounditem", schema=None) as batch_op:
        batch_op.drop_index("ix_rounditem_patient")
        batch_op.drop_index(batch_op.f("ix_rounditem_case_id"))

    op.drop_table("rounditem")
    with op.batch_alter_table("roundsession", schema=None) as batch_op:
        batch_op.drop_index("uq_roundsession_day", sqlite_where=STANDS, postgresql_where=STANDS)
        batch_op.drop_index("ix_roundsession_ward")
        batch_op.drop_index("ix_roundsession_open", sqlite_where=GOES_ON, postgresql_where=GOES_ON)
        batch_op.drop_index(batch_op.f("ix_roundsession_lead_id"))
        batch_op.drop_index("ix_roundsession_hub")
        batch_op.drop_index("ix_roundsession_branch")

    op.drop_table("roundsession")
    op.drop_table("roundchange")
    with op.batch_alter_table("roundseries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roundseries_hub_id"))
        batch_op.drop_index("ix_roundseries_branch")

    op.drop_table("roundseries")
