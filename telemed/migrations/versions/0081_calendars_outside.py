"""Bookings count their changes for calendars outside; links to these, and what they were told by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def method(name: str) -> sa.Enum:
    return sa.Enum("REQUEST", "CANCEL", name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "calendarlink",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendarlink_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendarlink")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_calendarlink_token_sha256")),
    )
    op.create_index(op.f("ix_calendarlink_account_id"), "calendarlink", ["account_id"])
    op.create_table(
        "calendarinvitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("method", method("method"), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("tried_method", method("tried_method"), nullable=True),
        sa.Column("tried_sequence", sa.Integer(), nullable=False),
        sa.Column("tried_what", sa.String(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=True),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name=op.f("fk_calendarinvitation_booking_id_booking")),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadline.id"], name=op.f("fk_calendarinvitation_deadline_id_deadline")
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_calendarinvitation_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendarinvitation")),
        sa.UniqueConstraint("booking_id", "staff_id", name=op.f("uq_calendarinvitation_booking_id")),
    )
    op.create_index(op.f("ix_calendarinvitation_delivery_id"), "calendarinvitation", ["delivery_id"])
    op.create_index(op.f("ix_calendarinvitation_staff_id"), "calendarinvitation", ["staff_id"])
    op.add_column("booking", sa.Column("sequence", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("booking", sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_participant_staff_id"), "participant", ["staff_id"])
    op.add_column("delivery", sa.Column("for_calendar", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("delivery", "for_calendar")
    op.drop_index(op.f("ix_participant_staff_id"), table_name="participant")
    op.drop_column("booking", "changed_at")
    op.drop_column("booking", "sequence")
    op.drop_table("calendarinvitation")
    op.drop_table("calendarlink")
