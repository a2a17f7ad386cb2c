"""What rosters ask for from above: who is on leave, which stands in the calendars."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.rules import Span


class OnLeave(Protocol):
    async def __call__(
        self, db: AsyncSession, people: Collection[UUID], within: Span, now: datetime
    ) -> dict[UUID, list[Span]]:
        """Of each of these people their leave that meets this time, in order; nothing of those who have none."""
