"""The patient of a consultation is confirmed for a ward round, by one consent."""

from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.model import Consultation
from telemed.people.chart_tables import Admission
from telemed.people.model import Ward
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import ItemState, RoundState
from tests.telemed.conftest import NOW


async def put_on_a_list(db: AsyncSession, row: Consultation, consent_id: UUID) -> None:
    assert row.patient_id is not None
    ward = Ward(hospital_id=row.branch_id, code="5", name="5 病区")
    db.add(ward)
    await db.flush()
    stay = Admission(
        hospital_id=row.branch_id,
        patient_id=row.patient_id,
        ward_id=ward.id,
        bed="01",
        source="typed",
        admitted_at=NOW - timedelta(days=2),
    )
    session = RoundSession(
        on=NOW.date(),
        hub_id=row.hub_id,
        branch_id=row.branch_id,
        ward_id=ward.id,
        ward=ward.name,
        specialty="cardiology",
        state=RoundState.list_open,
        state_since=NOW,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        list_opens_at=NOW,
        locks_at=NOW,
    )
    db.add_all([stay, session])
    await db.flush()
    db.add(
        RoundItem(
            session_id=session.id,
            patient_id=row.patient_id,
            admission_id=stay.id,
            case_id=row.case_id,
            consent_id=consent_id,
            state=ItemState.confirmed,
            state_since=NOW,
            place=1,
            bed=stay.bed,
            minutes=8,
        )
    )
