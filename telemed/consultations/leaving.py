"""Who takes an emergency, or is called to lead it, leaves the meeting they are in: all there are told why."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.model import Participant
from telemed.consultations.engine import act
from telemed.consultations.model import Consultation
from telemed.consultations.words import CALLED_AWAY, ESSENTIAL, Action, State


async def leave_for(db: AsyncSession, actor: Actor, taken: Consultation, now: datetime) -> None:
    """Interrupts what cannot go on without this person, instead of leaving that to the room, which knows no reason."""
    p = Participant
    there = select(p.activity_id).where(p.staff_id == actor.id, col(p.present), col(p.role).in_(ESSENTIAL))
    query = select(Consultation).where(
        col(Consultation.id).in_(there), Consultation.state == State.in_progress, Consultation.id != taken.id
    )
    for row in (await db.exec(query.order_by(col(Consultation.id)).with_for_update())).all():
        await act(db, actor, row, Action.interrupt, now, reason=CALLED_AWAY)
