"""An event that a consumer fails at is tried ten times and then set aside for a person, so that the rest goes on."""

import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import UniqueConstraint, delete, func
from sqlmodel import Field, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.failures import passing
from telemed.kit.inbox import Inbox, Transactions, once
from telemed.kit.table import Table, json_column, key, moment

log = structlog.get_logger(__name__)
TRIES: Final = 10


class Quarantine(Table, table=True):
    """One event and one consumer that failed at it; `set_aside_at` is empty while it is still tried."""

    __table_args__ = (UniqueConstraint("consumer", "event_id"),)

    id: UUID = key()
    kind: str  # "event" of the outbox, or else the name of what tries it: see `telemed.bridge.aside.again`
    consumer: str
    event_id: UUID = Field(index=True)
    type: str
    data: dict[str, Any] = json_column()  # the whole event, so that it can be tried again
    occurred_at: datetime = moment()
    tries: int = 0
    why: str = ""  # class and place of the failure, never its message, which may name a patient
    set_aside_at: datetime | None = moment(optional=True)


@dataclass(frozen=True)
class Failed:
    """The event that failed: what `Quarantine` needs for a row."""

    kind: str
    consumer: str
    event_id: UUID
    type: str
    data: dict[str, Any]
    occurred_at: datetime


async def take(
    database: Transactions, news: Failed, apply: Callable[[AsyncSession], Awaitable[None]], now: datetime
) -> None:
    """Applies a leaf's event once, in one transaction with its inbox mark; sets it aside after the last try.

    Raises the failure if the leaf must send it again: it has tries left, or the database is away.
    """
    try:
        async with database.write() as db:
            if await once(db, news.consumer, news.event_id):
                await apply(db)
    except Exception as failure:
        if passing(failure) is not None or not await failed(database, news, failure, now):
            raise


async def failed(
    database: Transactions,
    news: Failed,
    failure: Exception,
    now: datetime,
    done_with: Callable[[AsyncSession], Awaitable[object]] | None = None,
) -> bool:
    """Counts the failure; true once the event is set aside, and so finished for this consumer.

    `done_with` runs in that same transaction, to mark the event as finished elsewhere too.
    """
    async with database.write() as db:
        row = await _row(db, news.consumer, news.event_id)
        if row is None:
            row = Quarantine(**vars(news))
            db.add(row)
        row.tries, row.why = row.tries + 1, where(failure)
        if row.tries < TRIES:
            log.warning(
                "an event failed; it is tried again", consumer=news.consumer, id=str(news.event_id), why=row.why
            )
            return False
        row.set_aside_at = now
        db.add(Inbox(consumer=news.consumer, event_id=news.event_id))
        if done_with is not None:
            await done_with(db)
    log.error("an event is set aside", consumer=news.consumer, id=str(news.event_id), type=news.type, why=row.why)
    return True


def where(failure: BaseException) -> str:
    """The exception's class, and the last line of telemed in its traceback."""
    ours = [each for each in traceback.extract_tb(failure.__traceback__) if "/telemed/" in each.filename]
    at = f" at {ours[-1].filename.rpartition('/telemed/')[2]}:{ours[-1].lineno}" if ours else ""
    return type(failure).__name__ + at


async def _row(db: AsyncSession, consumer: str, event_id: UUID) -> Quarantine | None:
    query = select(Quarantine).where(Quarantine.consumer == consumer, Quarantine.event_id == event_id)
    return (await db.exec(query)).one_or_none()


async def succeeded(db: AsyncSession, consumer: str, event_id: UUID) -> None:
    """A later try went well: forget that it failed."""
    if (row := await _row(db, consumer, event_id)) is not None:
        await db.delete(row)


async def set_aside(db: AsyncSession) -> list[Quarantine]:
    query = select(Quarantine).where(col(Quarantine.set_aside_at).is_not(None))
    return list((await db.exec(query.order_by(col(Quarantine.id)))).all())


async def counts(db: AsyncSession) -> dict[str, int]:
    """How many events are set aside, by kind."""
    aside = select(Quarantine.kind, func.count()).where(col(Quarantine.set_aside_at).is_not(None))
    return dict((await db.exec(aside.group_by(Quarantine.kind))).all())


async def forget_old(db: AsyncSession, before: datetime) -> None:
    """Deletes old failures that were not set aside; what is set aside stays until a person decides."""
    old = col(Quarantine.occurred_at) < before
    await db.exec(delete(Quarantine).where(old, col(Quarantine.set_aside_at).is_(None)))


async def reopen(db: AsyncSession, row: Quarantine) -> None:
    """Removes the row and its inbox mark, so that the event is new to its consumer."""
    if (had := await db.get(Inbox, (row.consumer, row.event_id))) is not None:
        await db.delete(had)
    await db.delete(row)
    await db.flush()
