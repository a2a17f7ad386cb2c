"""The rooms of a patient are found by an index."""

from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_room_patient_id"), "room", ["patient_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_room_patient_id"), "room")
