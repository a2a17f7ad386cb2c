"""Who takes an emergency, or is called to lead it, leaves the meeting they are in; if they led it, all there are told
why."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.events import CalledAway
from telemed.activities.model import Participant
from telemed.consultations.engine import act
from telemed.consultations.lookup import about
from telemed.consultations.model import Consultation
from telemed.consultations.words import CALLED_AWAY, Action, ParticipantRole, State
from telemed.history.events import About
from telemed.history.service import hint


async def leave_for(db: AsyncSession, actor: Actor, taken: Consultation, now: datetime) -> None:
    """Takes this person out of each other room, and interrupts what cannot go on without them, instead of leaving that
    to the room, which knows no reason.

    They may have answered in another window or on another computer than the one of that room, in which they would go
    on being heard. They come back as they came before.
    """
    p = Participant
    there = (
        await db.exec(select(p.activity_id, p.role, p.activity).where(p.staff_id == actor.id, col(p.present)))
    ).all()
    led = {id for id, as_whom, _ in there if as_whom == ParticipantRole.lead}
    kinds = {id: kind for id, _, kind in there}
    others = kinds.keys() - {taken.id}
    query = select(Consultation).where(col(Consultation.id).in_(others))
    for row in (await db.exec(query.order_by(col(Consultation.id)).with_for_update())).all():
        if row.id in led and row.state is State.in_progress:
            await act(db, actor, row, Action.interrupt, now, reason=CALLED_AWAY)
        hint(db, CalledAway(staff_id=actor.id), about(row), now)
        others.discard(row.id)
    for id in others:  # rooms of other kinds, which nobody must stay in
        elsewhere = About(actor.hospital_id, activity=kinds[id], activity_id=id)
        hint(db, CalledAway(staff_id=actor.id), elsewhere, now)
