"""Waits until a task is blocked, so that a test can put one writer into the middle of another's transaction."""

import asyncio
from typing import Any

from sqlalchemy import text

from telemed.db import Database

BLOCKED = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


async def until_blocked(database: Database, task: asyncio.Future[Any]) -> None:
    """Until the task waits for a lock on PostgreSQL, or is done without one; on SQLite writers queue anyway."""
    if database.is_sqlite:
        return
    async with asyncio.timeout(30):
        while not task.done():
            async with database.read() as db:
                if (await (await db.connection()).execute(BLOCKED)).scalar_one():
                    return
