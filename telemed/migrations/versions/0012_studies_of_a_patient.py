"""The studies of a patient are found by the patient, not among all studies of the hospital."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEX = "ix_studylink_patient_id"


def upgrade() -> None:
    op.drop_index(INDEX, "studylink")
    op.create_index(INDEX, "studylink", ["patient_id", "hospital_id", "state"])


def downgrade() -> None:
    op.drop_index(INDEX, "studylink")
    op.create_index(INDEX, "studylink", ["patient_id"])
