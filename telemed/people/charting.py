"""Keeps what somebody of the ward enters by hand; what hospital systems say, charts.py keeps."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.errors import Conflict, Invalid, NotAllowed
from telemed.people import patients
from telemed.people.chart_schemas import ChartedIn, MeasureIn, TakenIn, TypedOrderIn
from telemed.people.chart_tables import Observation, OrderLine
from telemed.people.model import Patient
from telemed.people.ports import Flag

TYPED: Final = "typed"  # a source that pages translate
CLOCKS_DIFFER: Final = timedelta(minutes=5)


async def enter(db: AsyncSession, actor: Actor, patient_id: UUID, new: ChartedIn, now: datetime) -> Patient:
    """All of it or nothing. What was typed for the same moment before is replaced.

    Raises NotAllowed for a patient of another hospital, Invalid for a time that has not come, and Conflict where a
    hospital system has a value of the same moment.
    """
    row = await patients.one(db, actor, patient_id, now)
    if row.hospital_id != actor.hospital_id:
        raise NotAllowed("Only the patient's own hospital changes this.", reason="other_hospital")
    if any(at > now + CLOCKS_DIFFER for at in _moments(new)):
        raise Invalid("It is of a time that has not come yet.", reason="charted_ahead")
    await patients.lock(db, row)
    for gone in new.withdrawn:
        if (found := await _typed(db, row, gone)) is not None:
            await db.delete(found)
    await db.flush()  # so that another value of that moment can be typed in the same step
    for each in {(one.kind, one.code, one.at): one for one in new.measured}.values():
        kept = await _typed(db, row, each)
        if kept is None:
            kept = Observation(
                patient_id=row.id, kind=each.kind, code=each.code, name="", value="", at=each.at, source=TYPED
            )
        kept.sqlmodel_update(each.model_dump(exclude={"kind", "code", "at"}) | {"flag": flag_of(each)})
        db.add(kept)
    await _order(db, row, new.orders)
    await _end(db, row, new.ended, now)
    await db.flush()
    record(db, actor, "patient.charted", str(row.id), now)
    return row


def _moments(new: ChartedIn) -> list[datetime]:
    return [*(each.at for each in new.measured), *(each.started_at for each in new.orders if each.started_at)]


async def _typed(db: AsyncSession, patient: Patient, taken: TakenIn) -> Observation | None:
    query = select(Observation).where(Observation.patient_id == patient.id, Observation.kind == taken.kind)
    query = query.where(Observation.code == taken.code, Observation.at == taken.at)
    found = (await db.exec(query)).one_or_none()
    if found is not None and found.source != TYPED:
        raise Conflict("The hospital system has a value of this moment.", reason="charted_by_system", name=found.name)
    return found


def flag_of(measure: MeasureIn) -> Flag:
    """Whether it is outside what is normal; nothing where either is not a number."""
    value, low, high = (_number(each) for each in (measure.value, measure.ref_low, measure.ref_high))
    if value is None:
        return ""
    return "low" if low is not None and value < low else "high" if high is not None and value > high else ""


def _number(said: str) -> float | None:
    try:
        return float(said)
    except ValueError:
        return None


async def _order(db: AsyncSession, patient: Patient, new: list[TypedOrderIn]) -> None:
    """One that is in force already is not written twice."""
    query = select(OrderLine.text).where(OrderLine.patient_id == patient.id, col(OrderLine.ended_at).is_(None))
    known = set((await db.exec(query)).all())
    for each in new:
        if each.text not in known:
            known.add(each.text)
            db.add(OrderLine(patient_id=patient.id, source=TYPED, **each.model_dump()))


async def _end(db: AsyncSession, patient: Patient, texts: list[str], now: datetime) -> None:
    """What a hospital system ordered ends there."""
    query = select(OrderLine).where(OrderLine.patient_id == patient.id, OrderLine.source == TYPED)
    query = query.where(col(OrderLine.text).in_(texts), col(OrderLine.ended_at).is_(None))
    for each in (await db.exec(query)).all():
        each.ended_at = now
        db.add(each)
