"""An order whose row cannot be read keeps no other from its leaf, and the next about the same replaces it."""

import asyncio
from datetime import timedelta
from pathlib import Path

from telemed.activities.kinds import Kinds
from telemed.bridge.aside import again, listed
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders, overdue
from telemed.db import Database
from telemed.kit.quarantine import TRIES
from tests.telemed.bridge.leaves import acknowledged, given, keep
from tests.telemed.conftest import FakeClock


async def spoil(db: Database, data: str = "{") -> None:
    async with db.write() as session:
        await (await session.connection()).exec_driver_sql("UPDATE leaforder SET data = ?", (data,))


async def test_an_order_that_cannot_be_read_keeps_no_other_and_is_replaced(db: Database, clock: FakeClock) -> None:
    orders, done = Orders(db, clock), asyncio.Queue[LeafOrder]()
    await keep(db, orders, "hide", "x", n=1)
    await spoil(db)
    await keep(db, orders, "hide", "y", n=2)
    await keep(db, orders, "hide", "z", n=3)
    async with given(orders, hide=done.put):
        assert [(await done.get()).data for _ in range(2)] == [{"n": 2}, {"n": 3}]
        await acknowledged(orders)
        async with db.read() as session:
            assert await overdue(session, clock() + timedelta(hours=1)) == 1
        assert not orders.trouble.failing
        await keep(db, orders, "hide", "x", n=4)
        assert (await done.get()).data == {"n": 4}
        await acknowledged(orders)


async def test_an_order_that_can_never_be_read_is_set_aside_and_given_once_it_is_mended(
    db: Database, clock: FakeClock, tmp_path: Path
) -> None:
    orders = Orders(db, clock)
    await keep(db, orders, "hide", "x", n=1)
    await spoil(db)
    for _ in range(TRIES):
        assert await orders.waiting() == []
    async with db.read() as session:
        assert await overdue(session, clock() + timedelta(hours=1)) == 0
    (aside,) = await listed(db, tmp_path)
    assert (aside.kind, aside.type, aside.data["target"]) == ("orders", "hide", "x")
    await spoil(db, '{"n": 2}')
    await again(db, tmp_path, aside.id, Kinds([]), clock)
    assert [each.data for each in await orders.waiting()] == [{"n": 2}]
