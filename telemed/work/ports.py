"""What deadlines need from outside."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession


class OnDuty(Protocol):
    """Who is on duty at a hub, as groups in the order in which they are called.

    In this department, or where none is named in all of the specialty ("": any).
    """

    async def __call__(
        self, db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None, at: datetime
    ) -> Sequence[Sequence[UUID]]: ...


class Present(Protocol):
    """Who has a page open just now, and so would hear a bell."""

    def present(self) -> Set[UUID]: ...
