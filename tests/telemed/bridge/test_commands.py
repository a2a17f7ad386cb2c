"""What the product orders of a room: who lost the case is out of it, and nobody else."""

import asyncio
from typing import cast

import pytest

from signaling import Commands
from telemed.access.events import GrantsChanged
from telemed.app import kinds
from telemed.bridge.commands import HEARS, RoomCommands
from telemed.bridge.orders import Orders
from telemed.consultations.words import Urgency
from telemed.history.consumers import Consumer
from telemed.history.events import About
from telemed.kit.events import deliver
from telemed.kit.table import new_id
from telemed.people.events import SessionEnded
from tests.telemed.bridge.leaves import acknowledged, given
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import INSTEAD_AT_BEDSIDE, act, instead, state_of, tell_fact
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.news import news

__all__ = ("submitted",)

ROOM, SID = About("wuxi", activity="consultation", activity_id=new_id()), new_id()


class Rooms:
    """A room leaf that only remembers what it was told."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()
        self.standing: dict[str, tuple[str, bool]] = {}

    async def remove(self, room: str, sub: str, _rev: int, _reason: str = "") -> None:
        self.heard.put_nowait(("remove", room, sub))

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
