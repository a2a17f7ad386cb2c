"""The files of a report: DICOM SR and FHIR."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("sr_sha256", sa.String(), nullable=True))
    op.add_column("report", sa.Column("fhir_sha256", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("report", "fhir_sha256")
    op.drop_column("report", "sr_sha256")
