"""What the product orders of a room: who lost the case is out of it, and nobody else."""

import asyncio
from typing import cast

import pytest

from signaling import Commands
from telemed.access import grants
from telemed.access.events import GrantsChanged
from telemed.access.model import CaseGrant
from telemed.app import kinds
from telemed.bridge.commands import HEARS, RoomCommands
from telemed.bridge.orders import Orders
from telemed.consultations.model import Consultation
from telemed.consultations.sharing import give_again
from telemed.consultations.words import Urgency
from telemed.history.consumers import Consumer
from telemed.history.events import About
from telemed.kit.events import deliver
from telemed.kit.table import new_id
from telemed.opinions.service import OpinionsOf
from telemed.people.events import SessionEnded
from tests.telemed.bridge.leaves import acknowledged, given
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import INSTEAD_AT_BEDSIDE, act, instead, state_of, tell_fact
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.consultations.second_hub import HUB, open_second_hub
from tests.telemed.news import news

__all__ = ("submitted",)

ROOM, SID = About("wuxi", activity="consultation", activity_id=new_id()), new_id()


class Rooms:
    """A room leaf that only remembers what it was told."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()
        self.standing: dict[str, tuple[str, bool]] = {}
        self.decided: dict[str, int] = {}

    async def remove(self, room: str, sub: str, rev: int, _reason: str = "", *, may_return: bool = False) -> None:
        self.heard.put_nowait(("call_away" if may_return else "remove", room, sub))
        self.decided[room] = rev

    async def revoke(self, sid: str) -> None:
        self.heard.put_nowait(("revoke", sid))

    async def set_rights(
        self, room: str, sub: str, _rights: object, _studies: object, _rev: int, *, role: str, booked: bool
    ) -> None:
        self.standing[sub] = (role, booked)


@pytest.mark.parametrize("ended", [True, False])
async def test_an_ended_grant_takes_its_person_out_of_the_room(world: World, clock: FakeClock, ended: bool) -> None:
    rooms, orders = Rooms(), Orders(world.db, clock)
    commands = RoomCommands(world.db, orders, cast("Commands", rooms), kinds(), clock)
    async with world.db.write() as db:
        await commands.consume(db, news(GrantsChanged(grantee="expert-1", ended=ended), ROOM))
        await commands.consume(db, news(SessionEnded(sid=SID), About("wuxi")))
    async with given(orders, **commands.leaves):
        await acknowledged(orders)
    heard = [rooms.heard.get_nowait() for _ in range(rooms.heard.qsize())]
    removed = [("remove", str(ROOM.activity_id), "expert-1")] if ended else []
    assert sorted(heard) == [*removed, ("revoke", str(SID))]


async def test_who_stands_in_while_people_meet_is_told_to_the_room_as_whom_they_are_there_now(
    call: Call, submitted: Made, world: World, clock: FakeClock
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    for who in ("expert", "doctor", "doctor2"):
        await tell_fact(world, id, who, "member.joined", NOW)
    rooms, orders = Rooms(), Orders(world.db, clock)
    commands = RoomCommands(world.db, orders, cast("Commands", rooms), kinds(), clock)
    consumers = {"commands": Consumer("commands", HEARS, commands.consume)}

    async def said() -> dict[str, tuple[str, bool]]:
        while await deliver(world.db, consumers, clock()):
            pass
        async with given(orders, **commands.leaves):
            await acknowledged(orders)
        names = {str(id): name for name, id in world.ids.items()}
        return {names[sub]: part for sub, part in rooms.standing.items()}

    assert await said() == {
        "expert": ("lead", True),
        "doctor": ("accompanying_physician", True),
        "doctor2": ("guest", False),
    }
    assert (await act(call, "doctor", id, INSTEAD_AT_BEDSIDE, instead(world, "doctor2")))[0] == 200
    assert await state_of(call, id) == "in_progress"
    assert await said() == {
        "expert": ("lead", True),
        "doctor": ("guest", False),
        "doctor2": ("accompanying_physician", True),
    }


async def test_who_answers_an_emergency_is_called_out_of_every_room_they_are_in_and_nobody_else_is(
    call: Call, submitted: Made, world: World, clock: FakeClock
) -> None:
    """Their page of it may be another window: they would go on being heard there."""
    running, interrupted, beside, called = [await submitted(urgency=Urgency.stat) for _ in range(4)]
    await act(call, "expert2", beside, "take", {})
    for who in ("doctor", "expert2", "expert"):
        await tell_fact(world, beside, who, "member.joined", NOW)
    for id in (running, interrupted):
        await act(call, "expert", id, "take", {})
        for who in ("doctor", "expert"):
            await tell_fact(world, id, who, "member.joined", NOW)
    await act(call, "doctor", interrupted, "interrupt", {"reason": "设备故障"})
    rooms, orders = Rooms(), Orders(world.db, clock)
    commands = RoomCommands(world.db, orders, cast("Commands", rooms), kinds(), clock)
    consumers = {"commands": Consumer("commands", HEARS, commands.consume)}
    assert (await act(call, "expert", called, "take", {}))[0] == 200
    states = [await state_of(call, id) for id in (running, interrupted)]
    assert [*states, await state_of(call, beside)] == ["interrupted", "interrupted", "in_progress"]
    clock.move(minutes=5)  # the room was away: who has come back meanwhile stays
    while await deliver(world.db, consumers, clock()):
        pass
    async with given(orders, **commands.leaves):
        await acknowledged(orders)
    heard = [rooms.heard.get_nowait() for _ in range(rooms.heard.qsize())]
    expert = str(world.ids["expert"])
    assert sorted(heard) == sorted(("call_away", str(id), expert) for id in (running, interrupted, beside))
    assert max(rooms.decided.values()) < (NOW.timestamp() + 1) * 1_000_000


async def test_whoever_knocks_from_the_hub_that_passes_a_stat_call_on_is_sent_away_and_nobody_else(
    call: Call, submitted: Made, world: World, clock: FakeClock
) -> None:
    await open_second_hub(world)
    id = await submitted(urgency=Urgency.stat)
    for who in ("doctor", "expert", "hub_duty"):
        await tell_fact(world, id, who, "member.waiting", NOW)
    rooms, orders = Rooms(), Orders(world.db, clock)
    commands = RoomCommands(world.db, orders, cast("Commands", rooms), kinds(), clock)
    consumers = {"commands": Consumer("commands", HEARS, commands.consume)}
    answer, changed = await act(call, "coordinator", id, "redirect", {"hub_id": HUB, "code": "no_time", "reason": ""})
    assert answer == 200, changed
    while await deliver(world.db, consumers, clock()):
        pass
    async with given(orders, **commands.leaves):
        await acknowledged(orders)
    heard = [rooms.heard.get_nowait() for _ in range(rooms.heard.qsize())]
    names = {str(id): name for name, id in world.ids.items()}
    removed = {names[each[2]] for each in heard if each[:2] == ("remove", str(id)) and each[2] in names}
    assert removed == {"coordinator", "hub_duty", "expert", "expert2"}  # also who has not knocked yet


async def test_a_guest_gets_no_grant_of_their_own_with_another_consent_nor_one_of_a_former_hub(
    call: Call, submitted: Made, world: World
) -> None:
    await open_second_hub(world)
    id = await submitted(urgency=Urgency.stat)
    await act(call, "coordinator", id, "redirect", {"hub_id": HUB, "code": "no_time", "reason": ""})
    await act(call, "their_expert", id, "take", {})
    for who in ("their_expert", "doctor", "their_duty", "expert"):  # the last has come from the former hub
        await tell_fact(world, id, who, "member.joined", NOW)
    async with world.db.write() as db:
        await grants.end(db, id, NOW)
        await give_again(db, await db.get_one(Consultation, id), OpinionsOf(), NOW)
    live = {each.grantee for each in await rows(world.db, CaseGrant) if each.ended_at is None}
    assert str(world.ids["their_expert"]) in live
    assert live.isdisjoint({str(world.ids["their_duty"]), str(world.ids["expert"])})
