"""Deadlines, the ladders that say who is told of them, and who was told."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NEXT = sa.text("done_at IS NULL AND at IS NOT NULL")
LATE = sa.text("done_at IS NULL")
OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "rung",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("valid_from", UtcDateTime(timezone=True), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("when", _word("when", "before", "due", "after"), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("to", _word("to", "owners", "asked", "role", "on_duty"), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at_hub", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("counted", _word("counted", "elapsed", "working"), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung")),
    )
    op.create_index(op.f("ix_rung_ladder"), "rung", ["ladder"])
    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("hub_id", sa.String(), nullable=False),
        sa.Column("partner_id", sa.String(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("specialty", sa.String(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("owners", sa.JSON(), nullable=False),
        sa.Column("began_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("nudged_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
    )
    op.create_index(op.f("ix_deadline_activity_id"), "deadline", ["activity_id"])
    op.create_index("ix_deadline_late", "deadline", ["partner_id", "due_at"], sqlite_where=LATE, postgresql_where=LATE)
    op.create_index("ix_deadline_next", "deadline", ["at", "id"], sqlite_where=NEXT, postgresql_where=NEXT)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ladder", sa.String(), nullable=False),
        sa.Column("when", _word("notice_when", "before", "due", "after"), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("activity_id", sa.Uuid(), nullable=False),
        sa.Column("told_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("seen_on", _word("device", "computer", "phone"), nullable=True),
        sa.Column("passed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("ended_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_notice_deadline_id_deadline")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_deadline_id"), "notice", ["deadline_id"])
    op.create_index("ix_notice_of_person", "notice", ["staff_id", "told_at"])
    op.create_index("ix_notice_open", "notice", ["staff_id"], sqlite_where=OPEN, postgresql_where=OPEN)
    _of_what_is_open()


# By ladder, the states whose deadline climbs it and which rung is the due one, as of this migration.
CLIMBS = {
    "approval": (["submitted"], 0),
    "completion": (["returned"], 0),
    "acceptance": (["approved"], 0),
    "arrangement": (["accepted", "scheduling"], 0),
    "meeting": (["scheduled", "ready"], 3),
    "resumption": (["interrupted"], 0),
    "opinion": (["answering"], 0),
    "feedback": (["signed"], 0),
    "execution": (["acknowledged", "executing"], 0),
}
OPEN_ONES = """
    INSERT INTO deadline (id, activity, activity_id, case_id, kind, ladder, hospital_id, hub_id, partner_id, urgency,
                          specialty, department_id, owners, began_at, due_at, at, rung)
    SELECT id, 'consultation', id, case_id, :kind, :ladder, branch_id, hub_id,
           CASE WHEN approved_at IS NOT NULL THEN hub_id END, urgency, '',
           CASE WHEN :rings THEN wanted_department_id END, {nobody}, state_since, state_due_at,
           state_due_at, :rung
    FROM consultation
    WHERE state IN :states AND state_due_at IS NOT NULL AND (urgency = 'stat' AND state = 'approved') = :rings
"""


def _of_what_is_open() -> None:
    """What is open has a deadline from now on too; it takes the id of its consultation."""
    nobody = {"sqlite": "'[]'", "postgresql": "CAST('[]' AS JSON)"}[op.get_bind().dialect.name]
    insert = sa.text(OPEN_ONES.format(nobody=nobody)).bindparams(sa.bindparam("states", expanding=True))
    for ladder, (states, rung) in CLIMBS.items():
        given = {"kind": "state", "ladder": ladder, "states": states, "rung": rung, "rings": False}
        op.get_bind().execute(insert, given)
    rings = {"kind": "ring", "ladder": "stat", "states": ["approved"], "rung": 0, "rings": True}
    op.get_bind().execute(insert, rings)


def downgrade() -> None:
    for table in ("notice", "deadline", "rung"):
        op.drop_table(table)


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
