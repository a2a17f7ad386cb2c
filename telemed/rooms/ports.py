"""The ports of rooms: who may enter a room and how, and the relays."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.kit.activity import Activity


@dataclass(frozen=True)
class Standing:
    """As whom somebody is in a room, and what they may do there; the words of `Entry`."""

    role: str
    rights: frozenset[str]
    booked: bool


@dataclass(frozen=True)
class Entry:
    """How somebody enters a room. `rights`: publish, subscribe, admit, record. `booked`: enters without knocking."""

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
        """How this person enters. Raises NotFound if they may not know of the room, Conflict while it is not open."""

    async def may_read(self, db: AsyncSession, actor: Actor, room_id: UUID, now: datetime) -> None:
        """Raises NotFound if this person may not read what was said."""


class IceServers(Protocol):
    def servers(self, session: str, now: float) -> list[dict[str, Any]]:
        """`iceServers` for RTCPeerConnection; the credentials are valid for some minutes."""
