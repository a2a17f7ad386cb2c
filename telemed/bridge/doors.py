"""Who may come to a room: passes the question of `rooms` on to the kind of activity whose room it is."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import ActivityKind, Kinds
from telemed.errors import NotFound
from telemed.rooms.ports import Entry


class ActivityDoors:
    """Implements Doors."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds

    async def entry(self, db: AsyncSession, actor: Actor, room_id: UUID, now: datetime) -> Entry:
        return await (await self._kind(db, room_id)).entry(db, actor, room_id, now)

    async def may_read(self, db: AsyncSession, actor: Actor, room_id: UUID, now: datetime) -> None:
        await (await self._kind(db, room_id)).may_read(db, actor, room_id, now)

    async def _kind(self, db: AsyncSession, room_id: UUID) -> ActivityKind:
        kind, _ = await self._kinds.find(db, room_id)
        if kind is None:
            raise NotFound("There is no such room.")
        return kind
