"""What rooms asks from above: who may come to the door of a room, and in what capacity; and the relays."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.kit.activity import Activity


@dataclass(frozen=True)
class Entry:
    """`rights`: publish, subscribe, admit, record; `booked`: on the booking, so admitted without knocking."""

    activity: Activity
    case_id: UUID | None
    patient_id: UUID | None
    title: str
    role: str
    rights: frozenset[str]
    booked: bool
    studies: tuple[str, ...] = field(default=())  # hospital/StudyInstanceUID


class Doors(Protocol):
    async def entry(self, db: AsyncSession, actor: Actor, room_id: UUID, now: datetime) -> Entry:
        """NotFound for who may not know of it; Conflict while it is not open."""

    async def may_read(self, db: AsyncSession, actor: Actor, room_id: UUID, now: datetime) -> None:
        """NotFound for who may not read what was said."""


class IceServers(Protocol):
    def servers(self, session: str, now: float) -> list[dict[str, Any]]:
        """What RTCPeerConnection takes, its credentials good for some minutes."""
