"""Studies have the accession number (检查号) of their header; of earlier ones it comes with their next event."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("studyview", sa.Column("accession_number", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("studyview", "accession_number")
