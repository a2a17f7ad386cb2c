"""What deadlines need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession


class OnDuty(Protocol):
    """Who is on duty at a hub for a specialty ("": any), as groups in the order in which they are called."""

    async def __call__(
        self, db: AsyncSession, hub_id: str, specialty: str, at: datetime
    ) -> Sequence[Sequence[UUID]]: ...
