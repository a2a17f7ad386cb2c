"""Reaches the rungs of all deadlines as their moments come, and does what happens by itself when one is due."""

import asyncio
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.errors import Unavailable
from telemed.kit.clock import Clock
from telemed.kit.supervisor import Trouble
from telemed.work import acts, deadlines
from telemed.work.model import Deadline
from telemed.work.ports import OnDuty

log = structlog.get_logger(__name__)
AT_ONCE: Final = 100  # deadlines on one page
LONGEST_SLEEP: Final = timedelta(seconds=1)  # a deadline that begins meanwhile is at most this late
SHORTEST_SLEEP: Final = timedelta(milliseconds=20)


async def take_due(
    database: Database, now: datetime, on_duty: OnDuty, clock: Clock | None = None
) -> dict[UUID, Exception]:
    """Takes everything that is due, each deadline in a transaction of its own; returns the failures, by deadline.

    After an outage that may be thousands: before each full page comes what rings, and with a `clock` what has come to
    its next rung meanwhile, so that no emergency waits for the rest.
    """
    failed: dict[UUID, Exception] = {}
    after: tuple[datetime, UUID] | None = None
    while True:
        at = clock() if clock else now
        async with database.read() as db:
            page = await deadlines.due(db, at, AT_ONCE, after)
            rings = await deadlines.due(db, at, AT_ONCE, only_rings=True) if len(page) == AT_ONCE else ()
        for id in dict.fromkeys(id for _, id in (*rings, *page)):
            if id in failed:
                continue
            try:
                async with database.write() as db:
                    await _take(db, id, at, on_duty)
            except Unavailable:
                raise
            except Exception as failure:
                failed[id] = failure
        if len(page) < AT_ONCE:
            return failed
        after = page[-1]


async def _take(db: AsyncSession, id: UUID, now: datetime, on_duty: OnDuty) -> None:
    await acts.lock(db, found := await db.get_one(Deadline, id))
    act = acts.of(found)
    deadline = await db.get_one(Deadline, id, with_for_update=True, populate_existing=True)
    if act and _still_due(deadline, now) and await deadlines.awaits_act(db, deadline, now):
        await act.do(db, deadline, now)
        await db.flush()
    if _still_due(deadline, now):
        await deadlines.advance(db, deadline, now, on_duty)


def _still_due(deadline: Deadline, now: datetime) -> bool:
    """It may have ended or been moved since it was found."""
    return deadline.done_at is None and deadline.at is not None and deadline.at <= now


class Deadlines:
    """The background task: sleeps until the next rung is due, and at most a second."""

    def __init__(self, database: Database, clock: Clock, on_duty: OnDuty) -> None:
        self._database, self._clock, self._on_duty = database, clock, on_duty
        self.trouble = Trouble()

    async def run(self) -> None:
        while True:
            try:
                self._note(await take_due(self._database, self._clock(), self._on_duty, self._clock))
                pause = await self._until_next()
            except Unavailable as why:
                if self.trouble.failed(why):
                    log.warning("deadlines were put off", why=why.code)
                pause = LONGEST_SLEEP
            await asyncio.sleep(pause.total_seconds())

    def _note(self, failed: dict[UUID, Exception]) -> None:
        """Logs a failure once, and not each second for as long as it lasts."""
        for id, failure in failed.items():
            if self.trouble.failed(failure, id):
                log.error("a deadline could not be moved; it is tried again", id=str(id), exc_info=failure)
        self.trouble.round(failed)

    async def _until_next(self) -> timedelta:
        if self.trouble.failing:
            return LONGEST_SLEEP
        async with self._database.read() as db:
            at = await deadlines.earliest(db)
        left = at - self._clock() if at else LONGEST_SLEEP
        return max(SHORTEST_SLEEP, min(left, LONGEST_SLEEP))
