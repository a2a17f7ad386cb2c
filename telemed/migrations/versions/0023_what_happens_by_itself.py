"""What the clock did in its sweeps hangs on deadlines; what is open has them from now on too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
# By ladder: in which states, from which moment, how much later. As of this migration.
BY_ITSELF = {
    "draft": (["draft"], "updated_at", timedelta(days=30)),
    "ending": (["in_progress"], "ends_at", timedelta(0)),
    "expiry": (["returned"], "state_since", timedelta(days=7)),
    "hold": (["scheduling"], "starts_at", timedelta(0)),
    "closing": (["submitted"], "state_since", timedelta(0)),  # its act puts it off until working hours end
    "missed": (["scheduled", "ready"], "ends_at", timedelta(hours=2)),
    "archiving": (["closed"], "state_since", timedelta(days=30)),
}
# By ladder: the kinds of work that it waits for.
OF_WORK = {
    "naming": ["name_lead"],
    "papers": ["consent"],
    "images": ["upload"],
    "reassessment": ["reassess"],
    "completion": ["complete"],
}
SIGNED = ("signed", "acknowledged", "executing", "closed", "archived")
UNTIL_SIGNED = ("upload", "complete")
CONSULTATION = sa.table(
    "consultation",
    *(sa.column(each, sa.Uuid()) for each in ("id", "case_id")),
    *(sa.column(each, sa.String()) for each in ("branch_id", "hub_id", "state", "urgency")),
    *(
        sa.column(each, AT)
        for each in ("approved_at", "state_since", "state_due_at", "starts_at", "ends_at", "updated_at")
    ),
)
WORK = sa.table(
    "workitem",
    sa.column("activity_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("outcome", sa.String()),
    *(sa.column(each, AT) for each in ("created_at", "due_at", "done_at")),
)
DEADLINE = sa.table(
    "deadline",
    *(sa.column(each, sa.Uuid()) for each in ("id", "activity_id", "case_id")),
    *(sa.column(each, sa.String()) for each in ("activity", "kind", "ladder", "hospital_id", "hub_id", "partner_id")),
    *(sa.column(each, sa.String()) for each in ("urgency", "specialty")),
    sa.column("owners", sa.JSON()),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at")),
    sa.column("rung", sa.Integer()),
    sa.column("done_at", AT),
)


def upgrade() -> None:
    _withdraw_what_comes_too_late()
    _act_on_what_has_climbed()
    if found := [*_by_itself(), *_of_work()]:
        op.bulk_insert(DEADLINE, found)


def _withdraw_what_comes_too_late() -> None:
    """What was asked for until the opinion was signed kept a closed consultation out of the archive."""
    c, w = CONSULTATION.c, WORK.c
    signed = sa.select(c.id).where(c.state.in_(SIGNED))
    late = sa.update(WORK).where(w.kind.in_(UNTIL_SIGNED), w.done_at.is_(None), w.activity_id.in_(signed))
    op.execute(late.values(done_at=datetime.now(UTC), outcome="withdrawn"))


def _act_on_what_has_climbed() -> None:
    """An interruption, or an emergency that does not begin, acts at its due rung: what is past it climbs once more."""
    d = DEADLINE.c
    acts = sa.or_(d.ladder == "resumption", sa.and_(d.ladder == "arrangement", d.urgency == "stat"))
    climbed = sa.update(DEADLINE).where(acts, d.done_at.is_(None), d.rung > 0)
    op.execute(climbed.values(rung=0, at=d.due_at))


def _by_itself() -> Iterator[dict[str, Any]]:
    c = CONSULTATION.c
    for ladder, (states, column, later) in BY_ITSELF.items():
        query = sa.select(CONSULTATION, c[column].label("since")).where(c.state.in_(states), c[column].is_not(None))
        if ladder == "closing":
            query = query.where(c.urgency != "stat")
        for row in op.get_bind().execute(query).all():
            kind = "state" if ladder == "ending" else ladder
            yield _deadline(row, kind, ladder, row.state_since, row.since + later)


def _of_work() -> Iterator[dict[str, Any]]:
    c, w = CONSULTATION.c, WORK.c
    for ladder, kinds in OF_WORK.items():
        query = (
            sa.select(CONSULTATION, sa.func.min(w.created_at, type_=AT), sa.func.min(w.due_at, type_=AT))
            .join_from(CONSULTATION, WORK, w.activity_id == c.id)
            .where(w.kind.in_(kinds), w.done_at.is_(None), w.due_at.is_not(None))
            .group_by(*CONSULTATION.c)
        )
        if ladder == "completion":  # of others it is the state that is due
            query = query.where(c.urgency == "stat")
        for row in op.get_bind().execute(query).all():
            yield _deadline(row, "work", ladder, row[-2], row[-1])


def _deadline(row: Any, kind: str, ladder: str, began: Any, due: Any) -> dict[str, Any]:
    """Its next rung is the due one: what would have reminded of it before is left out."""
    return {
        "id": uuid4(),
        "activity": "consultation",
        "activity_id": row.id,
        "case_id": row.case_id,
        "kind": kind,
        "ladder": ladder,
        "hospital_id": row.branch_id,
        "hub_id": row.hub_id,
        "partner_id": row.hub_id if row.approved_at else None,
        "urgency": row.urgency,
        "specialty": "",
        "owners": [],
        "began_at": began,
        "due_at": due,
        "at": due,
        "rung": 1 if ladder in ("draft", "expiry") else 0,
    }


def downgrade() -> None:
    for table in ("notice", "deadline"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE kind NOT IN ('state', 'red', 'ring')"))
