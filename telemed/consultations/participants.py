"""Who takes part: one row per person, their answer to the invitation, and when they came and went."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.model import Answer, Consultation, Participant, ParticipantRole


async def of(db: AsyncSession, consultation_id: UUID) -> list[Participant]:
    query = select(Participant).where(Participant.consultation_id == consultation_id)
    return list((await db.exec(query.order_by(col(Participant.id)))).all())


async def one(db: AsyncSession, consultation_id: UUID, staff_id: UUID) -> Participant | None:
    query = select(Participant).where(Participant.consultation_id == consultation_id, Participant.staff_id == staff_id)
    return (await db.exec(query)).one_or_none()


async def put(db: AsyncSession, row: Consultation, staff_id: UUID, role: ParticipantRole) -> Participant:
    """The person in this role; a lead who is replaced takes part no longer, unless they were already there."""
    for each in await of(db, row.id):
        if role is ParticipantRole.lead and each.role is role and each.staff_id != staff_id:
            if each.joined_at is None:
                await db.delete(each)
            else:
                each.role = ParticipantRole.expert
    found = await one(db, row.id, staff_id)
    if found is None:
        found = Participant(consultation_id=row.id, staff_id=staff_id, role=role, answer=Answer.invited)
        db.add(found)
    found.role = role
    await db.flush()
    return found


async def all_out(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """The room ends for all at once and tells of nobody's leaving."""
    for person in await of(db, row.id):
        if person.present:
            person.left_at = now
        person.present, person.waiting = False, False


def all_accepted(found: list[Participant]) -> bool:
    return all(each.answer is Answer.accepted for each in found if each.required)
