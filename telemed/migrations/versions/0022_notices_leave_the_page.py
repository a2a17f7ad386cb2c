"""Notices leave the page: how each person wants to be told, group robots, and what became of each message."""

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

QUEUED = sa.text("state = 'queued'")
ALLOWED = ("notice_mail", "notice_robots")


def upgrade() -> None:
    op.add_column("rung", sa.Column("channels", sa.JSON(), nullable=False, server_default='["mail", "robot"]'))
    for each in ALLOWED:
        op.add_column("hospital", sa.Column(each, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "noticechoice",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("mail", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.String(), nullable=False),
        sa.Column("quiet_until", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_noticechoice_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_noticechoice")),
    )
    op.create_table(
        "robot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("kind", _word("robotkind", "wecom", "dingtalk"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["hospital_id"], ["hospital.id"], name=op.f("fk_robot_hospital_id_hospital")),
        sa.ForeignKeyConstraint(["department_id"], ["department.id"], name=op.f("fk_robot_department_id_department")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_robot")),
    )
    op.create_index(op.f("ix_robot_hospital_id"), "robot", ["hospital_id"])
    op.create_index(op.f("ix_robot_department_id"), "robot", ["department_id"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deadline_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=True),
        sa.Column("channel", _word("channel", "mail", "robot"), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("when", _word("delivery_when", "before", "due", "after"), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("state", _word("deliverystate", "queued", "sent", "failed", "withdrawn"), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("queued_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("done_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadline.id"], name=op.f("fk_delivery_deadline_id_deadline")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )
    op.create_index(op.f("ix_delivery_deadline_id"), "delivery", ["deadline_id"])
    op.create_index(op.f("ix_delivery_notice_id"), "delivery", ["notice_id"])
    op.create_index("ix_delivery_next", "delivery", ["at", "id"], sqlite_where=QUEUED, postgresql_where=QUEUED)


def downgrade() -> None:
    for table in ("delivery", "robot", "noticechoice"):
        op.drop_table(table)
    for each in ALLOWED:
        op.drop_column("hospital", each)
    op.drop_column("rung", "channels")


def _word(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
