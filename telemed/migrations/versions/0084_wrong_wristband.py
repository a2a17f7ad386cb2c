"""A wrong wristband is an alarm on every screen of the round, until it is known who lies in the bed."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rounditem", sa.Column("wrong_band_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("rounditem", "wrong_band_at")
