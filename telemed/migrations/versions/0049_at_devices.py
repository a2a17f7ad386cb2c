"""Who signs in and stays at a device, and at which device a sign-in is and something was done or seen."""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deviceentry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_deviceentry_device_id_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deviceentry")),
        sa.UniqueConstraint("code_sha256", name=op.f("uq_deviceentry_code_sha256")),
        sa.UniqueConstraint("device_id", name=op.f("uq_deviceentry_device_id")),
    )
    op.create_table(
        "devicestay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("device_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("sid", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "why",
            sa.String(32),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_devicestay_device_id_device")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_devicestay_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devicestay")),
    )
    with op.batch_alter_table("devicestay", schema=None) as batch_op:
        batch_op.create_index("ix_devicestay_device", ["device_id", "since"], unique=False)
        batch_op.create_index(batch_op.f("ix_devicestay_staff_id"), ["staff_id"], unique=False)

    for each in ("auditevent", "signin"):
        op.add_column(each, sa.Column("device_id", sa.Uuid()))
    _drop_guard()  # the new one, which covers the new column, is put in its place after the upgrade


def downgrade() -> None:
    _drop_guard()
    for each in ("signin", "auditevent"):
        op.drop_column(each, "device_id")
    with op.batch_alter_table("devicestay", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_devicestay_staff_id"))
        batch_op.drop_index("ix_devicestay_device")

    op.drop_table("devicestay")
    op.drop_table("deviceentry")


def _drop_guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER IF EXISTS auditevent_no_update")
    else:
        op.execute("DROP TRIGGER IF EXISTS auditevent_append_only ON auditevent")
