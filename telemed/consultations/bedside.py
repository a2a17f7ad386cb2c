"""The branch's side of a meeting: only the branch can send another accompanying physician, so it hears in time."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.consultations.expecting import begin, due_by
from telemed.consultations.ladders import BEDSIDE
from telemed.consultations.model import Consultation
from telemed.consultations.rules.booking import there
from telemed.consultations.words import NOT_BEGUN, State, Urgency
from telemed.work import deadlines
from telemed.work import service as work
from telemed.work.model import RING, WorkKind


async def changed(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Somebody came or left, or the state is another: it is told if nobody of the branch is there for too long."""
    since, runs = await _should_meet_since(db, row), await deadlines.running(db, row.id, BEDSIDE)
    who = await participants.one(db, row.id, row.accompanying_id) if row.accompanying_id else None
    if since is None or (who is not None and there(who)):
        if runs:
            await deadlines.end(db, row.id, BEDSIDE, now)
    elif not runs:
        due = await due_by(db, row, BEDSIDE, now, max(now, since))
        await begin(db, row, BEDSIDE, BEDSIDE, due, now, owners=[row.requester_id])


async def _should_meet_since(db: AsyncSession, row: Consultation) -> datetime | None:
    """From when the two sides should be there; None while they meet or need not, as another time is looked for."""
    if row.state in (State.scheduled, State.ready):
        return row.starts_at
    waits = row.state is State.interrupted and await _goes_on(db, row)
    return row.state_since if waits or await called_now(db, row) else None


async def _goes_on(db: AsyncSession, row: Consultation) -> bool:
    """Whether what was interrupted should go on: no other time is looked for, or the lead waits there or is called."""
    if not await work.open_items(db, row.id, WorkKind.book) or await deadlines.running(db, row.id, RING):
        return True
    lead = await participants.one(db, row.id, row.lead_id) if row.lead_id else None
    return lead is not None and there(lead)


async def called_now(db: AsyncSession, row: Consultation) -> bool:
    """Whether an emergency was taken and should begin: not reopened, and no other time is looked for."""
    if row.state is not State.accepted or row.urgency is not Urgency.stat or row.lead_id is None or row.started_at:
        return False
    asked = await work.open_items(db, row.id, WorkKind.book)
    return all(each.note.get("reason") == NOT_BEGUN for each in asked)
