"""What consultations ask of the opinion, which stands above them."""

from typing import NamedTuple, Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.model import Consultation


class Lost(NamedTuple):
    """A signed opinion rests on images that are not the patient's."""

    number: int  # of its newest version
    studies: str  # their titles


class Opinions(Protocol):
    """Implemented by `telemed/opinions`; handed in by `app.py`."""

    async def authors(self, db: AsyncSession, consultation_id: UUID) -> list[UUID]:
        """Who has written text of the opinion: of its versions, and of drafts that another lead expert took over."""

    async def open_advice(self, db: AsyncSession, consultation_id: UUID) -> int:
        """How many pieces of advice in force the branch still owes an answer or an order."""

    async def section_signed(self, db: AsyncSession, consultation_id: UUID) -> bool:
        """Whether an expert has signed their section of an MDT's opinion."""

    async def lost(self, db: AsyncSession, row: Consultation) -> Lost | None:
        """What the newest signed version rests on and is not the patient's; None if all is, or nothing is signed."""
