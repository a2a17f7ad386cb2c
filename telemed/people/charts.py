"""Keeps what hospital systems measure and order, once each, and shows it to the patient's own hospital."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import CLINICAL
from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.errors import NotFound
from telemed.people.admissions import open_stay
from telemed.people.chart_tables import Observation, ObservationKind, OrderLine
from telemed.people.model import Patient
from telemed.people.ports import Measured, Ordered, PatientData
from telemed.people.schemas import ChartOut, ObservationOut, OrderOut, StayOut

MOST_READ, MOST_SHOWN = 1000, 200
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


async def keep(db: AsyncSession, patient: Patient, data: PatientData, now: datetime) -> None:
    """What a look-up brought. The caller holds the patient's row. What could not be read changes nothing."""
    await _keep_measured(db, patient.id, data.measured, data.source)
    if "orders" in data.model_fields_set and "orders" not in data.left_out:
        await _keep_orders(db, patient.id, data.orders, data.source, now)


async def _keep_measured(db: AsyncSession, patient_id: UUID, measured: list[Measured], source: str) -> None:
    if not measured:
        return
    since = min(each.at for each in measured)
    query = select(Observation).where(Observation.patient_id == patient_id, col(Observation.at) >= since)
    known = {(each.kind.value, each.code, each.at): each for each in await db.exec(query)}
    for each in measured:
        kind, code, at = each.kind, each.code, each.at
        said = each.model_dump(exclude={"kind", "code", "at"}) | {"source": source}
        row = known.get((kind, code, at))
        if row is None:
            row = Observation(patient_id=patient_id, kind=ObservationKind(kind), **said, code=code, at=at)
            known[kind, code, at] = row
        row.sqlmodel_update(said)
        db.add(row)
    await db.flush()


async def _keep_orders(db: AsyncSession, patient_id: UUID, orders: list[Ordered], source: str, now: datetime) -> None:
    """An order in force that the system lists no longer, among those that it does list, is over."""
    query = select(OrderLine).where(OrderLine.patient_id == patient_id, OrderLine.source == source)
    known = {(each.text, each.started_at): each for each in await db.exec(query)}
    named = {(each.text, each.started_at): each for each in orders}
    since = min((each.started_at or LONG_AGO for each in orders), default=LONG_AGO)
    for key, each in named.items():
        row = known.get(key) or OrderLine(
            patient_id=patient_id, text=each.text, started_at=each.started_at, source=source, medicine=True
        )
        row.medicine, row.ended_at = each.kind == "medicine", each.ended_at
        db.add(row)
    for key, line in known.items():
        if key not in named and line.ended_at is None and (line.started_at or LONG_AGO) >= since:
            line.ended_at = now
    await db.flush()


async def chart(db: AsyncSession, actor: Actor, patient_id: UUID) -> ChartOut:
    """The newest of each measure and the orders in force. Only the own hospital: a grant covers the case, not all."""
    patient = await db.get(Patient, patient_id)
    if patient is None or patient.hospital_id != actor.hospital_id or not actor.has(*CLINICAL):
        raise NotFound("There is no such patient.")
    see(patient.hospital_id, patient.id)
    newest = {kind: await _newest(db, patient_id, kind) for kind in ObservationKind}
    orders = select(OrderLine).where(OrderLine.patient_id == patient_id, col(OrderLine.ended_at).is_(None))
    stay = await open_stay(db, patient_id)
    return ChartOut(
        stay=StayOut.model_validate(stay) if stay else None,
        vitals=newest[ObservationKind.vital],
        tests=newest[ObservationKind.test],
        orders=[
            OrderOut.model_validate(each)
            for each in await db.exec(orders.order_by(col(OrderLine.started_at), col(OrderLine.id)).limit(MOST_SHOWN))
        ],
    )


async def _newest(db: AsyncSession, patient_id: UUID, kind: ObservationKind) -> list[ObservationOut]:
    """The newest of each code, among the last MOST_READ."""
    query = select(Observation).where(Observation.patient_id == patient_id, Observation.kind == kind)
    found: dict[str, Observation] = {}
    for each in await db.exec(query.order_by(col(Observation.at).desc()).limit(MOST_READ)):
        found.setdefault(each.code, each)
    return [ObservationOut.model_validate(each) for each in found.values()]
