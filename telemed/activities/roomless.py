"""A kind of activity without a booked time: nobody is called in, waited for or looked for; no room."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Attended, Listed
from telemed.activities.schemas import Announced, AtHandOut, FoundOut, HeldOut, NextOut, RingingOut
from telemed.activities.words import Phase
from telemed.errors import NotFound
from telemed.rooms.ports import Entry, Standing


class Roomless:
    """The part of ActivityKind that such kinds answer alike."""

    name: str

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        raise NotFound("This has no room.")

    async def device_entry(self, db: AsyncSession, id: UUID) -> Entry | None:
        return None

    async def may_stay(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> bool:
        return False

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        return self.name

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        return {}

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        return None

    async def ringing(self, db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
        return []

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        return []

    async def at_hand(self, db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
        return []

    async def held(
        self, db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime
    ) -> list[HeldOut]:
        return []

    async def found(self, db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
        return []

    async def not_there(
        self, db: AsyncSession, actor: Actor, id: UUID, resource_id: UUID, words: str, now: datetime
    ) -> None:
        """It is never booked."""

    async def phases(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Phase]:
        return {}

    async def movable(self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Collection[UUID]:
        return ()

    async def announced(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Announced]:
        return {}

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        return {}
