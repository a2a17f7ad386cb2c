"""When a patient's identity is corrected after a signature, a page of the signed version says what changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.model import Consultation
from telemed.opinions import page_bodies, pages
from telemed.opinions.model import Opinion
from telemed.people import service as people
from telemed.people.model import Patient
from telemed.people.ports import Correction


async def note(db: AsyncSession, patient: Patient, corrections: Sequence[Correction], by: Actor, now: datetime) -> None:
    """Adds the page to each signed version of each of the patient's consultations, once for each change."""
    query = (
        select(Opinion.consultation_id).distinct().join(Consultation, col(Consultation.id) == Opinion.consultation_id)
    )
    query = query.where(Consultation.patient_id == patient.id, col(Opinion.signed_at).is_not(None))
    found = (await db.exec(query.order_by(col(Opinion.consultation_id)))).all()
    if not found:
        return
    body = page_bodies.corrected(corrections, await people.staff(db, by.id))
    for consultation_id in found:
        await pages.note(db, consultation_id, f"{patient.id} version {patient.version}", body, now)
