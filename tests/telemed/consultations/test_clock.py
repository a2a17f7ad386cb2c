"""What only the clock does to a consultation that people have left standing."""

from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import event

from telemed.consultations import clock
from telemed.consultations.model import Consultation
from telemed.consultations.service import sweep
from telemed.consultations.words import State
from telemed.history.model import EventRow
from telemed.work.service import withdraw
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import act, home_kinds, make_scheduled, state_of, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready


async def test_interrupted_for_too_long_a_coordinator_is_asked_for_another_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await tell_fact(world, id, "doctor", "member.left", NOW + timedelta(minutes=1))
    await sweep(world.db, NOW + timedelta(minutes=15))
    assert await home_kinds(call, "coordinator") == []
    for _ in range(2):
        await sweep(world.db, NOW + timedelta(minutes=17))
    assert await home_kinds(call, "coordinator") == ["book"]
    await tell_fact(world, id, "doctor", "member.joined", NOW + timedelta(minutes=18))
    assert (await state_of(call, id), await home_kinds(call, "coordinator")) == ("in_progress", [])


async def test_thirty_days_after_closing_it_is_archived_and_reopened_no_more(
    call: Call, submitted: Made, world: World
) -> None:
    id = await submitted()
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.state_since = State.closed, NOW
    late = NOW + timedelta(days=30, seconds=1)
    await sweep(world.db, late)
    assert await state_of(call, id) == "closed"  # somebody is still asked for something about it
    async with world.db.write() as db:
        await withdraw(db, id, NOW)
    await sweep(world.db, NOW + timedelta(days=30))
    assert await state_of(call, id) == "closed"
    await sweep(world.db, late)
    assert await state_of(call, id) == "archived"
    archived = [each for each in await rows(world.db, EventRow) if each.type == "consultation.archived"]
    assert [(each.activity_id, each.actor_id) for each in archived] == [(id, None)]
    assert (await act(call, "doctor", id, "reopen", {"reason": "复发"}))[0] == 409


async def test_one_that_cannot_be_moved_is_named_and_keeps_no_other_waiting(
    call: Call, submitted: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await submitted() for _ in range(2)]
    seen: list[UUID] = []

    async def breaks(_db: object, id: UUID, _now: object) -> None:
        seen.append(id)
        if id == seen[0]:
            raise KeyError

    monkeypatch.setattr(clock, "_ask_duty_officer", breaks)
    failed = await sweep(world.db, NOW + timedelta(hours=12))
    assert set(seen) == set(ids)
    assert {id: type(why) for id, why in failed.items()} == {seen[0]: KeyError}


async def test_one_whose_request_cannot_be_read_keeps_no_other_from_becoming_ready(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    good = await make_scheduled(call, submitted, world, venue)
    bad = await submitted()
    await everything_ready(world, good)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, bad)
        row.state, row.request = State.scheduled, {"studies": 5}
    failed = await sweep(world.db, NOW)
    assert {id: type(why) for id, why in failed.items()} == {bad: ValidationError}
    assert await state_of(call, good) == "ready"


async def test_a_look_at_many_costs_no_more_queries_than_a_look_at_one(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    alone = await _queries(world)
    for _ in range(5):
        id = await submitted()
        async with world.db.write() as db:
            (await db.get_one(Consultation, id)).state = State.scheduled
    assert await _queries(world) == alone


async def _queries(world: World) -> int:
    """Of one pass of the clock."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = world.db.readers.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert await sweep(world.db, NOW) == {}
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len([each for each in seen if each.startswith("SELECT")])
