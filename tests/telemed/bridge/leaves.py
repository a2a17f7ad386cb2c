"""Orders on their way to leaves that a test plays itself."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from imaging.grants import GrantRow
from telemed.activities.kinds import Kinds
from telemed.bridge.grants import by_activity
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders
from telemed.db import Database


@asynccontextmanager
async def given(orders: Orders, **leaves: Callable[[LeafOrder], Awaitable[object]]) -> AsyncIterator[None]:
    """While orders are given to these leaves."""
    running = asyncio.create_task(orders.run(leaves))
    try:
        async with asyncio.timeout(10):
            yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def acknowledged(orders: Orders) -> None:
    while await orders.waiting():
        pass


async def keep(database: Database, orders: Orders, kind: str, subject: str, **data: Any) -> None:
    async with database.write() as db:
        await orders.keep(db, kind, subject, **data)


async def granted(db: AsyncSession, kinds: Kinds, now: datetime) -> list[GrantRow]:
    """Every live grant, study by study."""
    return [row for rows in (await by_activity(db, kinds, now, {})).values() for row in rows.values()]
