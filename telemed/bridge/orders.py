"""Orders to the leaves: written with what causes them, given until they are acknowledged, each on its own."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import delete, event, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.bridge.model import LeafOrder
from telemed.db import Database
from telemed.kit.clock import Clock
from telemed.kit.supervisor import Trouble

log = structlog.get_logger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 4.0  # seconds; once a leaf answers again, who lost access is out within five
PATIENCE = 5.0  # seconds a leaf may take for one order
AT_ONCE = 100
OVERDUE = timedelta(seconds=60)
LOOK_AGAIN = 60.0  # seconds, when nothing is due: every commit that keeps an order wakes us

Give = Callable[[LeafOrder], Awaitable[object]]


class Orders:
    """`keep` in the transaction that decides; `run` calls the leaf outside of any, and marks what it acknowledged."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._wake = asyncio.Event()
        self._under_way: set[UUID] = set()
        self.trouble = Trouble()  # of reading them; what a leaf does not take shows by its age
        self._failed: dict[UUID, tuple[int, float]] = {}  # how often, and when it is due again by the loop's time

    async def keep(self, db: AsyncSession, kind: str, subject: str, **data: Any) -> None:
        """Commits or vanishes with the change that causes it."""
        now = self._clock()
        query = select(LeafOrder).where(LeafOrder.kind == kind, LeafOrder.subject == subject)
        row = (await db.exec(query)).one_or_none()
        if row is None:
            row = LeafOrder(kind=kind, subject=subject, rev=0, created_at=now)
        row.rev, row.data = max(micros(now), row.rev + 1), data  # rises although a clock was set back
        row.created_at, row.acknowledged_at = now, None
        db.add(row)
        event.listen(db.sync_session, "after_commit", self._committed)

    async def run(self, leaves: Mapping[str, Give]) -> None:
        """Begins with what an earlier process left behind."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                pause, busy = LOOK_AGAIN, frozenset(self._under_way)  # which may be acknowledged while we read
                try:
                    due = self._due(await self.waiting(), busy)
                    self.trouble.passed()
                except Exception as failure:
                    if self.trouble.failed(failure):
                        log.exception("the orders to the leaves could not be read; it is tried again")
                    pause, due = FIRST_PAUSE, []
                for row in due:
                    self._under_way.add(row.id)
                    tasks.create_task(self._give(row, leaves))
                with suppress(TimeoutError):
                    async with asyncio.timeout(FIRST_PAUSE if self._failed else pause):
                        await self._wake.wait()

    async def waiting(self) -> list[LeafOrder]:
        """Not acknowledged yet, the oldest first."""
        query = select(LeafOrder).where(col(LeafOrder.acknowledged_at).is_(None)).order_by(col(LeafOrder.rev))
        async with self._database.read() as db:
            return list((await db.exec(query)).all())

    def _due(self, rows: list[LeafOrder], busy: frozenset[UUID]) -> list[LeafOrder]:
        """One order of a subject at a time, so that an older one cannot overtake; each waits for itself only."""
        now, never = asyncio.get_running_loop().time(), (0, 0.0)
        due = [each for each in rows if each.id not in busy and self._failed.get(each.id, never)[1] <= now]
        return due[: AT_ONCE - len(self._under_way)]

    async def _give(self, row: LeafOrder, leaves: Mapping[str, Give]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await leaves[row.kind](row)
            async with self._database.write() as db:
                given = col(LeafOrder.id) == row.id, col(LeafOrder.rev) == row.rev  # a newer one is still to be given
                await db.exec(update(LeafOrder).where(*given).values(acknowledged_at=self._clock()))
            self._failed.pop(row.id, None)
        except Exception:
            times = self._failed.get(row.id, (0, 0.0))[0] + 1
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(times - 1, 10))
            self._failed[row.id] = times, asyncio.get_running_loop().time() + pause
            if times & (times - 1) == 0:  # 1, 2, 4, 8 …: a leaf that is away for long does not fill the log
                log.exception("an order to a leaf failed; it is given again", kind=row.kind, times=times)
        finally:
            self._under_way.discard(row.id)
            self._wake.set()

    def _committed(self, _session: object) -> None:
        self._wake.set()


async def overdue(db: AsyncSession, now: datetime) -> int:
    """How many have waited for their leaf longer than a restart of it takes."""
    late = col(LeafOrder.acknowledged_at).is_(None), col(LeafOrder.created_at) < now - OVERDUE
    return (await db.exec(select(func.count()).select_from(LeafOrder).where(*late))).one()


async def oldest_waiting(db: AsyncSession) -> datetime | None:
    """Since when the oldest order waits for its leaf."""
    query = select(func.min(col(LeafOrder.created_at))).where(col(LeafOrder.acknowledged_at).is_(None))
    return (await db.exec(query)).one()


async def forget_old(db: AsyncSession, before: datetime) -> None:
    """Of a subject that nothing was ordered of since."""
    await db.exec(delete(LeafOrder).where(col(LeafOrder.acknowledged_at) < before))


def micros(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)
