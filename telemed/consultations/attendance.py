"""What follows for a consultation from who comes and goes: it starts, is interrupted, goes on."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.kinds import Presence
from telemed.activities.model import Participant
from telemed.consultations import readiness
from telemed.consultations.model import Consultation
from telemed.consultations.service import act, facts
from telemed.consultations.words import Action, ParticipantRole, State, Urgency

GONE = timedelta(seconds=45)
ESSENTIAL = {ParticipantRole.lead, ParticipantRole.accompanying}


async def attended(
    db: AsyncSession, row: Consultation, person: Participant, presence: Presence, at: datetime, now: datetime
) -> None:
    """Only the transition table turns it into a state, and only a state has a new version: a colleague who comes or
    goes makes nobody's click stale.
    """
    if presence is Presence.joined:
        await start_if_both_here(db, row, at, now)
    elif presence is Presence.left:
        await _interrupt(db, row, person, at, now)


async def _interrupt(db: AsyncSession, row: Consultation, gone: Participant, at: datetime, now: datetime) -> None:
    if row.state is State.in_progress and gone.role in ESSENTIAL and not gone.present:
        await act(db, None, row, Action.interrupt, await facts(db, row), now, reason="network", at=at)


async def interrupt_if_gone(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Whoever loaded their page anew and did not come back in time is gone like anybody else."""
    for person in await participants.of(db, row.id):
        if person.left_at is not None and person.left_at < now - GONE:
            await _interrupt(db, row, person, person.left_at, now)


async def start_if_both_here(db: AsyncSession, row: Consultation, at: datetime, now: datetime) -> None:
    """In progress as soon as the lead expert and the accompanying physician are both in."""
    present = {each.role for each in await participants.of(db, row.id) if each.present}
    if not present >= ESSENTIAL:
        return
    await readiness.review(db, row, now)  # a test may have been passed a moment ago
    if row.state is State.interrupted:
        await act(db, None, row, Action.resume, await facts(db, row, both_admitted=True), now, at=at)
    elif row.state is State.ready or (row.state is State.accepted and row.urgency is Urgency.stat):
        await act(db, None, row, Action.start, await facts(db, row, both_admitted=True), now, at=at)


async def both_here(db: AsyncSession, consultation_id: UUID) -> bool:
    query = select(Participant.role).where(
        Participant.activity_id == consultation_id, col(Participant.present).is_(True)
    )
    return set((await db.exec(query)).all()) >= ESSENTIAL
