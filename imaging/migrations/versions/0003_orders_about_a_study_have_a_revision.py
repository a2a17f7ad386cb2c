"""An order to hide or show a study has a revision."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In place, not in batch mode: series refer to this table, and it cannot be dropped while they do.
    op.add_column("studies", sa.Column("quarantine_rev", sa.BigInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("studies", "quarantine_rev")
