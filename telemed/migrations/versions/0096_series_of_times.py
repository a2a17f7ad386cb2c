"""Clinics, teaching and other times that come again."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None
LIVE = sa.text("state IN ('held', 'booked')")


def upgrade() -> None:
    op.create_table(
        "bookingseries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("rrule", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("override_reason", sa.String(), nullable=False),
        sa.Column("follows_id", sa.Uuid(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["staff.id"], name=op.f("fk_bookingseries_created_by_staff")),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_bookingseries_hospital_id_hospital")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookingseries")),
    )
    op.create_index("ix_bookingseries_hospital_id", "bookingseries", ["hospital_id"])
    op.create_table(
        "bookingchange",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                *("moved", "left_out"), name="occurrencechange", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["staff.id"], name=op.f("fk_bookingchange_by_staff")),
        sa.ForeignKeyConstraint(
            ["series_id"], ["bookingseries.id"], name=op.f("fk_bookingchange_series_id_bookingseries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookingchange")),
        sa.UniqueConstraint("series_id", "on", name=op.f("uq_bookingchange_series_id")),
    )
    op.add_column("booking", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.add_column("booking", sa.Column("on", sa.Date(), nullable=True))
    op.create_index(
        "uq_booking_series_live", "booking", ["series_id", "on"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE
    )


def downgrade() -> None:
    op.drop_index("uq_booking_series_live", "booking")
    op.drop_column("booking", "on")
    op.drop_column("booking", "series_id")
    op.drop_table("bookingchange")
    op.drop_table("bookingseries")
