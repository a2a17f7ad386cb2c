"""What the product orders of signaling: the end of a room, new grants for who is in it, a sign-out.

Consumers of the outbox only queue: no leaf is called inside a transaction.
"""

import asyncio
import time
from typing import Any
from uuid import UUID

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from signaling import Commands
from telemed.activities import participants
from telemed.cases import service as cases
from telemed.consultations.materials import images
from telemed.consultations.model import Consultation, ParticipantRole, State
from telemed.consultations.rules import FINAL
from telemed.db import Database
from telemed.kit.events import Outbox

log = structlog.get_logger(__name__)
TRIES, RETRY_SECONDS = 5, 0.5  # who lost access is out within five seconds
OVER = FINAL | {State.answering, State.signed, State.closed}
# What may change who may see which study in a room.
MOVES = ("packet.", "consultation.name_lead", "consultation.take", "consultation.book", "consultation.unconfirm")
HEARD = ("session.ended", "consent.withdrawn", "grants.changed", "consultation.", "packet.")


class RoomCommands:
    def __init__(self, database: Database, commands: Commands) -> None:
        self._database, self._commands = database, commands
        self._queue: asyncio.Queue[tuple[str, dict[str, Any], int]] = asyncio.Queue()

    async def consume(self, _db: AsyncSession, event: Outbox) -> None:
        if event.type.startswith(HEARD):
            self._queue.put_nowait((event.type, event.data, TRIES))

    async def run(self) -> None:
        """An order reads what is true when it is given, so one that failed may be given again after later ones."""
        while True:
            kind, data, left = await self._queue.get()
            try:
                await self._order(kind, data)
            except Exception:
                log.exception("a command to signaling failed", kind=kind, left=left)
                if left > 1:
                    await asyncio.sleep(RETRY_SECONDS)
                    self._queue.put_nowait((kind, data, left - 1))

    async def _order(self, kind: str, data: dict[str, Any]) -> None:
        if kind == "session.ended":
            return await self._commands.revoke(data["sid"])
        if kind == "grants.changed":
            if data["ended"]:  # a role's subject is nobody in a room: whoever came by it has no seat of their own
                await self._commands.remove(data["activity_id"], data["grantee"], "access ended")
            return None
        id = data.get("consultation_id") or (data.get("id") if kind.startswith("consultation.") else None)
        if id is None:
            return
        if kind == "consent.withdrawn":
            async with self._database.read() as db:
                consented = await cases.consented(db, UUID(id))
            return None if consented else await self._commands.end(id, "consent withdrawn")
        if data.get("state") in OVER:
            await self._commands.end(id, str(data["state"]))
        elif kind.startswith(MOVES):
            await self._regrant(UUID(id))

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
