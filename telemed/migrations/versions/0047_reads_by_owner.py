"""The audit's indexes by the owner of the data hold every read, also of what is nobody's yet."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

INDEXES = {"actor_owner": ["actor_id", "owner_id", "at"], "owner": ["owner_id", "at"]}


def upgrade() -> None:
    _only("purpose IS NOT NULL")


def downgrade() -> None:
    _only("patient_id IS NOT NULL")


def _only(where: str) -> None:
    for name, columns in INDEXES.items():
        op.drop_index(f"ix_auditevent_{name}", table_name="auditevent")
        op.create_index(
            f"ix_auditevent_{name}",
            "auditevent",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
