"""What the product orders of a room: who lost the case is out of it, and nobody else."""

import asyncio
from typing import cast

import pytest

from signaling import Commands
from telemed.access.events import GrantsChanged
from telemed.bridge.commands import RoomCommands
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.events import SessionEnded
from tests.telemed.conftest import World
from tests.telemed.news import news

ROOM, SID = About("wuxi", activity="consultation", activity_id=new_id()), new_id()


class Orders:
    """A room leaf that only remembers what it was told; the first `deaf` orders fail."""

    def __init__(self, deaf: int = 0) -> None:
        self.deaf = deaf
        self.heard: asyncio.Queue[tuple[str, ...]] = asyncio.Queue()

    async def remove(self, room: str, sub: str, reason: str = "") -> None:
        if self.deaf:
            self.deaf -= 1
            raise ConnectionError
        self.heard.put_nowait(("remove", room, sub))

    async def revoke(self, sid: str) -> None:
        self.heard.put_nowait(("revoke", sid))


@pytest.mark.parametrize(
    ("ended", "first"), [(True, ("remove", str(ROOM.activity_id), "expert-1")), (False, ("revoke", str(SID)))]
)
async def test_an_ended_grant_takes_its_person_out_of_the_room(
    world: World, ended: bool, first: tuple[str, ...]
) -> None:
    orders = Orders()
    commands = RoomCommands(world.db, cast("Commands", orders))
    async with world.db.read() as db:
        await commands.consume(db, news(GrantsChanged(grantee="expert-1", ended=ended), ROOM))
        await commands.consume(db, news(SessionEnded(sid=SID), About("wuxi")))
    running = asyncio.create_task(commands.run())
    async with asyncio.timeout(5):
        assert await orders.heard.get() == first
    running.cancel()


async def test_an_order_that_failed_is_given_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemed.bridge.commands.RETRY_SECONDS", 0)
    orders = Orders(deaf=2)
    commands = RoomCommands(world.db, cast("Commands", orders))
    async with world.db.read() as db:
        await commands.consume(db, news(GrantsChanged(grantee="e", ended=True), ROOM))
    running = asyncio.create_task(commands.run())
    async with asyncio.timeout(5):
        assert await orders.heard.get() == ("remove", str(ROOM.activity_id), "e")
    running.cancel()
