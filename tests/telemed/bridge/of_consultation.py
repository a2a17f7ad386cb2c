"""A reading that was asked for in a consultation."""

from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.consultations.model import Consultation, activity
from telemed.people.model import Agreement
from telemed.reading.model import Reading
from telemed.reading.words import Part, ReadingPurpose, ReadingState, Side, Urgency
from tests.telemed.conftest import NOW
from tests.telemed.opinions.helpers import OTHER


async def reading_of(db: AsyncSession, row: Consultation, consent_id: UUID) -> Reading:
    """Of its second study, resting on this consent."""
    agreement = (await db.exec(select(Agreement).where(Agreement.branch_id == row.branch_id))).first()
    assert agreement is not None
    assert row.case_id is not None
    assert row.patient_id is not None
    return Reading(
        case_id=row.case_id,
        patient_id=row.patient_id,
        branch_id=row.branch_id,
        hub_id=row.hub_id,
        agreement_id=agreement.id,
        study_uid=OTHER,
        state=ReadingState.requested,
        state_since=NOW,
        urgency=Urgency.routine,
        rank=2,
        purpose=ReadingPurpose.primary,
        modality="CT",
        part=Part.chest,
        side=Side.none,
        examination="胸部平扫",
        question="结节性质？",
        requester_id=row.requester_id,
        consultation_id=row.id,
        consent_id=consent_id,
        requested_at=NOW,
    )


async def give_again(db: AsyncSession, row: Consultation, to: UUID) -> None:
    assert row.case_id is not None
    assert row.patient_id is not None
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=str(to),
        hospital_id=row.branch_id,
        allows=["read"],
        purpose="test",
        by=None,
        now=NOW,
    )
