"""When a patient's record changes, everything that rests on it is judged again in the same transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations import service as consultations
from telemed.opinions import identity, recall
from telemed.people.model import Patient
from telemed.people.ports import Correction
from telemed.reading import flagging
from telemed.requests import papers
from telemed.studies import identity as studies


async def record_changed(
    db: AsyncSession,
    patient: Patient,
    corrections: Sequence[Correction],
    others: Sequence[str],
    by: Actor,
    now: datetime,
) -> None:
    """Implements people's RecordChanged. Imaging, the rooms and the work follow by the events written here."""
    if corrections:
        await _identity_changed(db, patient, corrections, by, now)
    await papers.tell_patient_changed(db, patient, [each.field for each in corrections], others, by, now)


async def _identity_changed(
    db: AsyncSession, patient: Patient, corrections: Sequence[Correction], by: Actor, now: datetime
) -> None:
    for link in await studies.judge_again(db, patient, by, now):
        await papers.study_left(db, link.hospital_id, link.study_uid, None, now)
        await recall.review(db, link.hospital_id, link.study_uid, now)
        await flagging.review(db, link.hospital_id, link.study_uid, now)
    await recall.void_prints(db, patient.id)
    await consultations.retitle(db, patient, by, now)
    await identity.note(db, patient, corrections, by, now)
