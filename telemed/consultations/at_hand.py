"""What whoever is on duty may be called about: the consultations that they lead, as long as something is to be done."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.model import Answer, Participant
from telemed.activities.schemas import AtHandOut, SignBrief
from telemed.consultations.lookup import visible_to
from telemed.consultations.model import IS_STAT, Consultation
from telemed.consultations.queries import listed, rows
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.states import BEFORE_MEETING, phase
from telemed.consultations.upcoming import patient_of, place_of
from telemed.consultations.words import KIND, State
from telemed.people import service as people
from telemed.people.english import departments_en

SOON: Final = timedelta(hours=16)  # a night, and the morning after it
MOST: Final = 20
# The meeting goes on, or what it advised is being done: from here on it is called about again.
UNDER_WAY: Final = (
    State.in_progress,
    State.interrupted,
    State.answering,
    State.signed,
    State.acknowledged,
    State.executing,
)


async def at_hand(db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
    """Those that this person leads, or takes part in as an expert, that are under way or meet within the night."""
    c = Consultation
    with_me = select(Participant.id).where(Participant.activity_id == c.id, Participant.staff_id == actor.id)
    with_me = with_me.where(Participant.answer != Answer.declined)
    ahead = col(c.state).in_(BEFORE_MEETING) & (func.coalesce(c.starts_at, now) < now + SOON)
    query = rows().where(c.hub_id == actor.hospital_id, or_(col(c.lead_id) == actor.id, with_me.exists()))
    query = query.where(or_(col(c.state).in_(UNDER_WAY), ahead), visible_to(actor, now))
    found = (await db.exec(query.order_by(IS_STAT.desc(), col(c.state_since).desc()).limit(MOST))).all()
    english, zones = await departments_en(db), await people.zones(db)
    out = []
    for row, patient, lead in found:
        shown, content = listed(row, patient, lead, english, zones, now), request_of(row)
        out.append(
            AtHandOut(
                activity=KIND,
                activity_id=row.id,
                title=shown.title,
                urgency=row.urgency,
                patient=patient_of(shown),
                place=place_of(shown),
                phase=phase(row.state),
                starts_at=row.starts_at,
                vitals=[
                    SignBrief(name=each.name, value=each.value, unit=each.unit, flag=each.flag)
                    for each in content.vitals
                ],
                vitals_at=content.vitals_at,
            )
        )
    return out
