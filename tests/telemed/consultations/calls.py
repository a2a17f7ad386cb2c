"""What tests of emergencies look at and do: at whom it rings, what the caller sees, what the doctor completes."""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from telemed.consultations.service import consents_changed
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.history.events import About, Event
from telemed.history.model import EventRow
from telemed.opinions.service import OpinionsOf
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from tests.telemed.conftest import Call, FakeClock, World

EVERYBODY = ("expert", "expert2", "neurologist", "coordinator", "hub_duty", "dispatcher", "doctor", "jiashan_doctor")


async def rung(call: Call) -> set[str]:
    """At whom it rings, of all people."""
    found = set()
    for who in EVERYBODY:
        status, ringing = await call(who, "GET", "/home/ringing")
        assert status == 200
        if any(each["rings"] for each in ringing["items"]):
            found.add(who)
    return found


async def shown(call: Call) -> set[str]:
    """Who sees it, whether or not it rings."""
    return {who for who in EVERYBODY if (await call(who, "GET", "/home/ringing"))[1]["items"]}


async def later(world: World, clock: FakeClock, seconds: float) -> None:
    clock.move(seconds=seconds)
    assert await take_due(world.db, clock(), on_duty) == {}


async def seen_by_caller(call: Call, id: UUID) -> dict[str, Any]:
    status, found = await call("doctor", "GET", f"/home/ringing/{id}")
    assert status == 200, found
    assert isinstance(found, dict)
    return found


class Here:
    """Those who have a page open."""

    def __init__(self, *ids: UUID) -> None:
        self._ids = set(ids)

    def present(self) -> set[UUID]:
        return self._ids


async def complete(call: Call, id: UUID, **content: str) -> None:
    version = (await call("doctor", "GET", f"/requests/{id}"))[1]["version"]
    answer = await call("doctor", "PATCH", f"/requests/{id}", match=version, json={"content": content})
    assert answer[0] == 200, answer


async def hear(world: World, kind: type[Event]) -> None:
    """Delivers the last event of this kind."""
    (row,) = (await events_of(world.db, kind.type))[-1:]
    of = About(row.hospital_id, activity=row.activity, activity_id=row.activity_id)
    heard = Heard(row.id, kind.model_validate(row.data), of, row.recorded_at, row.occurred_at)
    async with world.db.write() as db:
        await consents_changed(db, heard, OpinionsOf())


async def events_of(db: Database, type: str) -> list[EventRow]:
    async with db.read() as session:
        query = select(EventRow).where(EventRow.type == type).order_by(col(EventRow.occurred_at), col(EventRow.id))
        return list((await session.exec(query)).all())
