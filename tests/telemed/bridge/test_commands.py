"""What the product orders of a room: who lost the case is out of it, and nobody else."""

import asyncio
from typing import cast

import pytest

from signaling import Commands
from telemed.access.events import GrantsChanged
from telemed.app import kinds
from telemed.bridge.commands import RoomCommands
from telemed.bridge.orders import Orders
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.events import SessionEnded
from tests.telemed.bridge.leaves import acknowledged, given
from tests.telemed.conftest import FakeClock, World
from tests.telemed.news import news

ROOM, SID = About("wuxi", activity="consultation", activity_id=new_id()), new_id()


class Rooms:
    """A room leaf that only remembers what it was told."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()

    async def remove(self, room: str, sub: str, _rev: int, _reason: str = "") -> None:
        self.heard.put_nowait(("remove", room, sub))

    async def revoke(self, sid: str) -> None:
        self.heard.put_nowait(("revoke", sid))


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
