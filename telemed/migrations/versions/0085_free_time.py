"""Free time of many is read from one index; holds that are over and an activity's booking are found by theirs."""

from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

FREE = ["resource_id", "ends_at", "starts_at", "active", "booking_id"]


def upgrade() -> None:
    op.drop_index("ix_occupancy_resource_time", "occupancy")
    op.create_index("ix_occupancy_resource_time", "occupancy", FREE)
    op.create_index("ix_booking_activity", "booking", ["activity_id"])
    op.create_index("ix_booking_hold", "booking", ["state", "expires_at"])


def downgrade() -> None:
    op.drop_index("ix_booking_hold", "booking")
    op.drop_index("ix_booking_activity", "booking")
    op.drop_index("ix_occupancy_resource_time", "occupancy")
    op.create_index("ix_occupancy_resource_time", "occupancy", ["resource_id", "ends_at"])
