"""News that survives a crash: a transactional outbox, and a dispatcher whose consumers repeat safely."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.clock import Clock
from telemed.kit.table import Table, json_column, key, moment

log = structlog.get_logger(__name__)
BATCH = 100
RETRY_SECONDS = 1.0


class Outbox(Table, table=True):
    id: UUID = key()
    type: str
    data: dict[str, Any] = json_column()
    occurred_at: datetime = moment()
    delivered_at: datetime | None = moment(optional=True, index=True)


class Inbox(Table, table=True):
    consumer: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)


Consumer = Callable[[AsyncSession, Outbox], Awaitable[None]]


class Transactions(Protocol):
    committed: asyncio.Event

    def read(self) -> AbstractAsyncContextManager[AsyncSession]: ...

    def write(self) -> AbstractAsyncContextManager[AsyncSession]: ...


def publish(db: AsyncSession, kind: str, data: dict[str, Any], now: datetime) -> None:
    """Commits or vanishes with the change it tells of."""
    db.add(Outbox(type=kind, data=data, occurred_at=now))


async def once(db: AsyncSession, consumer: str, event_id: UUID) -> bool:
    """True the first time; the inbox row commits together with the effect, so a repeat is a no-op."""
    if await db.get(Inbox, (consumer, event_id)) is not None:
        return False
    db.add(Inbox(consumer=consumer, event_id=event_id))
    return True


async def deliver(database: Transactions, consumers: Mapping[str, Consumer], now: datetime) -> int:
    """How many are done with. Rows are marked, not passed by `id > last`: a row that commits late is still found."""
    waiting = select(Outbox).where(col(Outbox.delivered_at).is_(None)).order_by(col(Outbox.id)).limit(BATCH)
    async with database.read() as db:
        events = (await db.exec(waiting)).all()
    done = 0
    for event in events:
        try:
            async with database.write() as db:
                taken = [await _hear(db, event, *each) for each in await _left(db, event, consumers)]
                (await db.get_one(Outbox, event.id)).delivered_at = now
        except Exception:
            async with database.write() as db:
                taken = [await _try(db, event, *each) for each in await _left(db, event, consumers)]
                if all(taken):
                    (await db.get_one(Outbox, event.id)).delivered_at = now
        done += all(taken)
    return done


async def _left(db: AsyncSession, event: Outbox, consumers: Mapping[str, Consumer]) -> list[tuple[str, Consumer]]:
    """Who has not had it yet."""
    had = (await db.exec(select(Inbox.consumer).where(Inbox.event_id == event.id))).all()
    return [(name, consumer) for name, consumer in consumers.items() if name not in had]


async def _hear(db: AsyncSession, event: Outbox, name: str, consumer: Consumer) -> bool:
    """The inbox row commits together with the effect."""
    db.add(Inbox(consumer=name, event_id=event.id))
    await consumer(db, event)
    return True


async def _try(db: AsyncSession, event: Outbox, name: str, consumer: Consumer) -> bool:
    """In a savepoint of its own: one that fails is asked again with the next pass, and keeps nobody from hearing."""
    try:
        async with db.begin_nested():
            return await _hear(db, event, name, consumer)
    except Exception:
        log.exception("an event could not be delivered; it is tried again", consumer=name, id=str(event.id))
        return False


async def forget_old(db: AsyncSession, before: datetime) -> None:
    """Events everybody has had, and the marks by which a repeat of one would be known; an id says its age."""
    await db.exec(delete(Outbox).where(col(Outbox.delivered_at) < before))
    await db.exec(delete(Inbox).where(col(Inbox.event_id) < _first_id(before)))


def _first_id(moment: datetime) -> UUID:
    """The smallest UUIDv7 of its millisecond (RFC 9562 §5.7)."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 0x7 << 76 | 0x2 << 62)


async def dispatch(database: Transactions, consumers: Mapping[str, Consumer], clock: Clock) -> None:
    """Wakes at each commit. Consumers read what is true now, so one may hear a failed event after a later one."""
    while True:
        database.committed.clear()
        try:
            while await deliver(database, consumers, clock()):
                pass
        except Exception:
            log.exception("events could not be delivered; they are tried again")
        with suppress(TimeoutError):
            async with asyncio.timeout(RETRY_SECONDS):
                await database.committed.wait()
