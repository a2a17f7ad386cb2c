"""From where and with what browser each sign-in is; of those that are open nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for each in ("address", "browser"):
        op.add_column("signin", sa.Column(each, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for each in ("browser", "address"):
        op.drop_column("signin", each)
