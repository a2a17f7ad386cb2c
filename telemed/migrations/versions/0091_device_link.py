"""How long devices wait for the server, which the site board draws."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "devicelink",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_devicelink_device_id_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devicelink")),
        sa.UniqueConstraint("device_id", "at", name=op.f("uq_devicelink_device_id")),
    )


def downgrade() -> None:
    op.drop_table("devicelink")
