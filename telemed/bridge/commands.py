"""What the product orders of signaling: the end of a room, who is out of it, what who is in it may see, a sign-out."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from signaling import Commands
from telemed.access.events import GrantsChanged
from telemed.activities import participants
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Give, Orders
from telemed.cases import service as cases
from telemed.cases.events import ConsentWithdrawn, OfPacket
from telemed.consultations.events import Booked, LeadNamed, Moved, Taken, Unconfirmed
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation, ParticipantRole, State
from telemed.consultations.rules import FINAL
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.people.events import SessionEnded

TALK = frozenset({"publish", "subscribe"})
OVER = FINAL | {State.answering, State.signed, State.closed}
# What may change who may see which study in a room.
MOVES = (OfPacket, LeadNamed, Taken, Booked, Unconfirmed)
HEARS = (SessionEnded, ConsentWithdrawn, GrantsChanged, Moved, OfPacket)


class RoomCommands:
    def __init__(self, database: Database, orders: Orders, commands: Commands) -> None:
        self._database, self._orders, self._commands = database, orders, commands
        self.leaves: Mapping[str, Give] = {
            "sid.revoked": lambda order: commands.revoke(order.subject),
            "room.remove": self._remove,
            "room.end": lambda order: commands.end(order.subject, order.rev, order.data["reason"]),
            "room.grants": self._regrant,
        }

    async def consume(self, db: AsyncSession, heard: Heard) -> None:
        news, id = heard.event, heard.about.activity_id
        if isinstance(news, SessionEnded):
            return await self._orders.keep(db, "sid.revoked", str(news.sid))
        if id is None:
            return None
        if isinstance(news, GrantsChanged):
            if news.ended:  # a role's subject is nobody in a room: whoever came by it has no seat of their own
                await self._orders.keep(db, "room.remove", f"{id}/{news.grantee}")
            return None
        if isinstance(news, ConsentWithdrawn):
            if not await cases.consented(db, id):
                await self._orders.keep(db, "room.end", str(id), reason="consent withdrawn")
            return None
        state = news.target if isinstance(news, Moved) else None
        if state in OVER:
            await self._orders.keep(db, "room.end", str(id), reason=str(state))
        elif isinstance(news, MOVES):
            await self._orders.keep(db, "room.grants", str(id))
        return None

    async def _remove(self, order: LeafOrder) -> None:
        room, _, sub = order.subject.partition("/")
        await self._commands.remove(room, sub, order.rev, "access ended")

    async def _regrant(self, order: LeafOrder) -> None:
        """Reads what is true when it is given: an order that waited says nothing old."""
        id = UUID(order.subject)
        async with self._database.read() as db:
            row = await db.get(Consultation, id)
            if row is None:
                return
            taking_part = await participants.of(db, id)
            studies = [f"{each.hospital_id}/{each.study_uid}" for each in (await images(db, row)).held]
        for each in taking_part:
            grants = TALK | ({"admit", "record"} if each.role == ParticipantRole.lead else set())
            await self._commands.grants(order.subject, str(each.staff_id), grants, studies, order.rev)
