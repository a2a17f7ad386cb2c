"""News that survives a crash: a transactional outbox, and a dispatcher to consumers that bear a repeat."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, Protocol, runtime_checkable
from uuid import UUID

import structlog
from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.errors import Unavailable
from telemed.kit import quarantine
from telemed.kit.clock import Clock
from telemed.kit.failures import passing, readable
from telemed.kit.inbox import Inbox as Inbox
from telemed.kit.inbox import Transactions as Transactions
from telemed.kit.inbox import once as once
from telemed.kit.quarantine import Failed, Quarantine
from telemed.kit.supervisor import Trouble
from telemed.kit.table import Table, first_id, json_column, key, moment

log = structlog.get_logger(__name__)
BATCH = 100
TOGETHER = 8  # events in one transaction, for one sync of the disk
PIECE = 500  # rows that are deleted at once
RETRY_SECONDS = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 2.0  # seconds between two tries of one event; ten tries take 15 s
OF_THE_OUTBOX: Final = "event"  # the quarantine's `kind` of these
READING: Final = "reading"  # the quarantine's `consumer` of an event whose row cannot be read


class Outbox(Table, table=True):
    id: UUID = key()
    type: str
    data: dict[str, Any] = json_column()
    occurred_at: datetime = moment()
    delivered_at: datetime | None = moment(optional=True, index=True)


Consumer = Callable[[AsyncSession, Outbox], Awaitable[None]]


@runtime_checkable
class Choosing(Protocol):
    """A consumer that knows by its type which events it does nothing with; those need no inbox row."""

    def concerns(self, kind: str) -> bool: ...


def publish(db: AsyncSession, kind: str, data: dict[str, Any], now: datetime) -> None:
    """Adds to the outbox in the transaction of the change, so it is delivered if and only if the change commits."""
    db.add(Outbox(type=kind, data=data, occurred_at=now))


class Pauses:
    """When an item that failed (an event, a print) is tried again. Each item has a pause of its own.

    `first` and `longest` in seconds; each pause is twice the one before.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        first: float = FIRST_PAUSE,
        longest: float = LONGEST_PAUSE,
    ) -> None:
        self._clock, self._first, self._longest = clock, first, longest
        self._failed: dict[UUID, tuple[int, float]] = {}  # how often, and when it is due again

    def failed(self, event: UUID) -> None:
        times = self._failed.get(event, (0, 0.0))[0] + 1
        self._failed[event] = times, self._clock() + min(self._longest, self._first * 2 ** min(times - 1, 10))

    def over(self, event: UUID) -> None:
        self._failed.pop(event, None)

    def resting(self) -> set[UUID]:
        now = self._clock()
        return {event for event, (_, due) in self._failed.items() if due > now}


async def deliver(
    database: Transactions, consumers: Mapping[str, Consumer], now: datetime, pauses: Pauses | None = None
) -> int:
    """Delivers one batch and returns how many events are finished.

    Delivered rows are marked; reading on by `id > last` would miss a row that commits late.
    """
    pauses = pauses or Pauses()
    events, unreadable = await _waiting(database, pauses.resting())
    finished = 0
    for id, failure in unreadable.items():
        aside = await _set_aside(database, id, failure, now)
        (pauses.over if aside else pauses.failed)(id)
        finished += aside
    for start in range(0, len(events), TOGETHER):
        some = events[start : start + TOGETHER]
        failed = await _deliver(database, some, consumers, now)
        for event in some:
            (pauses.failed if event.id in failed else pauses.over)(event.id)
        finished += len(some) - len(failed)
    return finished


async def _waiting(database: Transactions, resting: set[UUID]) -> tuple[Sequence[Outbox], dict[UUID, Exception]]:
    """The next batch, and those of it that cannot be read, with why."""
    waiting = col(Outbox.delivered_at).is_(None) & col(Outbox.id).not_in(resting)
    try:
        async with database.read() as db:
            return (await db.exec(select(Outbox).where(waiting).order_by(col(Outbox.id)).limit(BATCH))).all(), {}
    except Exception as failure:
        if passing(failure) is not None:
            raise
    async with database.read() as db:
        ids = (await db.exec(select(Outbox.id).where(waiting).order_by(col(Outbox.id)).limit(BATCH))).all()

    async def read(some: Sequence[UUID]) -> Sequence[Outbox]:
        async with database.read() as db:
            return (await db.exec(select(Outbox).where(col(Outbox.id).in_(some)).order_by(col(Outbox.id)))).all()

    failed: dict[UUID, Exception] = {}
    return await readable(read, ids, failed), failed


async def _set_aside(database: Transactions, id: UUID, failure: Exception, now: datetime) -> bool:
    """Counts that the event cannot be read; true once it is set aside."""
    async with database.read() as db:
        kind = (await db.exec(select(Outbox.type).where(Outbox.id == id))).one()
    news = Failed(OF_THE_OUTBOX, READING, id, kind, {}, now)  # when it occurred may be what cannot be read
    return await quarantine.failed(database, news, failure, now, lambda db: _finish(db, [id], now))


async def _deliver(
    database: Transactions, events: Sequence[Outbox], consumers: Mapping[str, Consumer], now: datetime
) -> set[UUID]:
    """All in one transaction; if that fails, each in one of its own. Returns the events that are not finished."""
    try:
        async with database.write() as db:
            had = await _had(db, events)
            for event in events:
                for name, consumer in _left(had, event, consumers):
                    await _hear(db, event, name, consumer)
                await db.flush()
                db.expunge_all()  # the next one reads what is true by then
            await _finish(db, [event.id for event in events], now)
    except Exception as failure:
        if passing(failure) is not None:
            raise
        if len(events) > 1:
            return {id for event in events for id in await _deliver(database, [event], consumers, now)}
        return set() if await _one_by_one(database, events[0], consumers, now) else {events[0].id}
    return set()


async def _had(db: AsyncSession, events: Sequence[Outbox]) -> set[tuple[UUID, str]]:
    """Which consumers have had which of these events already."""
    marks = select(Inbox.event_id, Inbox.consumer).where(col(Inbox.event_id).in_([event.id for event in events]))
    return set((await db.exec(marks)).all())


def _left(had: set[tuple[UUID, str]], event: Outbox, consumers: Mapping[str, Consumer]) -> list[tuple[str, Consumer]]:
    """The consumers that the event concerns and that have not had it yet."""
    concerned = {
        name: each for name, each in consumers.items() if not isinstance(each, Choosing) or each.concerns(event.type)
    }
    return [(name, consumer) for name, consumer in concerned.items() if (event.id, name) not in had]


async def _finish(db: AsyncSession, ids: Sequence[UUID], now: datetime) -> None:
    await db.exec(update(Outbox).where(col(Outbox.id).in_(ids)).values(delivered_at=now))


async def _hear(db: AsyncSession, event: Outbox, name: str, consumer: Consumer) -> None:
    """The inbox row commits together with the consumer's effect, so a repeat does nothing."""
    db.add(Inbox(consumer=name, event_id=event.id))
    await consumer(db, event)


async def _one_by_one(database: Transactions, event: Outbox, consumers: Mapping[str, Consumer], now: datetime) -> bool:
    """Each consumer in a transaction of its own, so that one that fails does not keep the event from the others.

    True once every consumer has had it or the event was set aside for those that failed.
    """
    async with database.read() as db:
        left = _left(await _had(db, [event]), event, consumers)
    taken = [await _try(database, event, name, consumer, now) for name, consumer in left]
    if all(taken):
        async with database.write() as db:
            await _finish(db, [event.id], now)
    return all(taken)


async def _try(database: Transactions, event: Outbox, name: str, consumer: Consumer, now: datetime) -> bool:
    try:
        async with database.write() as db:
            await _hear(db, event, name, consumer)
            await quarantine.succeeded(db, name, event.id)
    except Exception as failure:
        if passing(failure) is not None:
            raise
        log.exception("an event could not be delivered", consumer=name, id=str(event.id))
        news = Failed(OF_THE_OUTBOX, name, event.id, event.type, event.data, event.occurred_at)
        return await quarantine.failed(database, news, failure, now)
    return True


async def forget_old(db: AsyncSession, now: datetime, kept: timedelta) -> int:
    """Deletes some delivered events older than `kept`, and some of their inbox rows; returns how many rows.

    To be called until it returns 0, each time in a transaction of its own, so that others do not wait long.
    An event that is set aside stays, with its inbox rows: it may be tried again by the consumer that failed at it.
    """
    before, aside = now - kept, select(Quarantine.event_id)
    done = select(Outbox.id).where(col(Outbox.delivered_at) < before, col(Outbox.id).not_in(aside)).limit(PIECE)
    gone = await db.exec(delete(Outbox).where(col(Outbox.id).in_(done)))
    waiting = select(Outbox.id).where(col(Outbox.delivered_at).is_(None))
    old = col(Inbox.event_id) < first_id(kept)
    marks = select(Inbox.event_id).where(old, col(Inbox.event_id).not_in(aside), col(Inbox.event_id).not_in(waiting))
    unmarked = await db.exec(delete(Inbox).where(col(Inbox.event_id).in_(marks.limit(PIECE))))
    await quarantine.forget_old(db, before)
    return gone.rowcount + unmarked.rowcount


async def oldest_waiting(db: AsyncSession) -> datetime | None:
    """When the oldest undelivered event occurred; None if there is none."""
    return (await db.exec(select(func.min(Outbox.occurred_at)).where(col(Outbox.delivered_at).is_(None)))).one()


async def again(db: AsyncSession, row: Quarantine) -> None:
    """Delivers an event that was set aside once more to the consumer that failed at it."""
    await quarantine.reopen(db, row)
    await db.exec(update(Outbox).where(col(Outbox.id) == row.event_id).values(delivered_at=None))


async def dispatch(
    database: Transactions, consumers: Mapping[str, Consumer], clock: Clock, trouble: Trouble | None = None
) -> None:
    """Delivers at each commit, for ever. A failed event may come after later ones: consumers act on what is true."""
    trouble, pauses = trouble or Trouble(), Pauses()
    while True:
        database.committed.clear()
        try:
            while await deliver(database, consumers, clock(), pauses):
                pass
            trouble.passed()
        except Unavailable as why:
            if trouble.failed(why):
                log.warning("events wait for the database", why=why.code)
        with suppress(TimeoutError):
            async with asyncio.timeout(RETRY_SECONDS):
                await database.committed.wait()
