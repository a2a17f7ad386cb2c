"""Who answers a ringing while it ends waits, and is told that it rings no more."""

import asyncio
from uuid import UUID

from sqlmodel import select

from telemed.consultations.words import Urgency
from telemed.work import deadlines
from telemed.work.model import RING, Deadline
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.conftest import Made, submitted

__all__ = ("submitted",)


async def _while_it_ends(call: Call, world: World, id: UUID, answer: str) -> int:
    async with world.db.write() as db:
        await db.exec(select(Deadline).where(Deadline.activity_id == id, Deadline.kind == RING).with_for_update())
        body = {"device": "phone"} if answer == "seen" else None
        task = asyncio.ensure_future(call("expert", "POST", f"/home/ringing/{id}/{answer}", json=body))
        await until_blocked(world.db, task)
        await deadlines.end(db, id, RING, NOW)
    return (await task)[0]


async def test_it_is_passed_on_while_it_is_taken(call: Call, world: World, submitted: Made) -> None:
    assert await _while_it_ends(call, world, await submitted(urgency=Urgency.stat), "pass") == 404


async def test_it_is_seen_while_it_is_taken(call: Call, world: World, submitted: Made) -> None:
    assert await _while_it_ends(call, world, await submitted(urgency=Urgency.stat), "seen") == 404
