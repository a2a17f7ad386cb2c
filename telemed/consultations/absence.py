"""Somebody is away, or a room is closed, at a time that is booked: what follows for the consultation."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.consultations import telling, work
from telemed.consultations.booking import take_answer
from telemed.consultations.booking_events import PlaceClosed
from telemed.consultations.lookup import about
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BOOKED
from telemed.errors import Conflict
from telemed.history.service import emit
from telemed.scheduling import queries as calendars
from telemed.scheduling import service as scheduling


async def not_there(
    db: AsyncSession, actor: Actor, row: Consultation, resource_id: UUID, words: str, now: datetime
) -> None:
    """A person has declined by it. Without a room the time stands, and a coordinator is asked for another room."""
    if row.state not in BOOKED or (row.starts_at is not None and row.starts_at <= now):
        raise Conflict("It has begun.", reason="begun", state=str(row.state))
    mine = await participants.one(db, row.id, resource_id)
    if mine is None:
        await _closed(db, actor, row, resource_id, words, now)
        return
    mine.answer, mine.answered_at, mine.words = Answer.declined, now, words
    mine.proposed_start = mine.proposed_end = None
    await take_answer(db, row, mine, actor, now)


async def _closed(db: AsyncSession, actor: Actor, row: Consultation, venue_id: UUID, words: str, now: datetime) -> None:
    (venue,) = await calendars.described(db, [venue_id])
    await scheduling.leave(db, row.id, venue_id, actor, now)
    if venue.hospital_id == row.hub_id and venue.name == row.venue:
        row.venue = row.venue_en = ""
    elif venue.name == row.branch_venue:
        row.branch_venue = row.branch_venue_en = ""
    row.version += 1
    emit(db, PlaceClosed(venue=venue.name, words=words, rev=row.version), about(row), now, by=actor)
    await telling.of_closed_place(db, row, actor.id, now)
    await work.ask_for_place(db, row, venue.name, venue.name_en, words, now)
