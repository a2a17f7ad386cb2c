"""Opinions that must be reassessed, and that nobody could: opened to the hub again, or the branch takes note.

A case that is closed or archived had no grant left a week after its closing. Where every consent is withdrawn, or it
was called off, nobody at the hub may see it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from alembic import op

from telemed.kit.table import UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

AT = UtcDateTime(timezone=True)
ONLY_READ = ("closed", "archived")
CALLED_OFF = ("declined", "discarded", "cancelled", "no_show", "expired")
PAPER_FOLLOWS = ("telephone", "emergency")
FAR_END = timedelta(days=365)
AMENDED_IN = {"routine": timedelta(minutes=120)}
SOON = timedelta(minutes=30)
NOTED_IN = {"routine": timedelta(minutes=60)}
AT_ONCE = timedelta(minutes=10)
CONSULTATION = sa.table(
    "consultation",
    *(sa.column(each, sa.Uuid()) for each in ("id", "case_id", "patient_id", "requester_id", "lead_id")),
    *(sa.column(each, sa.String()) for each in ("branch_id", "hub_id", "state", "urgency")),
)
CONSENT = sa.table(
    "consent",
    *(sa.column(each, sa.Uuid()) for each in ("activity_id", "file_id")),
    sa.column("kind", sa.String()),
    *(sa.column(each, AT) for each in ("withdrawn_at", "outdated_at", "approved_at")),
)
ITEM = sa.table(
    "workitem",
    *(sa.column(each, sa.Uuid()) for each in ("id", "staff_id", "about_id", "activity_id", "case_id", "patient_id")),
    *(sa.column(each, sa.String()) for each in ("kind", "hospital_id", "activity", "urgency", "outcome")),
    sa.column("note", sa.JSON()),
    *(sa.column(each, AT) for each in ("created_at", "due_at", "done_at")),
)
DEADLINE = sa.table(
    "deadline",
    *(sa.column(each, sa.Uuid()) for each in ("id", "activity_id", "case_id")),
    *(sa.column(each, sa.String()) for each in ("activity", "kind", "ladder", "hospital_id", "hub_id", "partner_id")),
    *(sa.column(each, sa.String()) for each in ("urgency", "specialty")),
    sa.column("owners", sa.JSON()),
    *(sa.column(each, AT) for each in ("began_at", "due_at", "at", "done_at")),
    sa.column("rung", sa.Integer()),
)
NOTICE = sa.table("notice", sa.column("deadline_id", sa.Uuid()), sa.column("ended_at", AT))
GRANT = sa.table(
    "casegrant",
    *(sa.column(each, sa.Uuid()) for each in ("id", "case_id", "patient_id", "activity_id")),
    *(sa.column(each, sa.String()) for each in ("activity", "grantee", "hospital_id", "purpose")),
    sa.column("allows", sa.JSON()),
    *(sa.column(each, AT) for each in ("valid_from", "until", "ended_at")),
    sa.column("rev", sa.Integer()),
)


def upgrade() -> None:
    now = datetime.now(UTC)
    asked = {row.about_id: row.note for row in op.get_bind().execute(sa.select(ITEM).where(*_open("reassess")))}
    found = op.get_bind().execute(sa.select(CONSULTATION).where(CONSULTATION.c.id.in_(asked))).all()
    for row in found:
        if row.state in CALLED_OFF or _consent_gone(row.id):
            _ask_the_branch(row, asked[row.id], now)
        elif row.state in ONLY_READ:
            _open_to_the_hub(row, now)


def _open(kind: str) -> tuple[sa.ColumnElement[bool], ...]:
    return ITEM.c.kind == kind, ITEM.c.done_at.is_(None)


def _consent_gone(id: UUID) -> bool:
    consents = op.get_bind().execute(sa.select(CONSENT).where(CONSENT.c.activity_id == id)).all()
    standing = [each for each in consents if each.withdrawn_at is None and each.outdated_at is None]
    enough = (each.file_id or each.approved_at or each.kind in PAPER_FOLLOWS for each in standing)
    return len(standing) < len(consents) and not any(enough)


def _ask_the_branch(row: Any, note: dict[str, Any], now: datetime) -> None:
    op.execute(
        sa.update(ITEM).where(*_open("reassess"), ITEM.c.about_id == row.id).values(done_at=now, outcome="withdrawn")
    )
    op.execute(sa.update(NOTICE).where(NOTICE.c.deadline_id.in_(_running(row.id))).values(ended_at=now))
    op.execute(sa.update(DEADLINE).where(DEADLINE.c.id.in_(_running(row.id))).values(done_at=now))
    due = now + NOTED_IN.get(row.urgency, AT_ONCE)
    whose = {"activity": "consultation", "activity_id": row.id, "case_id": row.case_id, "urgency": row.urgency}
    item = whose | {"id": uuid4(), "kind": "recall", "hospital_id": row.branch_id, "staff_id": row.requester_id}
    item |= {"about_id": row.id, "patient_id": row.patient_id, "note": note, "created_at": now, "due_at": due}
    deadline = whose | {"id": uuid4(), "kind": "work", "ladder": "recall", "hospital_id": row.branch_id}
    deadline |= {"hub_id": row.hub_id, "specialty": "", "owners": [], "rung": 0}
    op.bulk_insert(ITEM, [item])
    op.bulk_insert(DEADLINE, [deadline | {"began_at": now, "due_at": due, "at": due}])


def _open_to_the_hub(row: Any, now: datetime) -> None:
    """It is theirs from now on: whom it waits for is told in its time, and then the centre."""
    due = now + AMENDED_IN.get(row.urgency, SOON)
    op.execute(sa.update(ITEM).where(*_open("reassess"), ITEM.c.about_id == row.id).values(due_at=due))
    anew = sa.update(DEADLINE).where(DEADLINE.c.id.in_(_running(row.id)))
    op.execute(anew.values(partner_id=row.hub_id, began_at=now, due_at=due, at=due, rung=0))
    read = ["annotate", "download", "read"]
    _grant(row, f"role:{row.hub_id}:coordinator", "accept", read, now)
    if row.lead_id is not None:
        _grant(row, str(row.lead_id), "lead the consultation", [*read, "write_opinion"], now)


def _running(id: UUID) -> sa.Select[tuple[UUID]]:
    d = DEADLINE.c
    return sa.select(d.id).where(d.activity_id == id, d.ladder == "reassessment", d.done_at.is_(None))


def _grant(row: Any, grantee: str, purpose: str, allows: list[str], now: datetime) -> None:
    g = GRANT.c
    rev = op.get_bind().execute(sa.select(sa.func.coalesce(sa.func.max(g.rev), 0))).scalar_one() + 1
    live = sa.update(GRANT).where(g.activity_id == row.id, g.grantee == grantee, g.ended_at.is_(None), g.until > now)
    if op.get_bind().execute(live.values(allows=allows, until=now + FAR_END, rev=rev)).rowcount:
        return
    grant = {"id": uuid4(), "case_id": row.case_id, "patient_id": row.patient_id, "activity": "consultation"}
    grant |= {"activity_id": row.id, "grantee": grantee, "hospital_id": row.branch_id, "purpose": purpose}
    op.bulk_insert(GRANT, [grant | {"allows": allows, "valid_from": now, "until": now + FAR_END, "rev": rev}])


def downgrade() -> None:
    for table in ("notice", "deadline", "rung"):
        op.execute(sa.text(f"DELETE FROM {table} WHERE ladder = 'recall'"))
    op.execute(sa.text("DELETE FROM workitem WHERE kind = 'recall'"))
