"""A booking may name the branch's room beside the hub's."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

COLUMNS = ("branch_venue", "branch_venue_en")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("consultation", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("consultation", name)
