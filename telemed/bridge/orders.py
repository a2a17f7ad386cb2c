"""Orders to the leaves: written in the transaction that causes them, and repeated until the leaf confirms them."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import structlog
from sqlalchemy import delete, event, func, inspect, update
from sqlalchemy.orm import defer
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from imaging import failures as images
from telemed.bridge.model import LeafOrder
from telemed.db import Database
from telemed.kit import quarantine
from telemed.kit.clock import Clock
from telemed.kit.failures import passing, readable
from telemed.kit.quarantine import Failed, Quarantine
from telemed.kit.supervisor import Trouble

log = structlog.get_logger(__name__)
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 4.0  # seconds; so whoever lost access is out within five once a leaf answers again
PATIENCE = 5.0  # seconds a leaf may take for one order
AT_ONCE = 25  # orders of one kind given at the same time
OVERDUE = timedelta(seconds=60)
LOOK_AGAIN = 60.0  # seconds; only a safety net, because every commit of an order wakes us

CONSUMER: Final = "orders"  # the quarantine's `kind` and `consumer` of orders
Give = Callable[[LeafOrder], Awaitable[object]]


class Orders:
    """`keep` writes an order in the transaction that decides; `run` gives it to the leaf and marks it confirmed."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._wake = asyncio.Event()
        self._under_way: dict[UUID, str] = {}  # id to kind
        self.trouble = Trouble()  # with reading the orders; one that no leaf takes shows in `overdue`
        self._failed: dict[UUID, tuple[int, float]] = {}  # how often, and the loop's time when it is due again

    async def keep(
        self, db: AsyncSession, kind: str, target: str, *, decided_at: datetime | None = None, **data: Any
    ) -> None:
        """Adds an order to the transaction of the change that causes it; it replaces an older one of its target.

        It holds for who is there since before it was decided: now, if `decided_at` does not say otherwise.
        """
        now = self._clock()
        query = select(LeafOrder).where(LeafOrder.kind == kind, LeafOrder.target == target)
        row = (await db.exec(_but_data(query))).one_or_none()  # replaced, even if it cannot be read
        if row is None:
            row = LeafOrder(kind=kind, target=target, rev=0, created_at=now)
        row.rev, row.data = max(micros(decided_at or now), row.rev + 1), data  # rises even if the clock was set back
        row.created_at, row.confirmed_at = now, None
        db.add(row)
        event.listen(db.sync_session, "after_commit", self._committed)

    async def run(self, leaves: Mapping[str, Give]) -> None:
        """Gives orders for ever, first those that an earlier process left; `leaves` says by kind how."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._wake.clear()
                try:
                    due, pause = await self._due()
                    self.trouble.passed()
                except Exception as failure:
                    if self.trouble.failed(failure):
                        log.exception("the orders to the leaves could not be read; it is tried again")
                    pause, due = FIRST_PAUSE, []
                for row in due:
                    self._under_way[row.id] = row.kind
                    tasks.create_task(self._give(row, leaves))
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._wake.wait()

    async def waiting(self, limit: int = AT_ONCE, but: Collection[UUID] = ()) -> list[LeafOrder]:
        """The orders that are not confirmed yet: the `limit` oldest of each kind, without those in `but`."""
        waits = col(LeafOrder.confirmed_at).is_(None), col(LeafOrder.id).not_in(but)
        nth = func.row_number().over(partition_by=col(LeafOrder.kind), order_by=col(LeafOrder.rev)).label("nth")
        ranked = select(LeafOrder.id, nth).where(*waits).subquery()
        query = select(LeafOrder).join(ranked, ranked.c.id == LeafOrder.id).where(ranked.c.nth <= limit)
        try:
            async with self._database.read() as db:
                return list((await db.exec(query.order_by(col(LeafOrder.rev)))).all())
        except Exception as failure:
            if passing(failure) is not None:
                raise
        return await self._readable(select(ranked.c.id).where(ranked.c.nth <= limit))

    async def _readable(self, ids: SelectOfScalar[UUID]) -> list[LeafOrder]:
        """Those that can be read; the others count as failed, rest, and are set aside in the end."""

        async def read(some: Sequence[UUID]) -> Sequence[LeafOrder]:
            async with self._database.read() as db:
                return (await db.exec(select(LeafOrder).where(col(LeafOrder.id).in_(some)))).all()

        async with self._database.read() as db:
            wanted = (await db.exec(ids)).all()
        failed: dict[UUID, Exception] = {}
        found = await readable(read, wanted, failed)
        for id, failure in failed.items():
            self._rest(id)
            async with self._database.read() as db:
                row = (await db.exec(_but_data(select(LeafOrder).where(LeafOrder.id == id)))).one()
            await self._count(row, failure)
        return sorted(found, key=lambda row: row.rev)

    def _rest(self, id: UUID) -> int:
        """Until it is due again after a failure; returns how often it has failed."""
        times = self._failed.get(id, (0, 0.0))[0] + 1
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(times - 1, 10))
        self._failed[id] = times, asyncio.get_running_loop().time() + pause
        return times

    async def _due(self) -> tuple[list[LeafOrder], float]:
        """The orders to give now, and in how many seconds to look again.

        An order that is under way or pausing after a failure is left out, and delays no other. Each kind has AT_ONCE
        places of its own, so that a leaf that hangs takes none from another's.
        """
        busy, time = Counter(self._under_way.values()), asyncio.get_running_loop().time
        now = time()
        resting = {id: due for id, (_, due) in self._failed.items() if due > now}
        asked = set(self._failed) - set(self._under_way) - set(resting)  # before reading: what fails meanwhile stays
        rows = await self.waiting(AT_ONCE, {*self._under_way, *resting})
        if max(Counter(each.kind for each in rows).values(), default=0) < AT_ONCE:  # else more may be waiting
            for done in asked - {each.id for each in rows}:
                if self._failed.get(done, (0, 0.0))[1] <= now:  # else it could not be read again
                    self._failed.pop(done, None)
        due = list[LeafOrder]()
        for row in rows:
            if busy[row.kind] < AT_ONCE:  # the rest is due when one of its kind is done, which wakes us
                busy[row.kind] += 1
                due.append(row)
        return due, max(0.0, min(resting.values()) - time()) if resting else LOOK_AGAIN

    async def _give(self, row: LeafOrder, leaves: Mapping[str, Give]) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await leaves[row.kind](row)
            async with self._database.write() as db:
                await self._done_with(db, row)
                if row.id in self._failed:
                    await quarantine.succeeded(db, CONSUMER, _event_id(row))
            self._failed.pop(row.id, None)
        except Exception as failure:
            times = self._rest(row.id)
            if _seldom(times):
                log.exception("an order to a leaf failed; it is given again", kind=row.kind, times=times)
            await self._count(row, failure)
        finally:
            self._under_way.pop(row.id, None)
            self._wake.set()

    async def _count(self, row: LeafOrder, failure: Exception) -> None:
        """Counts a failure, and sets the order aside in the end; a leaf that is only away is waited for."""
        if is_away(failure):
            return
        about = {"order": str(row.id), "rev": row.rev, "target": row.target}
        if "data" not in inspect(row).unloaded:  # else it cannot be read
            about["data"] = row.data
        news = Failed(CONSUMER, CONSUMER, _event_id(row), row.kind, about, row.created_at)
        try:
            if await quarantine.failed(
                self._database, news, failure, self._clock(), lambda db: self._done_with(db, row)
            ):
                self._failed.pop(row.id, None)
        except Exception:
            log.exception("a failed order could not be counted; it is given again", kind=row.kind)

    async def _done_with(self, db: AsyncSession, row: LeafOrder) -> None:
        given = col(LeafOrder.id) == row.id, col(LeafOrder.rev) == row.rev  # a newer order must still be given
        await db.exec(update(LeafOrder).where(*given).values(confirmed_at=self._clock()))

    def _committed(self, _session: object) -> None:
        self._wake.set()


async def overdue(db: AsyncSession, now: datetime) -> int:
    """How many orders have waited for longer than OVERDUE, more than a restart of a leaf takes."""
    late = col(LeafOrder.confirmed_at).is_(None), col(LeafOrder.created_at) < now - OVERDUE
    return (await db.exec(select(func.count()).select_from(LeafOrder).where(*late))).one()


async def oldest_waiting(db: AsyncSession) -> datetime | None:
    """Since when the oldest unconfirmed order waits; None if there is none."""
    query = select(func.min(col(LeafOrder.created_at))).where(col(LeafOrder.confirmed_at).is_(None))
    return (await db.exec(query)).one()


async def again(db: AsyncSession, row: Quarantine) -> None:
    """Gives an order that was set aside again, within a minute, unless its target has a newer order."""
    await quarantine.reopen(db, row)
    same = col(LeafOrder.id) == UUID(row.data["order"]), col(LeafOrder.rev) == row.data["rev"]
    await db.exec(update(LeafOrder).where(*same).values(confirmed_at=None))


def _but_data(query: SelectOfScalar[LeafOrder]) -> SelectOfScalar[LeafOrder]:
    return query.options(defer(LeafOrder.data))  # type: ignore[arg-type]


def is_away(failure: BaseException) -> bool:
    """Whether the leaf, its disk or our database does not answer just now, so that nothing is wrong with the order."""
    return (
        passing(failure) is not None
        or images.passing(failure) is not None
        or isinstance(failure, OSError | sqlite3.OperationalError)
    )


def _seldom(times: int) -> bool:
    """At 1, 2, 4, 8 …, so that a leaf that is away does not fill the log."""
    return times & (times - 1) == 0


def _event_id(row: LeafOrder) -> UUID:
    """An id for the quarantine, different for each decision (`rev`) about a target."""
    return uuid5(row.id, str(row.rev))


async def forget_old(db: AsyncSession, before: datetime) -> None:
    """Deletes orders that were confirmed before `before`."""
    await db.exec(delete(LeafOrder).where(col(LeafOrder.confirmed_at) < before))


def micros(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)
