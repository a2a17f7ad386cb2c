"""Reports are printed once, and the print is stored."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("print_sha256", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("report", "print_sha256")
