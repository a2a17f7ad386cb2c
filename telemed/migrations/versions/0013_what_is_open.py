"""What is open is found without reading what is done: work items, and consultations by state and time."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL")
OF_PERSON = ["staff_id", "due_at"]
OF_ROLE = ["hospital_id", "role", "staff_id", "department_id", "due_at", "id"]


def upgrade() -> None:
    for name, columns in (("person", OF_PERSON), ("role", OF_ROLE)):
        op.create_index(f"ix_workitem_open_{name}", "workitem", columns, sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index("ix_consultation_state", "consultation")
    op.create_index("ix_consultation_state", "consultation", ["state", "starts_at"])


def downgrade() -> None:
    op.drop_index("ix_consultation_state", "consultation")
    op.create_index("ix_consultation_state", "consultation", ["state"])
    for name in ("person", "role"):
        op.drop_index(f"ix_workitem_open_{name}", "workitem")
