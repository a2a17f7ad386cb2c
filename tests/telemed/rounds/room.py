"""A room leaf that remembers whom it was told to put out of a round."""

from typing import Any, cast
from uuid import UUID

from sqlmodel import select

from signaling import Commands
from telemed.activities.model import Participant
from telemed.app import kinds
from telemed.bridge.commands import HEARS, RoomCommands
from telemed.bridge.orders import Orders
from telemed.history.consumers import Consumer
from telemed.kit.events import deliver
from tests.telemed.bridge.leaves import acknowledged, given
from tests.telemed.conftest import Call, FakeClock, World


class Leaf:
    def __init__(self) -> None:
        self.out: list[tuple[str, str]] = []

    async def remove(self, room: str, sub: str, rev: int, reason: str = "", *, may_return: bool = False) -> None:
        self.out.append((room, sub))

    async def set_rights(self, *_: object, **__: object) -> None:
        pass


class Room:
    """What the product orders of it."""

    def __init__(self, world: World, clock: FakeClock) -> None:
        self._world, self._clock, self._leaf, self._orders = world, clock, Leaf(), Orders(world.db, clock)
        self._commands = RoomCommands(world.db, self._orders, cast("Commands", self._leaf), kinds(), clock)

    async def hear(self) -> None:
        """All that has happened until now."""
        of = {"commands": Consumer("commands", HEARS, self._commands.consume)}
        while await deliver(self._world.db, of, self._clock()):
            pass

    async def put_out(self) -> set[tuple[str, str]]:
        """Who was put out of which room, by name."""
        await self.hear()
        async with given(self._orders, **self._commands.leaves):
            await acknowledged(self._orders)
        names = {id: name for name, id in self._world.ids.items()}
        return {(room, names[UUID(sub)]) for room, sub in self._leaf.out}


async def enters(call: Call, world: World, session: Any, who: str, clock: FakeClock) -> int:
    """Asks for a way into its room; whoever gets one is in it."""
    status, _ = await call(who, "POST", f"/rooms/{session['id']}/ticket", json={"device": "page"})
    if status == 200:
        async with world.db.write() as db:
            query = select(Participant).where(Participant.staff_id == world.ids[who])
            for each in (await db.exec(query.where(Participant.activity_id == UUID(session["id"])))).all():
                each.joined_at, each.present = clock(), True
    return status
