"""What the product orders of signaling: the end of a room, new grants for who is in it, a sign-out.

Consumers of the outbox only queue: no leaf is called inside a transaction.
"""

import asyncio
import time
from uuid import UUID

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from signaling import Commands
from telemed.access.events import GrantsChanged
from telemed.activities import participants
from telemed.cases import service as cases
from telemed.cases.events import ConsentWithdrawn, OfPacket
from telemed.consultations.events import Booked, LeadNamed, Moved, Taken, Unconfirmed
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation, ParticipantRole, State
from telemed.consultations.rules import FINAL
from telemed.db import Database
from telemed.history.consumers import Heard
from telemed.people.events import SessionEnded

log = structlog.get_logger(__name__)
TRIES, RETRY_SECONDS = 5, 0.5  # who lost access is out within five seconds
OVER = FINAL | {State.answering, State.signed, State.closed}
# What may change who may see which study in a room.
MOVES = (OfPacket, LeadNamed, Taken, Booked, Unconfirmed)
HEARS = (SessionEnded, ConsentWithdrawn, GrantsChanged, Moved, OfPacket)


class RoomCommands:
    def __init__(self, database: Database, commands: Commands) -> None:
        self._database, self._commands = database, commands
        self._queue: asyncio.Queue[tuple[Heard, int]] = asyncio.Queue()

    async def consume(self, _db: AsyncSession, heard: Heard) -> None:
        self._queue.put_nowait((heard, TRIES))

    async def run(self) -> None:
        """An order reads what is true when it is given, so one that failed may be given again after later ones."""
        while True:
            heard, left = await self._queue.get()
            try:
                await self._order(heard)
            except Exception:
                log.exception("a command to signaling failed", kind=heard.event.type, left=left)
                if left > 1:
                    await asyncio.sleep(RETRY_SECONDS)
                    self._queue.put_nowait((heard, left - 1))

    async def _order(self, heard: Heard) -> None:
        news, id = heard.event, heard.about.activity_id
        if isinstance(news, SessionEnded):
            return await self._commands.revoke(str(news.sid))
        if id is None:
            return None
        if isinstance(news, GrantsChanged):
            if news.ended:  # a role's subject is nobody in a room: whoever came by it has no seat of their own
                await self._commands.remove(str(id), news.grantee, "access ended")
            return None
        if isinstance(news, ConsentWithdrawn):
            async with self._database.read() as db:
                consented = await cases.consented(db, id)
            return None if consented else await self._commands.end(str(id), "consent withdrawn")
        state = news.target if isinstance(news, Moved) else None
        if state in OVER:
            await self._commands.end(str(id), str(state))
        elif isinstance(news, MOVES):
            await self._regrant(id)
        return None

    async def _regrant(self, id: UUID) -> None:
        async with self._database.read() as db:
            row = await db.get(Consultation, id)
            if row is None:
                return
            taking_part = await participants.of(db, id)
            studies = [f"{each.hospital_id}/{each.study_uid}" for each in (await images(db, row)).held]
        rev = time.time_ns()
        for each in taking_part:
            grants = {"publish", "subscribe"} | ({"admit", "record"} if each.role == ParticipantRole.lead else set())
            await self._commands.grants(str(id), str(each.staff_id), grants, studies, rev)
