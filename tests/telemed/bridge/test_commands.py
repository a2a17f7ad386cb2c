"""What the product orders of a room: who lost the case is out of it, and nobody else."""

import asyncio
from typing import cast

import pytest

from signaling import Commands
from telemed.bridge.commands import RoomCommands
from telemed.kit.events import Outbox
from tests.telemed.conftest import NOW, World


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


@pytest.mark.parametrize(("ended", "first"), [(True, ("remove", "room-1", "expert-1")), (False, ("revoke", "last"))])
async def test_an_ended_grant_takes_its_person_out_of_the_room(
    world: World, ended: bool, first: tuple[str, ...]
) -> None:
    orders = Orders()
    commands = RoomCommands(world.db, cast("Commands", orders))
    grant = {"case_id": "c", "activity": "consultation", "activity_id": "room-1", "grantee": "expert-1", "ended": ended}
    async with world.db.read() as db:
        await commands.consume(db, Outbox(type="grants.changed", data=grant, occurred_at=NOW))
        await commands.consume(db, Outbox(type="session.ended", data={"sid": "last"}, occurred_at=NOW))
    running = asyncio.create_task(commands.run())
    async with asyncio.timeout(5):
        assert await orders.heard.get() == first
    running.cancel()


async def test_an_order_that_failed_is_given_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("telemed.bridge.commands.RETRY_SECONDS", 0)
    orders = Orders(deaf=2)
    commands = RoomCommands(world.db, cast("Commands", orders))
    grant = {"case_id": "c", "activity": "consultation", "activity_id": "room-1", "grantee": "e", "ended": True}
    async with world.db.read() as db:
        await commands.consume(db, Outbox(type="grants.changed", data=grant, occurred_at=NOW))
    running = asyncio.create_task(commands.run())
    async with asyncio.timeout(5):
        assert await orders.heard.get() == ("remove", "room-1", "e")
    running.cancel()
