"""Finds consultations from anywhere: by number, or by their patient's name or number."""

from datetime import datetime

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.schemas import FoundOut
from telemed.consultations.lookup import visible_to
from telemed.consultations.model import Consultation
from telemed.consultations.queries import listed, of_patients_called, rows
from telemed.consultations.rules.states import phase
from telemed.consultations.upcoming import patient_of
from telemed.consultations.words import KIND
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import PatientIdentifier
from telemed.people.names import wanted


async def found(db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
    """Only those that this person may see; the newest first."""
    query = rows().where(visible_to(actor, now))
    if any(each.isdigit() for each in q):
        starts = col(PatientIdentifier.value).startswith(q, autoescape=True)
        numbers = select(PatientIdentifier.patient_id).where(starts)
        has = col(Consultation.number).icontains(q, autoescape=True)
        query = query.where(or_(has, col(Consultation.patient_id).in_(numbers)))
    elif wanted(q):
        query = of_patients_called(query, q)
    else:  # nothing to search for, such as a percent sign
        return []
    english, zones = await departments_en(db), await people.zones(db)
    out = []
    for row, patient, lead in (await db.exec(query.order_by(col(Consultation.id).desc()).limit(most))).all():
        shown = listed(row, patient, lead, english, zones, now)
        out.append(
            FoundOut(
                activity=KIND,
                activity_id=row.id,
                number=row.number or "",
                title=shown.title,
                patient=patient_of(shown),
                since=row.state_since,
                phase=phase(row.state),
            )
        )
    return out
