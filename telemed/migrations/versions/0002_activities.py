"""What services share hangs on an activity, (kind, id), instead of on a consultation.

Kinds of activities, work, resources and bookings become plain strings: a new word rewrites no table.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LIVE = sa.text("state IN ('held', 'booked')")
# Of a consultation so far, and of nothing else: table, and what its index of the old column was called.
RENAMED = {"packetitem": "ix_packetitem_consultation_id", "consent": "ix_consent_consultation_id", "participant": None}
# The lists of words that are checked in the program from now on.
LISTS = {
    "casegrant": ("activity", "consultation reading round teaching break_glass"),
    "room": ("roomkind", "consultation round teaching"),
    "resource": ("resourcekind", "person venue"),
    "booking": (
        "bookingkind",
        "consultation clinic round surgery reading teaching meeting duty maintenance leave other",
    ),
    "workitem": (
        "workkind",
        "complete consent endorse review accept name_lead book invite upload identity declare write sign reassess "
        "acknowledge execute close",
    ),
}
COLUMN = {"casegrant": "activity", "room": "kind", "resource": "kind", "booking": "kind", "workitem": "kind"}


def upgrade() -> None:
    for table, (name, _) in LISTS.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(batch.f(f"ck_{table}_{name}"), type_="check")
    for table, index in RENAMED.items():
        _rename(table, index)
    op.execute("ALTER TABLE booking RENAME COLUMN subject TO activity_id")
    op.drop_index("uq_booking_subject_live", "booking")
    op.create_index(
        "uq_booking_activity_live",
        "booking",
        ["activity_id"],
        unique=True,
        sqlite_where=LIVE,
        postgresql_where=LIVE,
    )
    op.execute("ALTER TABLE room RENAME COLUMN kind TO activity")
    op.add_column("room", sa.Column("activity_id", sa.Uuid(), nullable=True))
    for table in ("booking", "workitem", "file"):
        op.add_column(table, sa.Column("activity", sa.String(32), nullable=True))
    for table in ("workitem", "file"):
        op.add_column(table, sa.Column("activity_id", sa.Uuid(), nullable=True))
    _fill()
    with op.batch_alter_table("room") as batch:
        batch.alter_column("activity_id", existing_type=sa.Uuid(), nullable=False)
    for table in ("room", "workitem", "file"):
        op.create_index(f"ix_{table}_activity_id", table, ["activity_id"])


def _rename(table: str, index: str | None) -> None:
    """`consultation_id` becomes `activity_id`, with the kind beside it."""
    op.add_column(table, sa.Column("activity", sa.String(32), nullable=True))
    op.execute(f"UPDATE {table} SET activity = 'consultation'")
    if index is not None:
        op.drop_index(index, table)
    with op.batch_alter_table(table) as batch:
        if table == "participant":
            batch.drop_constraint(batch.f("fk_participant_consultation_id_consultation"), type_="foreignkey")
            batch.drop_constraint(batch.f("ck_participant_participantrole"), type_="check")
            batch.drop_constraint(batch.f("uq_participant_consultation_id"), type_="unique")
            batch.alter_column("role", existing_type=sa.String(32), type_=sa.String(), existing_nullable=False)
        batch.alter_column("activity", existing_type=sa.String(32), nullable=False)
        batch.alter_column("consultation_id", new_column_name="activity_id", existing_type=sa.Uuid())
    if table == "participant":
        with op.batch_alter_table(table) as batch:
            batch.create_unique_constraint(batch.f("uq_participant_activity_id"), ["activity_id", "staff_id"])
    if index is not None:
        op.create_index(f"ix_{table}_activity_id", table, ["activity_id"])


def _fill() -> None:
    """Which activity a booking, a room, a work item or a file belongs to: a consultation, or none."""
    op.execute("UPDATE room SET activity_id = id")
    op.execute("UPDATE booking SET activity = 'consultation' WHERE activity_id IS NOT NULL")
    op.execute("UPDATE workitem SET activity_id = subject WHERE subject IN (SELECT id FROM consultation)")
    op.execute(
        "UPDATE workitem SET activity_id = (SELECT consultation_id FROM advice WHERE advice.id = workitem.subject) "
        "WHERE subject IN (SELECT id FROM advice)"
    )
    for table, column in (("packetitem", "file_id"), ("consent", "file_id")):
        op.execute(
            f"UPDATE file SET activity_id = (SELECT max(CAST(activity_id AS VARCHAR)) FROM {table} "
            f"WHERE {table}.{column} = file.id) WHERE id IN (SELECT {column} FROM {table})"
            if op.get_bind().dialect.name == "sqlite"
            else f"UPDATE file SET activity_id = t.activity_id FROM {table} t WHERE t.{column} = file.id"
        )
    for column in ("print_id", "scan_id"):
        op.execute(
            f"UPDATE file SET activity_id = (SELECT consultation_id FROM opinion WHERE opinion.{column} = file.id) "
            f"WHERE id IN (SELECT {column} FROM opinion)"
        )
    for table in ("workitem", "file"):
        op.execute(f"UPDATE {table} SET activity = 'consultation' WHERE activity_id IS NOT NULL")


def downgrade() -> None:
    for table in ("room", "workitem", "file"):
        op.drop_index(f"ix_{table}_activity_id", table)
    for table in ("workitem", "file"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("activity")
            batch.drop_column("activity_id")
    with op.batch_alter_table("room") as batch:
        batch.drop_column("activity_id")
    op.execute("ALTER TABLE room RENAME COLUMN activity TO kind")
    op.drop_index("uq_booking_activity_live", "booking")
    with op.batch_alter_table("booking") as batch:
        batch.drop_column("activity")
    op.execute("ALTER TABLE booking RENAME COLUMN activity_id TO subject")
    op.create_index(
        "uq_booking_subject_live", "booking", ["subject"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )
    for table, index in RENAMED.items():
        _rename_back(table, index)
    for table, (name, words) in LISTS.items():
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(
                batch.f(f"ck_{table}_{name}"), sa.column(COLUMN[table], sa.String()).in_(words.split())
            )


def _rename_back(table: str, index: str | None) -> None:
    op.execute(f"DELETE FROM {table} WHERE activity <> 'consultation'")
    if index is not None:
        op.drop_index(f"ix_{table}_activity_id", table)
    with op.batch_alter_table(table) as batch:
        if table == "participant":
            batch.drop_constraint(batch.f("uq_participant_activity_id"), type_="unique")
            batch.alter_column("role", existing_type=sa.String(), type_=sa.String(32), existing_nullable=False)
        batch.alter_column("activity_id", new_column_name="consultation_id", existing_type=sa.Uuid())
        batch.drop_column("activity")
    if index is not None:
        op.create_index(index, table, ["consultation_id"])
        return
    with op.batch_alter_table(table) as batch:
        batch.create_unique_constraint(batch.f("uq_participant_consultation_id"), ["consultation_id", "staff_id"])
        batch.create_foreign_key(
            batch.f("fk_participant_consultation_id_consultation"), "consultation", ["consultation_id"], ["id"]
        )
        batch.create_check_constraint(
            batch.f("ck_participant_participantrole"),
            sa.column("role", sa.String()).in_(("lead", "accompanying", "expert", "guest")),
        )
