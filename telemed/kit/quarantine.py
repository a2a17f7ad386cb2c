"""What a consumer cannot digest, tried several times and then set aside for a person, so that the rest goes on."""

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
    """An event that one consumer failed at; set aside once it has been tried often enough."""

    __table_args__ = (UniqueConstraint("consumer", "event_id"),)

    id: UUID = key()
    kind: str  # "event": of the outbox; else the consumer of a leaf's events
    consumer: str
    event_id: UUID = Field(index=True)
    type: str
    data: dict[str, Any] = json_column()  # all of the event, as whoever tries it again needs it
    occurred_at: datetime = moment()
    tries: int = 0
    why: str = ""  # where it failed, never the words of the exception: they may name a patient
    set_aside_at: datetime | None = moment(optional=True)


@dataclass(frozen=True)
class Failed:
    """What failed, in the words of the table."""

    kind: str
    consumer: str
    event_id: UUID
    type: str
    data: dict[str, Any]
    occurred_at: datetime


async def take(
    database: Transactions, news: Failed, apply: Callable[[AsyncSession], Awaitable[None]], now: datetime
) -> None:
    """A leaf's event, applied once and in one transaction with the mark that it was.

    Raises when it must come again: because the database is away, or because it has not been tried often enough.
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
    """Counts the failure; true once the event is set aside, and so done with for this consumer.

    `done_with` writes what else that means, in the same transaction.
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
    """Its class, and the last line of ours that it passed."""
    ours = [each for each in traceback.extract_tb(failure.__traceback__) if "/telemed/" in each.filename]
    at = f" at {ours[-1].filename.rpartition('/telemed/')[2]}:{ours[-1].lineno}" if ours else ""
    return type(failure).__name__ + at


async def _row(db: AsyncSession, consumer: str, event_id: UUID) -> Quarantine | None:
    query = select(Quarantine).where(Quarantine.consumer == consumer, Quarantine.event_id == event_id)
    return (await db.exec(query)).one_or_none()


async def succeeded(db: AsyncSession, consumer: str, event_id: UUID) -> None:
    """It went well in the end."""
    if (row := await _row(db, consumer, event_id)) is not None:
        await db.delete(row)


async def set_aside(db: AsyncSession) -> list[Quarantine]:
    query = select(Quarantine).where(col(Quarantine.set_aside_at).is_not(None))
    return list((await db.exec(query.order_by(col(Quarantine.id)))).all())


async def counts(db: AsyncSession) -> dict[str, int]:
    """How many are set aside, by kind."""
    aside = select(Quarantine.kind, func.count()).where(col(Quarantine.set_aside_at).is_not(None))
    return dict((await db.exec(aside.group_by(Quarantine.kind))).all())


async def forget_old(db: AsyncSession, before: datetime) -> None:
    """Of those that went well in the end nobody needs to know for long; what is set aside stays."""
    old = col(Quarantine.occurred_at) < before
    await db.exec(delete(Quarantine).where(old, col(Quarantine.set_aside_at).is_(None)))


async def reopen(db: AsyncSession, row: Quarantine) -> None:
    """The consumer has not had it, as far as anybody knows, and is asked again."""
    if (had := await db.get(Inbox, (row.consumer, row.event_id))) is not None:
        await db.delete(had)
    await db.delete(row)
    await db.flush()
