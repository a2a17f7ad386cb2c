"""Shows what hospital systems said of a patient, to whoever may see them."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import live
from telemed.access.model import Actor, CaseGrant
from telemed.audit.seeing import see
from telemed.people.admissions import open_stay
from telemed.people.chart_schemas import ChartOut, ObservationOut, OlderOut, OrderOut, StayOut
from telemed.people.chart_tables import Observation, ObservationKind, OrderLine
from telemed.people.model import Patient
from telemed.people.ports import SystemState

MOST_READ, MOST_OLDER, MOST_ORDERS = 1000, 20, 200
WITHOUT_STAY: Final = timedelta(days=7)


async def chart(
    db: AsyncSession, actor: Actor, patient: Patient, system: SystemState | None, now: datetime
) -> ChartOut:
    """The newest of each measure with those before it, and the orders in force; `system`: of the patient's hospital.

    Another hospital's people see what was measured since the open stay began, or of the last seven days where nobody
    said when: a grant covers a case, not all that was ever measured (decision 34). `patient` is one of `patients.one`,
    which decides who may see them.
    """
    stay = await open_stay(db, patient.id)
    own = patient.hospital_id == actor.hospital_id
    since = None if own else (stay and stay.admitted_at) or now - WITHOUT_STAY
    see(patient.hospital_id, patient.id, None if own else await _granted_case(db, actor, patient.id, now))
    measured = {kind: await _measured(db, patient.id, kind, since) for kind in ObservationKind}
    orders = select(OrderLine).where(OrderLine.patient_id == patient.id, col(OrderLine.ended_at).is_(None))
    return ChartOut(
        stay=StayOut.model_validate(stay) if stay else None,
        vitals=measured[ObservationKind.vital],
        tests=measured[ObservationKind.test],
        orders=[
            OrderOut.model_validate(each)
            for each in await db.exec(orders.order_by(col(OrderLine.started_at), col(OrderLine.id)).limit(MOST_ORDERS))
        ],
        since=since,
        read_at=patient.sourced_at,
        source=patient.source if patient.sourced_at else "",
        system=system,
        server_time=now,
    )


async def _granted_case(db: AsyncSession, actor: Actor, patient_id: UUID, now: datetime) -> UUID | None:
    """By which case, for the audit log; None: by break-glass, which opens the patient and no single case."""
    query = select(CaseGrant.case_id).where(live(actor, now), CaseGrant.patient_id == patient_id)
    return (await db.exec(query.order_by(col(CaseGrant.id).desc()).limit(1))).first()


async def _measured(
    db: AsyncSession, patient_id: UUID, kind: ObservationKind, since: datetime | None
) -> list[ObservationOut]:
    """The newest of each code with those before it, among the last MOST_READ."""
    query = select(Observation).where(Observation.patient_id == patient_id, Observation.kind == kind)
    if since is not None:
        query = query.where(col(Observation.at) >= since)
    found: dict[str, ObservationOut] = {}
    for each in await db.exec(query.order_by(col(Observation.at).desc(), col(Observation.id)).limit(MOST_READ)):
        newest = found.get(each.code)
        if newest is None:
            found[each.code] = ObservationOut.model_validate(each)
        elif len(newest.older) < MOST_OLDER:
            newest.older.append(OlderOut.model_validate(each))
    return list(found.values())
