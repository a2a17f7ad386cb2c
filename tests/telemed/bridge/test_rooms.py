"""A room's reports as signaling tells them: a page loaded anew interrupts nothing, and two devices are one person."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from signaling import Event
from telemed.activities.model import Participant
from telemed.app import kinds
from telemed.bridge.rooms import RoomReports
from telemed.chores import forget_old
from telemed.consultations.service import sweep
from telemed.kit.clock import ahead_by
from telemed.kit.inbox import Inbox
from telemed.kit.quarantine import TRIES, Quarantine
from telemed.kit.table import new_id
from telemed.rooms.model import RoomMessage
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import make_scheduled, state_of
from tests.telemed.consultations.conftest import Made, everything_ready, submitted, venue

__all__ = ("submitted", "venue")


class Told:
    """Tells the product what happened in one room, in order."""

    def __init__(self, world: World, room: UUID) -> None:
        self._world, self._room, self._seq = world, room, 0
        self._reports = RoomReports(world.db, kinds(), FakeClock())

    async def __call__(self, who: str, kind: str, at: datetime, reason: str = "", device: str = "page") -> None:
        self._seq += 1
        sub = str(self._world.ids[who])
        data = {"id": f"{sub}/{device}", "sub": sub, "name": who, "reason": reason}
        event = Event(
            id=str(new_id()),
            type=f"member.{kind}",
            source=f"room/{self._room}",
            epoch=1,
            seq=self._seq,
            occurred_at=at,
            data=data,
        )
        await self._reports(event)


async def _in_progress(call: Call, submitted: Made, world: World, venue: UUID) -> tuple[UUID, Told]:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    told = Told(world, id)
    for who in ("doctor", "expert"):
        await told(who, "joined", NOW)
    assert await state_of(call, id) == "in_progress"
    return id, told


async def test_a_page_that_is_loaded_anew_interrupts_nothing(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)
    await told("expert", "left", NOW + timedelta(seconds=10), "replaced")
    await told("expert", "joined", NOW + timedelta(seconds=11))
    await sweep(world.db, NOW + timedelta(minutes=5))
    _, page = await call("doctor", "GET", f"/consultations/{id}")
    assert (page["state"], [each["type"] for each in page["history"]].count("consultation.interrupted")) == (
        "in_progress",
        0,
    )


async def test_whoever_loads_it_anew_and_does_not_come_back_is_gone_after_all(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)
    await told("doctor", "left", NOW + timedelta(seconds=10), "replaced")
    await sweep(world.db, NOW + timedelta(seconds=50))
    assert await state_of(call, id) == "in_progress"
    await sweep(world.db, NOW + timedelta(seconds=60))
    assert await state_of(call, id) == "interrupted"


async def test_somebody_is_there_until_their_last_device_has_left(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)
    await told("expert", "joined", NOW + timedelta(seconds=5), device="companion")
    await told("expert", "left", NOW + timedelta(seconds=9), "left", device="page")
    assert await state_of(call, id) == "in_progress"
    await told("expert", "left", NOW + timedelta(seconds=15), "lost", device="companion")
    assert await state_of(call, id) == "interrupted"


async def test_a_second_device_at_the_door_takes_nobody_out_of_the_room(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)

    async def doctor() -> tuple[bool, bool]:
        people = (await call("expert", "GET", f"/consultations/{id}"))[1]["participants"]
        (found,) = (each for each in people if each["person"]["name"] == "doctor")
        return found["present"], found["waiting"]

    await told("doctor", "waiting", NOW + timedelta(seconds=5), device="companion")
    assert await doctor() == (True, True)
    await told("doctor", "left", NOW + timedelta(seconds=7), "left", device="companion")
    assert await doctor() == (True, False)
    await told("doctor", "waiting", NOW + timedelta(seconds=9))  # asked to wait, with the only device that is in
    assert await doctor() == (False, True)
    assert await state_of(call, id) == "in_progress"


async def test_who_came_before_they_left_is_not_there_because_it_is_heard_late(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)
    await told("expert", "left", NOW + timedelta(seconds=10), "lost")
    await told("expert", "joined", NOW + timedelta(seconds=5))
    await told("coordinator", "left", NOW + timedelta(seconds=9), "left")
    await told("coordinator", "joined", NOW + timedelta(seconds=3))
    assert await state_of(call, id) == "interrupted"
    there = {each.staff_id: each for each in await rows(world.db, Participant)}
    for who, left in (("expert", 10), ("coordinator", 9)):
        person = there[world.ids[who]]
        assert (person.present, person.left_at) == (False, NOW + timedelta(seconds=left))
    _, page = await call("doctor", "GET", f"/consultations/{id}")
    assert [each["type"] for each in page["history"]].count("participant.left") == 2


async def test_who_came_before_the_end_is_not_there_after_it_because_it_is_heard_late(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)
    version = (await call("expert", "GET", f"/consultations/{id}"))[1]["version"]
    assert (await call("expert", "POST", f"/consultations/{id}/end", match=version))[0] == 200
    for kind in ("waiting", "joined"):
        await told("coordinator", kind, NOW - timedelta(seconds=5))
        await told("expert", kind, NOW - timedelta(seconds=5))
    there = await rows(world.db, Participant)
    assert {(each.present, each.waiting) for each in there} == {(False, False)}
    (came,) = [each for each in there if each.staff_id == world.ids["coordinator"]]
    assert came.joined_at == NOW - timedelta(seconds=5)  # that they were there stays known


async def test_who_knocked_before_they_came_in_does_not_wait_because_it_is_heard_late(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    _, told = await _in_progress(call, submitted, world, venue)
    await told("doctor", "waiting", NOW - timedelta(seconds=5))
    assert {(each.present, each.waiting) for each in await rows(world.db, Participant)} == {(True, False)}


async def test_a_colleague_who_comes_and_goes_makes_nobodys_click_stale(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, told = await _in_progress(call, submitted, world, venue)
    version = (await call("expert", "GET", f"/consultations/{id}"))[1]["version"]
    await told("coordinator", "joined", NOW + timedelta(seconds=5))
    await told("coordinator", "left", NOW + timedelta(seconds=9), "left")
    status, page = await call("expert", "POST", f"/consultations/{id}/end", match=version)
    assert (status, page["state"]) == (200, "answering")


async def test_a_fact_that_cannot_be_taken_is_set_aside_whole_and_the_rooms_later_ones_come_through(
    world: World,
) -> None:
    room, reports = new_id(), RoomReports(world.db, kinds(), FakeClock())

    def said(seq: int, sender: str) -> Event:
        data = {"from": sender, "topic": "chat", "payload": {"text": f"line {seq}"}, "to": None}
        source = f"room/{room}"
        return Event(id=str(new_id()), type="chat", source=source, epoch=1, seq=seq, occurred_at=NOW, data=data)

    poison = said(1, "nobody/page")
    for _ in range(TRIES - 1):
        with pytest.raises(ValueError, match="UUID"):
            await reports(poison)
    await reports(poison)  # set aside, so the leaf may forget it
    await reports(said(2, f"{world.ids['doctor']}/page"))
    [row] = await rows(world.db, Quarantine)
    assert (row.kind, row.type, row.tries, row.set_aside_at) == ("rooms", "chat", TRIES, NOW)
    assert [each.text for each in await rows(world.db, RoomMessage)] == ["line 2"]
    with pytest.raises(ValueError, match="UUID"):
        async with world.db.write() as db:
            await reports.again(db, await db.get_one(Quarantine, row.id))
    assert len(await rows(world.db, Quarantine)) == 1
    async with world.db.write() as db:  # as if the program had learnt to read it
        row = await db.get_one(Quarantine, row.id)
        row.data = row.data | {"data": row.data["data"] | {"from": f"{world.ids['expert']}/page"}}
        await reports.again(db, row)
    assert {each.text for each in await rows(world.db, RoomMessage)} == {"line 1", "line 2"}
    assert await rows(world.db, Quarantine) == []


async def test_what_a_leaf_says_twice_is_known_on_a_demonstration_that_is_ahead(world: World) -> None:
    """Ids are made by the real clock: by the clock of the product, those of today were old enough to be forgotten."""
    clock, room = ahead_by(timedelta(days=40)), new_id()
    reports = RoomReports(world.db, kinds(), clock)
    line = {"from": f"{world.ids['doctor']}/page", "topic": "chat", "payload": {"text": "早"}, "to": None}
    said = Event(id=str(new_id()), type="chat", source=f"room/{room}", epoch=1, seq=1, occurred_at=clock(), data=line)
    await reports(said)
    await forget_old(world.db, clock())
    assert [each.consumer for each in await rows(world.db, Inbox)] == ["rooms"]
    await reports(said)
    assert [each.text for each in await rows(world.db, RoomMessage)] == ["早"]
    assert await rows(world.db, Quarantine) == []
