"""Of work that is due at several moments each moment has a deadline of its own, also while advice is carried out.

Until now the first of them stood for all, and all of whom anything was asked were told. What is late already climbs on
beside it, because it was told with it; what is not late begins, and whoever was told of it too early is told no more.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
# By ladder: the kinds of work that its deadlines wait for. As of this migration.
OF_WORK = {
    "execution": ("execute", "close"),
    "feedback": ("acknowledge",),
    "papers": ("consent",),
    "consent_approval": ("approve_consent",),
    "renewal": ("renew",),
    "images": ("upload",),
    "accompanying": ("name_accompanying",),
    "naming": ("name_lead",),
    "stat_completion": ("complete",),
    "reassessment": ("reassess",),
    "recall": ("recall",),
}
DEADLINE = sa.table(
    "deadline",
    *(sa.column(each, sa.Uuid()) for each in ("id", "activity_id", "case_id", "agreement_id", "department_id")),
    *(sa.column(each, sa.String()) for each in ("activity", "kind", "ladder", "hospital_id", "hub_id", "partner_id")),
    *(sa.column(each, sa.String()) for each in ("urgency", "specialty")),
    sa.column("owners", sa.JSON()),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at", "nudged_at", "done_at")),
    sa.column("rung", sa.Integer()),
)
ITEM = sa.table(
    "workitem",
    *(sa.column(each, sa.Uuid()) for each in ("activity_id", "staff_id")),
    sa.column("kind", sa.String()),
    *(sa.column(each, AT) for each in ("due_at", "done_at")),
)
NOTICE = sa.table(
    "notice",
    *(sa.column(each, sa.Uuid()) for each in ("deadline_id", "staff_id")),
    *(sa.column(each, sa.String()) for each in ("kind", "ladder")),
    sa.column("ended_at", AT),
)
CONSULTATION = sa.table("consultation", sa.column("id", sa.Uuid()), sa.column("state", sa.String()))
Row = sa.RowMapping


def upgrade() -> None:
    now = datetime.now(UTC)
    _call_execution("state", "work")
    for (activity_id, ladder), found in _running().items():
        _split(found, _asked(activity_id, ladder), now)


def _call_execution(before: str, after: str, *of: sa.ColumnElement[bool]) -> None:
    """Carrying out advice was the state's deadline, and is that of its work."""
    d, n = DEADLINE.c, NOTICE.c
    theirs = d.ladder == "execution", d.kind == before, d.done_at.is_(None), *of
    told = n.deadline_id.in_(sa.select(d.id).where(*theirs))
    op.execute(sa.update(NOTICE).where(told).values(kind=after))
    op.execute(sa.update(DEADLINE).where(*theirs).values(kind=after))


def _running() -> dict[tuple[UUID, str], list[Row]]:
    d = DEADLINE.c
    query = sa.select(DEADLINE).where(
        d.kind == "work", d.activity_id.is_not(None), d.ladder.in_(OF_WORK), d.done_at.is_(None)
    )
    found = defaultdict[tuple[UUID, str], list[Row]](list)
    for each in op.get_bind().execute(query.order_by(d.due_at, d.id)).mappings():
        found[each["activity_id"], each["ladder"]].append(each)
    return found


def _asked(activity_id: UUID, ladder: str) -> dict[datetime, set[UUID]]:
    """By moment, the first one first, of whom in person something is asked that is due then."""
    i = ITEM.c
    query = sa.select(ITEM).where(
        i.activity_id == activity_id, i.kind.in_(OF_WORK[ladder]), i.done_at.is_(None), i.due_at.is_not(None)
    )
    found = defaultdict[datetime, set[UUID]](set)
    for each in op.get_bind().execute(query.order_by(i.due_at)).mappings():
        found[each["due_at"]] |= {each["staff_id"]} - {None}
    return found


def _split(running: Sequence[Row], asked: dict[datetime, set[UUID]], now: datetime) -> None:
    """One for each moment; one whose moment is nobody's takes that of another, or ends."""
    free = [due for due in asked if due not in [each["due_at"] for each in running]]
    for each in running:
        if each["due_at"] not in asked:
            _change(each["id"], due_at=free.pop(0)) if free else _end(each["id"], now)
    shared = running[0]
    for due in free:
        climbs = due <= now and shared["rung"] > 0
        begun = {"rung": shared["rung"], "at": shared["at"]} if climbs else {"rung": 0, "at": due}
        op.bulk_insert(DEADLINE, [{**shared, **begun, "id": uuid4(), "due_at": due, "nudged_at": None}])
    early = {who for due, whom in asked.items() if due > now for who in whom}
    late = {who for due, whom in asked.items() if due <= now for who in whom}
    n = NOTICE.c
    told = n.deadline_id == shared["id"], n.staff_id.in_(early - late), n.ended_at.is_(None)
    if late:  # else what was told is no more than a reminder
        op.execute(sa.update(NOTICE).where(*told).values(ended_at=now))


def _change(id: UUID, **values: Any) -> None:
    op.execute(sa.update(DEADLINE).where(DEADLINE.c.id == id).values(values))


def _end(id: UUID, now: datetime) -> None:
    _change(id, done_at=now)
    n = NOTICE.c
    op.execute(sa.update(NOTICE).where(n.deadline_id == id, n.ended_at.is_(None)).values(ended_at=now))


def downgrade() -> None:
    now = datetime.now(UTC)
    for found in _running().values():
        for each in found[1:]:
            _end(each["id"], now)
    executing = sa.select(CONSULTATION.c.id).where(CONSULTATION.c.state == "executing")
    _call_execution("work", "state", DEADLINE.c.activity_id.in_(executing))
