"""What consultations ask of the opinion, which stands above them."""

from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession


class Opinions(Protocol):
    """Implemented by `telemed/opinions`; handed in by `app.py`."""

    async def wrote(self, db: AsyncSession, consultation_id: UUID, staff_id: UUID) -> bool:
        """Whether this person has written text of the opinion that is not signed."""

    async def open_advice(self, db: AsyncSession, consultation_id: UUID) -> int:
        """How many pieces of advice in force the branch still owes an answer or an order."""
