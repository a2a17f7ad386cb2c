"""The audit says of whom, as what and what changed; its rows are numbered and chained.

Rows from before get their numbers from the sealer, in the order of their ids.
"""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ADDED = (
    sa.Column("owner_id", sa.String()),
    sa.Column("patient_id", sa.Uuid()),
    sa.Column("case_id", sa.Uuid()),
    sa.Column("purpose", sa.String(32)),
    sa.Column("change", sa.JSON()),
    sa.Column("times", sa.Integer(), nullable=False, server_default="1"),
    sa.Column("number", sa.Integer()),
    sa.Column("hash", sa.LargeBinary()),
)
OF_PATIENT, OF_SETTINGS, UNSEALED = "patient_id IS NOT NULL", "change IS NOT NULL", "number IS NULL"
INDEXES: dict[str, tuple[list[str], str | None]] = {
    "patient": (["patient_id", "at"], OF_PATIENT),
    "actor": (["actor_id", "at"], None),
    "actor_owner": (["actor_id", "owner_id", "at"], OF_PATIENT),
    "owner": (["owner_id", "at"], OF_PATIENT),
    "settings": (["owner_id", "at"], OF_SETTINGS),
    "unsealed": (["id"], UNSEALED),
}
FORMER = ("actor_id", "at", "target")


def upgrade() -> None:
    for column in ADDED:
        op.add_column("auditevent", column)
    for former in FORMER:
        op.drop_index(f"ix_auditevent_{former}", table_name="auditevent")
    for name, (columns, where) in INDEXES.items():
        only = sa.text(where) if where else None
        op.create_index(f"ix_auditevent_{name}", "auditevent", columns, sqlite_where=only, postgresql_where=only)
    op.create_index("ix_auditevent_number", "auditevent", ["number"], unique=True)
    _drop_guard()  # the new one, which lets the sealer write, is put in its place after the upgrade


def downgrade() -> None:
    _drop_guard()
    for name in (*INDEXES, "number"):
        op.drop_index(f"ix_auditevent_{name}", table_name="auditevent")
    for column in reversed(ADDED):
        op.drop_column("auditevent", column.name)
    for former in FORMER:
        op.create_index(f"ix_auditevent_{former}", "auditevent", [former])


def _drop_guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("auditevent_no_update", "auditevent_sealed_once"):
            op.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        for name in ("auditevent_append_only", "auditevent_sealed_once"):
            op.execute(f"DROP TRIGGER IF EXISTS {name} ON auditevent")
