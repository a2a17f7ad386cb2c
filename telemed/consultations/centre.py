"""The day of a hub: every consultation that it holds, whoever takes part in it; and what the screen of a room says."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.schemas import Announced, HeldOut, LeadBrief
from telemed.consultations.lookup import visible_to
from telemed.consultations.model import Consultation
from telemed.consultations.queries import listed, rows
from telemed.consultations.rules.states import phase
from telemed.consultations.upcoming import patient_of, place_of
from telemed.consultations.words import KIND, State
from telemed.people import service as people
from telemed.people.english import departments_en
from telemed.people.model import Patient, Staff

GIVEN_UP = (State.declined, State.discarded, State.cancelled, State.expired)


async def held(db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime) -> list[HeldOut]:
    """Those booked for this time, and emergencies, which have none, by when they began."""
    c = Consultation
    booked = and_(col(c.starts_at) >= start, col(c.starts_at) < end)
    begun = and_(col(c.starts_at).is_(None), col(c.started_at) >= start, col(c.started_at) < end)
    query = (
        rows()
        .where(c.hub_id == actor.hospital_id, visible_to(actor, now), or_(booked, begun))
        .where(col(c.state).not_in(GIVEN_UP))
        .order_by(func.coalesce(c.starts_at, c.started_at), col(c.id))
    )
    english, zones = await departments_en(db), await people.zones(db)
    out = []
    for row, patient, lead in (await db.exec(query)).all():
        shown = listed(row, patient, lead, english, zones, now)
        at = row.starts_at or row.started_at
        if at is None:  # the query finds none
            continue
        out.append(
            HeldOut(
                activity=KIND,
                activity_id=row.id,
                title=shown.title,
                urgency=row.urgency,
                patient=patient_of(shown),
                place=place_of(shown),
                lead_name=shown.lead_name,
                lead_name_en=shown.lead_name_en,
                starts_at=at,
                ends_at=row.ends_at,
                venue=row.venue,
                venue_en=row.venue_en,
                phase=phase(row.state),
            )
        )
    return out


async def announced(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Announced]:
    """Where the patient lies and who leads it; of no patient."""
    english = await departments_en(db)
    query = (
        select(Consultation.id, Patient, Staff)
        .join(Patient, col(Patient.id) == Consultation.patient_id)
        .join(Staff, col(Staff.id) == Consultation.lead_id, isouter=True)
        .where(col(Consultation.id).in_(ids))
    )
    return {
        id: Announced(
            department=patient.department,
            department_en=english.get((patient.hospital_id, patient.department), ""),
            ward=patient.ward,
            lead=LeadBrief(name=lead.name, name_en=lead.name_en, title=lead.title) if lead else None,
        )
        for id, patient, lead in (await db.exec(query)).all()
    }
