"""The approval of an emergency without consent is asked for by itself, and due in its own time.

The ladders of what branches owe tell those who can do it, and tell them again, where they still are the product's own:
a newer set of rungs, as what has begun keeps its ladder; what has climbed to the end of the old one goes on in the new.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
ALWAYS = datetime(2020, 1, 1, tzinfo=UTC)
HOUR, DAY = 60, 24 * 60
WITHIN = {"urgent": timedelta(minutes=10)}
AT_MOST = timedelta(hours=2)
REMINDED = timedelta(minutes=10)
CHANNELS = ["mail", "robot"]
# By ladder its rungs, each: minutes since the rung below; the role told, or "" for whom it waits; again from here.
LADDERS: dict[str, list[tuple[int, str, bool]]] = {
    "papers": [
        (0, "", False),
        (HOUR, "senior_doctor", False),
        (HOUR, "duty_officer", False),
        (2 * HOUR, "reviewer", False),
        (DAY, "reviewer", True),
    ],
    "renewal": [
        (0, "", False),
        (10, "senior_doctor", False),
        (10, "duty_officer", False),
        (HOUR, "reviewer", False),
        (4 * HOUR, "duty_officer", True),
    ],
    "images": [
        (0, "", False),
        (10, "radiologist", False),
        (20, "duty_officer", False),
        (4 * HOUR, "", True),
    ],
}
ITEM = sa.table(
    "workitem",
    *(sa.column(each, sa.Uuid()) for each in ("id", "activity_id")),
    *(sa.column(each, sa.String()) for each in ("kind", "urgency")),
    sa.column("note", sa.JSON()),
    *(sa.column(each, AT) for each in ("created_at", "due_at", "done_at")),
)
DEADLINE = sa.table(
    "deadline",
    *(sa.column(each, sa.Uuid()) for each in ("id", "activity_id", "case_id", "agreement_id")),
    *(sa.column(each, sa.String()) for each in ("activity", "kind", "ladder", "hospital_id", "hub_id", "partner_id")),
    *(sa.column(each, sa.String()) for each in ("urgency", "specialty")),
    sa.column("owners", sa.JSON()),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at", "done_at")),
    sa.column("rung", sa.Integer()),
)
NOTICE = sa.table(
    "notice", sa.column("deadline_id", sa.Uuid()), sa.column("ladder", sa.String()), sa.column("ended_at", AT)
)
RUNG = sa.table(
    "rung",
    *(sa.column(each, sa.Uuid()) for each in ("id", "agreement_id")),
    *(sa.column(each, sa.String()) for each in ("ladder", "hospital_id", "urgency", "when", "to", "role", "counted")),
    *(sa.column(each, sa.Integer()) for each in ("n", "minutes", "place")),
    *(sa.column(each, sa.Boolean()) for each in ("at_hub", "again")),
    sa.column("channels", sa.JSON()),
    *(sa.column(each, AT) for each in ("valid_from", "valid_until", "saved_at")),
)


def upgrade() -> None:
    now = datetime.now(UTC)
    for activity_id, due in _asked_by_itself(now).items():
        _due_by_itself(activity_id, due, now)
    for ladder, rungs in LADDERS.items():
        if _is_ours(ladder):
            op.bulk_insert(RUNG, [_rung(ladder, n, now, *each) for n, each in enumerate(rungs)])
            _go_on(ladder, len(rungs) - 1, now + timedelta(minutes=rungs[-1][0]), now)


def _asked_by_itself(now: datetime) -> dict[UUID, datetime]:
    """By activity when the first approval that is still open is due: counted from when it was asked for, or now."""
    w, dues = ITEM.c, dict[UUID, datetime]()
    for each in op.get_bind().execute(sa.select(ITEM).where(w.kind == "consent")).all():
        note = dict(each.note)
        kind = {"approve": "approve_consent"}.get(note.pop("wanted", ""), "consent")
        values: dict[str, Any] = {"kind": kind, "note": note}
        if kind == "approve_consent" and each.done_at is None:
            due = max(now, each.created_at + WITHIN.get(each.urgency, AT_MOST))
            values["due_at"], dues[each.activity_id] = due, min(due, dues.get(each.activity_id, due))
        op.execute(sa.update(ITEM).where(w.id == each.id).values(values))
    return dues


def _due_by_itself(activity_id: UUID, due: datetime, now: datetime) -> None:
    """It leaves the deadline that it shared with the papers, which ends if no paper is due."""
    d, w = DEADLINE.c, ITEM.c
    shared = sa.select(DEADLINE).where(d.activity_id == activity_id, d.ladder == "papers", d.done_at.is_(None))
    open_ones = sa.select(w.id).where(w.activity_id == activity_id, w.kind == "consent", w.done_at.is_(None))
    papers = op.get_bind().execute(open_ones).first()
    for each in op.get_bind().execute(shared).all():
        reminded = due - REMINDED >= now
        theirs = {"id": uuid4(), "ladder": "consent_approval", "began_at": now, "due_at": due}
        place = {"rung": 0 if reminded else 1, "at": due - REMINDED if reminded else due}
        op.bulk_insert(DEADLINE, [dict(each._mapping) | theirs | place])
        if papers is None:
            op.execute(sa.update(DEADLINE).where(d.id == each.id).values(done_at=now))
            told = sa.update(NOTICE).where(NOTICE.c.deadline_id == each.id, NOTICE.c.ended_at.is_(None))
            op.execute(told.values(ended_at=now))


def _is_ours(ladder: str) -> bool:
    """Whether it has rungs that hold for all, and no administrator has saved any. At the first start it has none."""
    r = RUNG.c
    of_all = sa.select(r.saved_at, r.valid_until).where(
        r.ladder == ladder, r.hospital_id == "", r.agreement_id.is_(None), r.urgency == ""
    )
    found = op.get_bind().execute(of_all).all()
    return bool(found) and all(each.saved_at is None or each.valid_until is not None for each in found)


def _rung(ladder: str, n: int, now: datetime, minutes: int, role: str, again: bool) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "ladder": ladder,
        "hospital_id": "",
        "urgency": "",
        "valid_from": now,
        "n": n,
        "when": "after" if n else "due",
        "minutes": minutes,
        "to": "role" if role else "asked",
        "role": role,
        "at_hub": False,
        "place": 0,
        "counted": "elapsed",
        "again": again,
        "channels": CHANNELS,
    }


def _go_on(ladder: str, rung: int, at: datetime, now: datetime) -> None:
    """Of what nobody was told any more, those whom the last rung names are told again from then on."""
    d = DEADLINE.c
    silent = sa.update(DEADLINE).where(d.ladder == ladder, d.done_at.is_(None), d.at.is_(None))
    op.execute(silent.values(began_at=now, rung=rung, at=at))


def downgrade() -> None:
    newer = RUNG.c.saved_at.is_(None), RUNG.c.valid_from > ALWAYS
    op.execute(sa.delete(RUNG).where(RUNG.c.ladder.in_(LADDERS), *newer))
    op.execute(sa.delete(RUNG).where(RUNG.c.ladder == "consent_approval"))
    d = DEADLINE.c
    shared = sa.select(d.activity_id).where(d.ladder == "papers", d.done_at.is_(None))
    apart = sa.update(DEADLINE).where(d.ladder == "consent_approval", d.activity_id.in_(shared), d.done_at.is_(None))
    op.execute(apart.values(done_at=datetime.now(UTC)))
    for table in (DEADLINE, NOTICE):
        op.execute(sa.update(table).where(table.c.ladder == "consent_approval").values(ladder="papers"))
    w = ITEM.c
    kinds = {"approve_consent": "approve", "consent": "paper"}
    for each in op.get_bind().execute(sa.select(ITEM).where(w.kind.in_(kinds))).all():
        values = {"kind": "consent", "note": each.note | {"wanted": kinds[each.kind]}}
        op.execute(sa.update(ITEM).where(w.id == each.id).values(values))
