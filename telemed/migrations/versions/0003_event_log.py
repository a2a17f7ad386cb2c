"""The one event log takes the place of the log of cases: the rows move, named in the past tense, with their data."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AT_ONCE = 500
TYPES = {
    "consultation.submit": "consultation.submitted",
    "consultation.discard": "consultation.discarded",
    "consultation.endorse": "consultation.endorsed",
    "consultation.approve": "consultation.approved",
    "consultation.return": "consultation.returned",
    "consultation.accept": "consultation.accepted",
    "consultation.decline": "consultation.declined",
    "consultation.name_lead": "consultation.lead_named",
    "consultation.give_back": "consultation.given_back",
    "consultation.book": "consultation.booked",
    "consultation.confirm": "consultation.confirmed",
    "consultation.unconfirm": "consultation.unconfirmed",
    "consultation.make_ready": "consultation.made_ready",
    "consultation.make_unready": "consultation.made_unready",
    "consultation.take": "consultation.taken",
    "consultation.start": "consultation.started",
    "consultation.interrupt": "consultation.interrupted",
    "consultation.resume": "consultation.resumed",
    "consultation.rebook": "consultation.rebooked",
    "consultation.end": "consultation.ended",
    "consultation.to_written": "consultation.made_written",
    "consultation.sign": "consultation.signed",
    "consultation.acknowledge": "consultation.acknowledged",
    "consultation.execute": "consultation.execution_begun",
    "consultation.close": "consultation.closed",
    "consultation.reopen": "consultation.reopened",
    "consultation.archive": "consultation.archived",
    "consultation.cancel": "consultation.cancelled",
    "consultation.miss": "consultation.missed",
    "consultation.expire": "consultation.expired",
}
KINDS = {new: old for old, new in TYPES.items()}
# Fields that have another name now, by the first word of the type.
FIELDS = {
    "packet": {"item": "id", "what": "kind"},
    "consent": {"consent": "id", "consent_kind": "kind", "file": "file_id"},
    "participant": {"staff": "staff_id"},
    "consultation": {"opinion": "opinion_id", "before": "before_id"},
}
CONSULTATION = ("urgency", "mode", "hub_id")  # said by each of its events from now on

caseevent = sa.table(
    "caseevent",
    sa.column("id", sa.Uuid()),
    sa.column("case_id", sa.Uuid()),
    sa.column("consultation_id", sa.Uuid()),
    sa.column("kind", sa.String()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
    sa.column("by", sa.Uuid()),
    sa.column("by_name", sa.String()),
    sa.column("role", sa.String()),
    sa.column("hospital_id", sa.String()),
    sa.column("data", sa.JSON()),
)
event = sa.table(
    "event",
    sa.column("id", sa.Uuid()),
    sa.column("type", sa.String()),
    sa.column("occurred_at", sa.DateTime(timezone=True)),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.Uuid()),
    sa.column("actor_name", sa.String()),
    sa.column("actor_role", sa.String()),
    sa.column("actor_hospital", sa.String()),
    sa.column("hospital_id", sa.String()),
    sa.column("partner_id", sa.String()),
    sa.column("case_id", sa.Uuid()),
    sa.column("patient_id", sa.Uuid()),
    sa.column("activity", sa.String()),
    sa.column("activity_id", sa.Uuid()),
    sa.column("data", sa.JSON()),
)
case = sa.table(
    "case", sa.column("id", sa.Uuid()), sa.column("hospital_id", sa.String()), sa.column("patient_id", sa.Uuid())
)
consultation = sa.table(
    "consultation",
    sa.column("id", sa.Uuid()),
    sa.column("urgency", sa.String()),
    sa.column("mode", sa.String()),
    sa.column("hub_id", sa.String()),
    sa.column("approved_at", sa.DateTime(timezone=True)),
)
outbox = sa.table(
    "outbox",
    sa.column("id", sa.Uuid()),
    sa.column("type", sa.String()),
    sa.column("data", sa.JSON()),
    sa.column("delivered_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("actor_hospital", sa.String(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("partner_id", sa.String(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("patient_id", sa.Uuid(), nullable=True),
        sa.Column("activity", sa.String(32), nullable=True),
        sa.Column("activity_id", sa.Uuid(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_type"), ["type"], unique=False)
        batch_op.create_index("ix_event_hospital_id", ["hospital_id", "id"], unique=False)
        batch_op.create_index("ix_event_partner_id", ["partner_id", "id"], unique=False)
    for rows in _batches(caseevent):
        op.bulk_insert(event, [_new(each) for each in _with_case(rows)])
    _turn_undelivered()
    _drop("caseevent")


def downgrade() -> None:
    op.create_table(
        "caseevent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("consultation_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("hospital_id", sa.String(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_caseevent_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseevent")),
    )
    with op.batch_alter_table("caseevent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_caseevent_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_caseevent_consultation_id"), ["consultation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_caseevent_kind"), ["kind"], unique=False)
    for rows in _batches(event):  # what has no case had no row before
        op.bulk_insert(caseevent, [_old(each) for each in rows if each["case_id"] is not None])
    op.execute(outbox.delete().where(outbox.c.delivered_at.is_(None)))  # nobody there reads them
    _drop("event")


def _batches(table: sa.TableClause) -> Iterator[list[dict[str, Any]]]:
    last = None
    while True:
        query = sa.select(table).order_by(table.c.id).limit(AT_ONCE)
        if last is not None:
            query = query.where(table.c.id > last)
        rows = [dict(each) for each in op.get_bind().execute(query).mappings()]
        if not rows:
            return
        yield rows
        last = rows[-1]["id"]


def _with_case(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Beside each row its case (`case.`) and its consultation (`consultation.`)."""
    bind = op.get_bind()
    cases = sa.select(case).where(case.c.id.in_({each["case_id"] for each in rows}))
    asked = {each["consultation_id"] for each in rows if each["consultation_id"]}
    consultations = sa.select(consultation).where(consultation.c.id.in_(asked))
    known = {each["id"]: dict(each) for each in bind.execute(cases).mappings()}
    about = {each["id"]: dict(each) for each in bind.execute(consultations).mappings()}
    return [
        each | {"case.": known[each["case_id"]], "consultation.": about.get(each["consultation_id"])} for each in rows
    ]


def _new(row: dict[str, Any]) -> dict[str, Any]:
    kind, about = TYPES.get(row["kind"], row["kind"]), row["consultation."]
    data = _renamed(kind, row["data"])
    named, booked = data.pop("named", None) or {}, data.pop("booked", None) or {}
    data |= {f"{name}_id": id for name, id in named.items()} | booked
    if (proposed := data.pop("proposed", None)) is not None:
        data["proposed_start"], data["proposed_end"] = proposed
    if kind.startswith("advice.") and "numbers" in data:
        (data["n"],) = data.pop("numbers")
    partner = about["hub_id"] if about and about["approved_at"] and about["approved_at"] <= row["at"] else None
    if kind.startswith("consultation.") and about:
        data |= {name: about[name] for name in CONSULTATION}
    return {
        "id": row["id"],
        "type": kind,
        "occurred_at": row["at"],
        "recorded_at": row["recorded_at"],
        "actor_id": row["by"],
        "actor_name": row["by_name"],
        "actor_role": row["role"],
        "actor_hospital": row["hospital_id"],
        "hospital_id": row["case."]["hospital_id"],
        "partner_id": partner if not kind.startswith(("packet.", "consent.")) else None,
        "case_id": row["case_id"],
        "patient_id": row["case."]["patient_id"],
        "activity": "consultation" if row["consultation_id"] else None,
        "activity_id": row["consultation_id"],
        "data": data,
    }


def _old(row: dict[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in row["data"].items() if name not in CONSULTATION}
    named = {name: data.pop(f"{name}_id") for name in ("lead", "department") if f"{name}_id" in data}
    if named:
        data["named"] = named
    if row["type"] in ("consultation.booked", "consultation.rebooked"):
        data["booked"] = {name: data.pop(name) for name in ("starts_at", "ends_at", "venue") if name in data}
    if row["type"].startswith("invitation."):
        data["proposed"] = [data.pop("proposed_start", None), data.pop("proposed_end", None)]
    if row["type"].startswith("advice.") and "n" in data:
        data["numbers"] = [data.pop("n")]
    return {
        "id": row["id"],
        "case_id": row["case_id"],
        "consultation_id": row["activity_id"] if row["activity"] == "consultation" else None,
        "kind": KINDS.get(row["type"], row["type"]),
        "at": row["occurred_at"],
        "recorded_at": row["recorded_at"],
        "by": row["actor_id"],
        "by_name": row["actor_name"],
        "role": row["actor_role"],
        "hospital_id": row["actor_hospital"],
        "data": _renamed(row["type"], data, back=True),
    }


def _renamed(kind: str, data: dict[str, Any], *, back: bool = False) -> dict[str, Any]:
    names = FIELDS.get(kind.partition(".")[0], {})
    if back:
        names = {new: old for old, new in names.items()}
    return {names.get(name, name): value for name, value in data.items()}


def _turn_undelivered() -> None:
    """What was told a moment before the stop: orders go on, what only woke a page has no page any more."""
    bind = op.get_bind()
    for row in bind.execute(sa.select(outbox).where(outbox.c.delivered_at.is_(None))).mappings().all():
        turned = _told(row["type"], dict(row["data"]))
        where = outbox.c.id == row["id"]
        if turned is None:
            bind.execute(outbox.delete().where(where))
        else:
            bind.execute(outbox.update().where(where).values(type=turned[0], data=turned[1]))


def _told(kind: str, data: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
    about = {
        "hospital_id": data.get("hospital_id") or data.get("branch_id") or "",
        "case_id": data.get("case_id"),
        "activity": "consultation",
        "activity_id": data.get("consultation_id") or data.get("id"),
    }
    if kind == "study.quarantine":
        on = data.pop("on")
        return "study.quarantined" if on else "study.released", data
    if kind.startswith("study."):
        return {"study.complete": "study.completed"}.get(kind, kind), data
    if kind in ("session.ended", "grants.changed"):
        return kind, data | {"hospital_id": about["hospital_id"]}
    if kind in TYPES:
        said = {"source": data["state"], "target": data["state"], "urgency": data["urgency"], "mode": "live"}
        return TYPES[kind], about | said | {"hub_id": data["hub_id"], "rev": data["rev"], "code": ""}
    if kind == "packet.changed":
        return "packet.added", about | {"id": data["id"], "kind": "file", "title": "", "version": 1}
    if kind.startswith("consent."):
        said = {"id": data["id"], "number": "", "kind": "patient", "reason": "", "still_consented": False}
        return kind, about | said | {"file_id": data["id"]}
    return None


def _drop(table: str) -> None:
    """With its guards: on SQLite they go with the table, on PostgreSQL the function stays behind."""
    op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION IF EXISTS {table}_append_only()")
