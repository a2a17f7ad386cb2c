"""What waits is found in the indexes alone, and stat consultations by an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL")
PERSON, ROLE = ["staff_id"], ["hospital_id", "role", "staff_id", "department_id"]
STAT = sa.text("urgency = 'stat'")


def upgrade() -> None:
    op.create_index("ix_consultation_stat", "consultation", ["state"], sqlite_where=STAT, postgresql_where=STAT)
    _indexes(["due_at", "id", "kind", "about_id"], ["due_at", "id", "kind", "about_id"])


def downgrade() -> None:
    op.drop_index("ix_consultation_stat", "consultation")
    _indexes(["due_at"], ["due_at", "id"])


def _indexes(of_person: list[str], of_role: list[str]) -> None:
    for name, columns in (("person", [*PERSON, *of_person]), ("role", [*ROLE, *of_role])):
        op.drop_index(f"ix_workitem_open_{name}", "workitem")
        op.create_index(f"ix_workitem_open_{name}", "workitem", columns, sqlite_where=OPEN, postgresql_where=OPEN)
