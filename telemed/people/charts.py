"""Keeps what hospital systems measure and order, once each; `chart_reading.py` shows it."""

from datetime import UTC, datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.chart_tables import Observation, ObservationKind, OrderLine
from telemed.people.model import Patient
from telemed.people.ports import Ordered, PatientData, Taken

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


async def keep(db: AsyncSession, patient: Patient, data: PatientData, now: datetime) -> None:
    """What a look-up brought. The caller holds the patient's row. What could not be read changes nothing."""
    await _keep_measured(db, patient.id, data)
    if "orders" in data.model_fields_set and "orders" not in data.left_out:
        await _keep_orders(db, patient.id, data.orders, data.source, now)


async def _keep_measured(db: AsyncSession, patient_id: UUID, data: PatientData) -> None:
    said = [*data.measured, *data.withdrawn]
    if not said:
        return
    since = min(each.at for each in said)
    query = select(Observation).where(Observation.patient_id == patient_id, col(Observation.at) >= since)
    known = {(each.kind.value, each.code, each.at): each for each in await db.exec(query)}
    measured = {_key(each): each for each in data.measured}
    for key, each in measured.items():
        found = each.model_dump(exclude={"kind", "code", "at"}) | {"source": data.source}
        row = known.get(key)
        if row is None:
            row = Observation(
                patient_id=patient_id, kind=ObservationKind(each.kind), **found, code=each.code, at=each.at
            )
            known[key] = row
        row.sqlmodel_update(found)
        db.add(row)
    for gone in {_key(each) for each in data.withdrawn} - set(measured):
        if gone in known:
            await db.delete(known[gone])
    await db.flush()


def _key(taken: Taken) -> tuple[str, str, datetime]:
    return taken.kind, taken.code, taken.at


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
