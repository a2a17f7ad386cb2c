"""Which booked consultations the clock looks at: those that something has happened to at once, the others in turn."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.db import Database
from telemed.history.model import EventRow
from telemed.rooms.events import DeviceTested

TURNS = 12  # passes in which each is looked at once, whatever happened: a minute


class DueReviews:
    """Kept from pass to pass. The first pass takes all."""

    def __init__(self) -> None:
        self._last: UUID | None = None  # the newest event that was taken into account
        self._turn = 0

    async def which(self, database: Database) -> list[UUID]:
        self._turn = (self._turn + 1) % TURNS
        async with database.read() as db:
            booked = await _booked(db)
            touched, newest = await _touched(db, self._last)
            first, self._last = self._last is None, newest
        return [
            id
            for id, *concerns in booked
            if first or id.int % TURNS == self._turn or id in touched or not touched.isdisjoint(concerns)
        ]


async def _booked(db: AsyncSession) -> Sequence[tuple[UUID, UUID | None, UUID | None, UUID | None]]:
    """Each with its patient, and with the two whose device tests count."""
    c = Consultation
    query = select(c.id, c.patient_id, c.lead_id, c.accompanying_id)
    return (await db.exec(query.where(col(c.state).in_([State.scheduled, State.ready])))).all()


async def _touched(db: AsyncSession, since: UUID | None) -> tuple[set[UUID], UUID | None]:
    """The activities and patients of the events since then and who tested their devices, and the newest event.

    On PostgreSQL an event may become visible after a newer one: its consultation then waits for its turn.
    """
    if since is None:
        newest = (await db.exec(select(EventRow.id).order_by(col(EventRow.id).desc()).limit(1))).first()
        return set(), newest
    e = EventRow
    tester = case((col(e.type) == DeviceTested.type, col(e.actor_id)))  # what else a person did concerns one case only
    query = select(e.id, e.activity_id, e.patient_id, tester).where(col(e.id) > since).order_by(col(e.id))
    found = (await db.exec(query)).all()
    return {each for _, *concerned in found for each in concerned if each}, found[-1][0] if found else since
