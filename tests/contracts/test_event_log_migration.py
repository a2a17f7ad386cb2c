"""The log of cases becomes the event log with every row, and goes back as it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from telemed.consultations.model import Consultation
from telemed.db import Database
from telemed.history.consumers import heard
from telemed.history.events import NEWS
from telemed.kit.events import Outbox
from telemed.kit.table import new_id
from telemed.migrations import migrate
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import Made, submitted

__all__ = ("submitted",)

HUB = {"urgency": "routine", "mode": "live", "hub_id": "ruijin"}
ITEM, STAFF, LEAD = (str(new_id()) for _ in range(3))
MOVED = {"source": "accepted", "target": "scheduling", "reason": None}
TIME = {"starts_at": NOW.isoformat(), "ends_at": (NOW + timedelta(minutes=40)).isoformat(), "venue": "会诊室 1"}
# kind and data before; type and data after
ROWS: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("consultation.submit", MOVED, "consultation.submitted", MOVED | HUB),
    (
        "consultation.accept",
        MOVED | {"named": {"lead": LEAD, "department": None}},
        "consultation.accepted",
        MOVED | HUB | {"lead_id": LEAD, "department_id": None},
    ),
    ("consultation.book", MOVED | {"booked": TIME}, "consultation.booked", MOVED | HUB | TIME),
    ("consultation.sign", MOVED | {"opinion": ITEM}, "consultation.signed", MOVED | HUB | {"opinion_id": ITEM}),
    (
        "consultation.name_lead",
        MOVED | {"before": LEAD},
        "consultation.lead_named",
        MOVED | HUB | {"before_id": LEAD},
    ),
    (
        "consultation.make_unready",
        MOVED | {"missing": ["consent"]},
        "consultation.made_unready",
        MOVED | HUB | {"missing": ["consent"]},
    ),
    ("participant.joined", {"staff": STAFF}, "participant.joined", {"staff_id": STAFF}),
    (
        "invitation.proposed",
        {"proposed": [TIME["starts_at"], TIME["ends_at"]], "words": "下午"},
        "invitation.proposed",
        {"proposed_start": TIME["starts_at"], "proposed_end": TIME["ends_at"], "words": "下午"},
    ),
    (
        "packet.added",
        {"item": ITEM, "what": "file", "title": "心电图", "checklist": "ecg", "version": 1},
        "packet.added",
        {"id": ITEM, "kind": "file", "title": "心电图", "checklist": "ecg", "version": 1},
    ),
    (
        "consent.paper_filed",
        {"consent": ITEM, "number": "TY-1", "consent_kind": "patient", "file": ITEM, "sha256": "00"},
        "consent.paper_filed",
        {"id": ITEM, "number": "TY-1", "kind": "patient", "file_id": ITEM, "sha256": "00"},
    ),
    (
        "opinion.recalled",
        {"number": 1, "studies": ["wuxi/1"]},
        "opinion.recalled",
        {"number": 1, "studies": ["wuxi/1"]},
    ),
    ("opinion.acknowledged", {"numbers": [1, 2]}, "opinion.acknowledged", {"numbers": [1, 2]}),
    ("advice.executed", {"numbers": [2]}, "advice.executed", {"n": 2}),
]
UNDELIVERED = [
    (
        "consultation.cancel",
        {
            "id": ITEM,
            "case_id": ITEM,
            "branch_id": "wuxi",
            "hub_id": "ruijin",
            "rev": 2,
            "state": "cancelled",
            "urgency": "stat",
        },
        "consultation.cancelled",
    ),
    ("study.quarantine", {"hospital_id": "wuxi", "study_uid": "1", "on": True}, "study.hidden"),
    (
        "study.complete",
        {"id": ITEM, "hospital_id": "wuxi", "study_uid": "1", "patient_id": None, "state": "proposed", "rev": 1},
        "study.completed",
    ),
    ("session.ended", {"sid": ITEM}, "session.ended"),
    (
        "grants.changed",
        {"case_id": ITEM, "activity": "consultation", "activity_id": ITEM, "grantee": STAFF, "ended": True},
        "grants.changed",
    ),
    (
        "consent.withdrawn",
        {"id": ITEM, "consultation_id": ITEM, "case_id": ITEM, "hospital_id": "wuxi"},
        "consent.withdrawn",
    ),
    ("packet.changed", {"id": ITEM, "consultation_id": ITEM, "case_id": ITEM, "hospital_id": "wuxi"}, "packet.added"),
    ("work.changed", {"to": STAFF, "subject": ITEM}, None),
]
EARLIER = sa.table(
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
LATER = sa.table(
    "event",
    sa.column("id", sa.Uuid()),
    sa.column("type", sa.String()),
    sa.column("occurred_at", sa.DateTime(timezone=True)),
    sa.column("recorded_at", sa.DateTime(timezone=True)),
    sa.column("actor_name", sa.String()),
    sa.column("actor_role", sa.String()),
    sa.column("actor_hospital", sa.String()),
    sa.column("hospital_id", sa.String()),
    sa.column("partner_id", sa.String()),
    sa.column("patient_id", sa.Uuid()),
    sa.column("activity", sa.String()),
    sa.column("activity_id", sa.Uuid()),
    sa.column("data", sa.JSON()),
)
CONSULTATION = sa.table("consultation", sa.column("approved_at", sa.DateTime(timezone=True)))
OUTBOX = sa.table(
    "outbox",
    sa.column("id", sa.Uuid()),
    sa.column("type", sa.String()),
    sa.column("data", sa.JSON()),
    sa.column("occurred_at", sa.DateTime(timezone=True)),
    sa.column("delivered_at", sa.DateTime(timezone=True)),
)


def _earlier(connection: Connection) -> list[dict[str, Any]]:
    return [dict(each) for each in connection.execute(sa.select(EARLIER).order_by(EARLIER.c.id)).mappings()]


async def test_every_row_of_the_log_of_cases_moves_with_its_data_and_goes_back(
    any_db: Database, world: World, submitted: Made
) -> None:
    await submitted()
    (row,) = await rows(world.db, Consultation)
    approved = NOW + timedelta(minutes=len(ROWS) // 2)
    kept: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "case_id": row.case_id,
            "consultation_id": row.id,
            "kind": kind,
            "at": NOW + timedelta(minutes=n),
            "recorded_at": NOW + timedelta(minutes=n, seconds=5),
            "by": world.ids["doctor"],
            "by_name": "许知遥",
            "role": "requester",
            "hospital_id": "wuxi",
            "data": data,
        }
        for n, (kind, data, _, _) in enumerate(ROWS)
    ]
    opened = kept[0] | {"id": new_id(), "kind": "case.opened", "consultation_id": None, "by": None, "data": {}}

    def down_fill_up(connection: Connection) -> None:
        migrate(connection, "0002")
        connection.execute(EARLIER.delete())
        connection.execute(EARLIER.insert(), [*kept, opened])
        connection.execute(sa.update(CONSULTATION).values(approved_at=approved))
        migrate(connection, "0003")

    def read(connection: Connection) -> list[dict[str, Any]]:
        return [dict(each) for each in connection.execute(sa.select(LATER).order_by(LATER.c.id)).mappings()]

    def down(connection: Connection) -> list[dict[str, Any]]:
        migrate(connection, "0002")
        return _earlier(connection)

    async with any_db.writer.begin() as connection:
        await _defer(any_db, connection)
        await connection.run_sync(down_fill_up)
        found = await connection.run_sync(read)
        back = await connection.run_sync(down)
    assert [(each["type"], each["data"]) for each in found[:-1]] == [(kind, data) for _, _, kind, data in ROWS]
    for each in found[:-1]:
        NEWS[each["type"]].model_validate(each["data"])
        assert (each["activity"], each["activity_id"], each["patient_id"]) == ("consultation", row.id, row.patient_id)
        assert (each["actor_name"], each["actor_role"], each["actor_hospital"]) == ("许知遥", "requester", "wuxi")
        private = each["type"].startswith(("packet.", "consent."))
        shared = _utc(each["occurred_at"]) >= approved and not private
        assert (each["hospital_id"], each["partner_id"]) == ("wuxi", "ruijin" if shared else None)
    assert (found[-1]["type"], found[-1]["activity"], found[-1]["hospital_id"]) == ("case.opened", None, "wuxi")
    for each in back:
        each["at"], each["recorded_at"] = _utc(each["at"]), _utc(each["recorded_at"])
    assert back == [*kept, opened]


async def test_an_order_that_waited_during_the_upgrade_is_still_understood(any_db: Database, world: World) -> None:
    waiting = [
        {"id": new_id(), "type": kind, "data": data, "occurred_at": NOW, "delivered_at": None}
        for kind, data, _ in UNDELIVERED
    ]

    def down_fill_up(connection: Connection) -> None:
        migrate(connection, "0002")
        connection.execute(OUTBOX.insert(), waiting)
        migrate(connection)

    async with any_db.writer.begin() as connection:
        await _defer(any_db, connection)
        await connection.run_sync(down_fill_up)
    async with any_db.read() as db:
        found = list((await db.exec(select(Outbox).order_by(col(Outbox.id)))).all())
    assert [each.type for each in found] == [kind for _, _, kind in UNDELIVERED if kind]
    for each in found:
        assert heard(each).event.type == each.type


async def _defer(database: Database, connection: AsyncConnection) -> None:
    if database.is_sqlite:
        await connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def _utc(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
