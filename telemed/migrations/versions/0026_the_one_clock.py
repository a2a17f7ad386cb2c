"""Of what is open the one clock, from submitting to signing, has a deadline too."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
BEFORE_SIGNED = (
    "submitted",
    "returned",
    "approved",
    "accepted",
    "scheduling",
    "scheduled",
    "ready",
    "in_progress",
    "interrupted",
    "answering",
)
CONSULTATION = sa.table(
    "consultation",
    *(sa.column(each, sa.Uuid()) for each in ("id", "case_id")),
    *(sa.column(each, sa.String()) for each in ("branch_id", "hub_id", "state", "urgency")),
    sa.column("elective", sa.Boolean()),
    *(sa.column(each, AT) for each in ("approved_at", "submitted_at", "sign_due_at", "starts_at")),
)
DEADLINE = sa.table(
    "deadline",
    *(sa.column(each, sa.Uuid()) for each in ("id", "activity_id", "case_id")),
    *(sa.column(each, sa.String()) for each in ("activity", "kind", "ladder", "hospital_id", "hub_id", "partner_id")),
    *(sa.column(each, sa.String()) for each in ("urgency", "specialty")),
    sa.column("owners", sa.JSON()),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at")),
    sa.column("rung", sa.Integer()),
)


def upgrade() -> None:
    c = CONSULTATION.c
    query = sa.select(CONSULTATION).where(
        c.state.in_(BEFORE_SIGNED),
        c.sign_due_at.is_not(None),
        sa.or_(c.elective.is_(False), c.starts_at.is_not(None)),
    )
    found = [
        {
            "id": uuid4(),
            "activity": "consultation",
            "activity_id": row.id,
            "case_id": row.case_id,
            "kind": "signing",
            "ladder": "signing",
            "hospital_id": row.branch_id,
            "hub_id": row.hub_id,
            "partner_id": row.hub_id if row.approved_at else None,
            "urgency": row.urgency,
            "specialty": "",
            "owners": [],
            "began_at": row.submitted_at or row.sign_due_at,
            "due_at": row.sign_due_at,
            "at": row.sign_due_at,
            "rung": 0,
        }
        for row in op.get_bind().execute(query).all()
    ]
    if found:
        op.bulk_insert(DEADLINE, found)


def downgrade() -> None:
    for table in ("notice", "deadline"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind = 'signing'"))
    op.execute(sa.text("DELETE FROM rung WHERE ladder = 'signing'"))
