"""The patient of a consultation is confirmed for a ward round, by one consent."""

from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.model import Consultation
from telemed.history.events import About
from telemed.history.service import emit
from telemed.people.chart_tables import Admission
from telemed.people.events import AdmissionMoved
from telemed.people.model import Ward
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import ItemState, RoundState
from tests.telemed.conftest import NOW


async def put_on_a_list(db: AsyncSession, row: Consultation, consent_id: UUID) -> Admission:
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
    db.add(stay)
    await db.flush()
    await _listed(db, row, stay, RoundState.list_open, consent_id)
    return stay


async def moved_in_mid_round(db: AsyncSession, row: Consultation, stay: Admission) -> None:
    """The same patient lies in another bed than a round has them that goes on."""
    await _listed(db, row, stay, RoundState.live, None, bed="99")
    moved = AdmissionMoved(id=stay.id, from_ward_id=stay.ward_id, ward_id=stay.ward_id)
    emit(db, moved, About(row.branch_id, patient_id=stay.patient_id), NOW)


async def _listed(
    db: AsyncSession, row: Consultation, stay: Admission, state: RoundState, consent_id: UUID | None, bed: str = "01"
) -> None:
    assert stay.ward_id is not None
    session = RoundSession(
        on=NOW.date(),
        hub_id=row.hub_id,
        branch_id=row.branch_id,
        ward_id=stay.ward_id,
        ward="5 病区",
        specialty="cardiology",
        state=state,
        state_since=NOW,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=1),
        list_opens_at=NOW,
        locks_at=NOW,
    )
    db.add(session)
    await db.flush()
    db.add(
        RoundItem(
            session_id=session.id,
            patient_id=stay.patient_id,
            admission_id=stay.id,
            case_id=row.case_id,
            consent_id=consent_id,
            state=ItemState.confirmed,
            state_since=NOW,
            place=1,
            bed=bed,
            minutes=8,
        )
    )
