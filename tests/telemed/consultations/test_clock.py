"""What only the clock does to a consultation that people have left standing."""

from datetime import timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import event
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations import work
from telemed.consultations.model import Consultation
from telemed.consultations.service import ask_to_co_sign, close_when_done, sweep
from telemed.consultations.words import State
from telemed.history.model import EventRow
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice
from telemed.work.service import withdraw
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import AT, act, home_kinds, make_scheduled, pass_time, state_of, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready


async def test_interrupted_for_too_long_a_coordinator_is_asked_for_another_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await tell_fact(world, id, "doctor", "member.left", NOW + timedelta(minutes=1))
    await pass_time(world, NOW + timedelta(minutes=15))
    assert await home_kinds(call, "coordinator") == []
    for _ in range(2):
        await pass_time(world, NOW + timedelta(minutes=17))
    assert await home_kinds(call, "coordinator") == ["book"]
    await tell_fact(world, id, "doctor", "member.joined", NOW + timedelta(minutes=18))
    assert (await state_of(call, id), await home_kinds(call, "coordinator")) == ("in_progress", [])


async def test_thirty_days_after_closing_it_is_archived_and_reopened_no_more(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_closed(world, submitted)
    settled = NOW + timedelta(days=30)
    await pass_time(world, settled - timedelta(seconds=1))
    assert await state_of(call, id) == "closed"
    await pass_time(world, settled)
    assert await state_of(call, id) == "archived"
    archived = [each for each in await rows(world.db, EventRow) if each.type == "consultation.archived"]
    assert [(each.activity_id, each.actor_id) for each in archived] == [(id, None)]
    assert (await act(call, "doctor", id, "reopen", {"reason": "复发"}))[0] == 409
    assert not [each for each in await rows(world.db, Deadline) if each.done_at is None]


async def test_while_somebody_is_still_asked_for_something_it_is_not_archived(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_closed(world, submitted)
    async with world.db.write() as db:
        ask_to_co_sign(db, await db.get_one(Consultation, id), world.ids["expert2"], 1, NOW)
    settled = NOW + timedelta(days=30)
    await pass_time(world, settled)
    assert await state_of(call, id) == "closed"
    async with world.db.write() as db:
        await withdraw(db, id, settled)
    await pass_time(world, settled + timedelta(hours=23))
    assert await state_of(call, id) == "closed"
    await pass_time(world, settled + timedelta(days=1))
    assert await state_of(call, id) == "archived"


async def make_closed(world: World, submitted: Made) -> UUID:
    id = await submitted()
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.approved_at = State.executing, NOW
        await withdraw(db, id, NOW)
        await close_when_done(db, row, NOW)
    return id


async def test_a_returned_request_expires_after_seven_days_and_its_doctor_is_told_a_day_before(
    call: Call, submitted: Made, world: World
) -> None:
    id = await submitted()
    back = {"missing": ["vitals"], "reason": "请补充"}
    assert (await act(call, "chief", id, "return", back))[0] == 200
    expires = NOW + timedelta(days=7)
    await pass_time(world, expires - timedelta(days=1))
    told = {(each.staff_id, each.ladder, str(each.when)) for each in await rows(world.db, Notice)}
    assert (world.ids["doctor"], "expiry", "before") in told
    await pass_time(world, expires - timedelta(seconds=1))
    assert await state_of(call, id) == "returned"
    await pass_time(world, expires)
    assert await state_of(call, id) == "expired"


async def test_where_one_side_came_it_is_no_no_show_and_a_coordinator_is_asked_for_another_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await tell_fact(world, id, "doctor", "member.joined", AT)
    await tell_fact(world, id, "doctor", "member.left", AT + timedelta(minutes=20))
    for _ in range(2):
        await pass_time(world, AT + timedelta(hours=3))
    assert (await state_of(call, id), await home_kinds(call, "coordinator")) == ("scheduled", ["book"])


async def test_what_happens_by_itself_is_tried_again_and_keeps_no_other_waiting(
    call: Call, submitted: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await submitted() for _ in range(2)]
    seen: list[UUID] = []
    real = work.approval_waits

    async def breaks(db: AsyncSession, id: UUID) -> bool:
        seen.append(id)
        if id == seen[0]:
            raise KeyError
        return await real(db, id)

    monkeypatch.setattr(work, "approval_waits", breaks)
    failed = await take_due(world.db, NOW + timedelta(hours=12), on_duty)
    assert set(seen) == set(ids)
    assert [type(why) for why in failed.values()] == [KeyError]
    monkeypatch.undo()
    await pass_time(world, NOW + timedelta(hours=12, seconds=1))
    assert await home_kinds(call, "duty") == ["review", "review"]


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
