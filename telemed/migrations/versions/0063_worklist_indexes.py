"""Indexes by which the worklist's first rows and its counts are read without the other rows."""

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

LIST = ["state", "rank", "due_at", "id"]
COUNTS = ["hub_id", "state", "modality", "branch_id", "case_id", "patient_id", "reader_id", "active_at", "issued_at"]
WHO = ["case_id", "grantee", "activity", "ended_at", "valid_from", "until"]


def upgrade() -> None:
    for name, side in (("ix_reading_list", "hub_id"), ("ix_reading_branch", "branch_id")):
        op.drop_index(name, table_name="reading")
        op.create_index(name, "reading", [side, *LIST])
    op.create_index("ix_reading_counts", "reading", COUNTS)
    op.drop_index("ix_casegrant_case_id", table_name="casegrant")
    op.create_index("ix_casegrant_who", "casegrant", WHO)


def downgrade() -> None:
    op.drop_index("ix_casegrant_who", table_name="casegrant")
    op.create_index("ix_casegrant_case_id", "casegrant", ["case_id"])
    op.drop_index("ix_reading_counts", table_name="reading")
    for name, side in (("ix_reading_list", "hub_id"), ("ix_reading_branch", "branch_id")):
        op.drop_index(name, table_name="reading")
        op.create_index(name, "reading", [side, "state", "rank", "due_at"])
