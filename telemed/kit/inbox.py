"""Which events each consumer has had; the mark commits together with the effect, so a repeat does nothing."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol
from uuid import UUID

from sqlmodel import Field
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.table import Table


class Inbox(Table, table=True):
    consumer: str = Field(primary_key=True)
    event_id: UUID = Field(primary_key=True)


class Transactions(Protocol):
    committed: asyncio.Event

    def read(self) -> AbstractAsyncContextManager[AsyncSession]: ...

    def write(self) -> AbstractAsyncContextManager[AsyncSession]: ...


async def once(db: AsyncSession, consumer: str, event_id: UUID) -> bool:
    """True the first time. The caller's effect must be in the same transaction as this mark."""
    if await db.get(Inbox, (consumer, event_id)) is not None:
        return False
    db.add(Inbox(consumer=consumer, event_id=event_id))
    return True
