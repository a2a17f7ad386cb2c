"""Of what is open the one clock, from submitting to signing, has a deadline too.

Where every consent is withdrawn no hub may know of it, and who requested it is asked for another, as since then.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

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
    *(sa.column(each, sa.Uuid()) for each in ("id", "case_id", "patient_id", "requester_id")),
    *(sa.column(each, sa.String()) for each in ("branch_id", "hub_id", "state", "urgency")),
    sa.column("elective", sa.Boolean()),
    *(sa.column(each, AT) for each in ("approved_at", "submitted_at", "sign_due_at", "starts_at")),
)
CONSENT = sa.table("consent", sa.column("activity_id", sa.Uuid()), sa.column("withdrawn_at", AT))
RENEW = {"routine": timedelta(minutes=240)}
AT_ONCE = timedelta(minutes=10)
ITEM = sa.table(
    "workitem",
    *(sa.column(each, sa.Uuid()) for each in ("id", "staff_id", "about_id", "activity_id", "case_id", "patient_id")),
    *(sa.column(each, sa.String()) for each in ("kind", "hospital_id", "activity", "urgency")),
    sa.column("note", sa.JSON()),
    *(sa.column(each, AT) for each in ("created_at", "due_at")),
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
    open_ = op.get_bind().execute(sa.select(CONSULTATION).where(CONSULTATION.c.state.in_(BEFORE_SIGNED))).all()
    gone, now = _without_consent(), datetime.now(UTC)
    found, renew = [], []
    for row in open_:
        hub = row.hub_id if row.approved_at and row.id not in gone else None
        if row.sign_due_at is not None and (not row.elective or row.starts_at is not None):
            began = row.submitted_at or row.sign_due_at
            found.append(_deadline(row, "signing", "signing", began, row.sign_due_at) | {"partner_id": hub})
        if row.id in gone:
            due = now + RENEW.get(row.urgency, AT_ONCE)
            renew.append(_item(row, now, due))
            found.append(_deadline(row, "work", "renewal", now, due))
    if found:
        op.bulk_insert(DEADLINE, found)
    if renew:
        op.bulk_insert(ITEM, renew)


def _without_consent() -> set[UUID]:
    c = CONSENT.c
    theirs = sa.select(c.activity_id).group_by(c.activity_id)
    return set(op.get_bind().execute(theirs.having(sa.func.count() == sa.func.count(c.withdrawn_at))).scalars())


def _deadline(row: Any, kind: str, ladder: str, began: datetime, due: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "activity": "consultation",
        "activity_id": row.id,
        "case_id": row.case_id,
        "kind": kind,
        "ladder": ladder,
        "hospital_id": row.branch_id,
        "hub_id": row.hub_id,
        "partner_id": None,
        "urgency": row.urgency,
        "specialty": "",
        "owners": [],
        "began_at": began,
        "due_at": due,
        "at": due,
        "rung": 0,
    }


def _item(row: Any, now: datetime, due: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "kind": "renew",
        "hospital_id": row.branch_id,
        "staff_id": row.requester_id,
        "about_id": row.id,
        "activity": "consultation",
        "activity_id": row.id,
        "case_id": row.case_id,
        "patient_id": row.patient_id,
        "urgency": row.urgency,
        "note": {},
        "created_at": now,
        "due_at": due,
    }


def downgrade() -> None:
    for table in ("notice", "deadline"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind = 'signing' OR ladder = 'renewal'"))
    op.execute(sa.text("DELETE FROM rung WHERE ladder IN ('signing', 'renewal')"))
    op.execute(sa.text("DELETE FROM workitem WHERE kind = 'renew'"))
