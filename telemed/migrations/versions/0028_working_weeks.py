"""A hospital's hours by weekday, and the names of holidays."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hospital", sa.Column("week", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("calendarday", sa.Column("name", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("calendarday", "name")
    op.drop_column("hospital", "week")
