"""Stays: opened, moved and closed by what a hospital system or a person says of where a patient lies."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.history.events import About, Event
from telemed.history.service import emit
from telemed.people.chart_tables import Admission
from telemed.people.events import AdmissionClosed, AdmissionMoved, AdmissionOpened
from telemed.people.model import Bed, Patient, Ward
from telemed.people.ports import Stay

TYPED: Final = "typed"
SAID: Final = ("department", "ward", "bed", "bed_doctor")


async def open_stay(db: AsyncSession, patient_id: UUID) -> Admission | None:
    query = select(Admission).where(Admission.patient_id == patient_id, col(Admission.discharged_at).is_(None))
    return (await db.exec(query)).first()


async def place(
    db: AsyncSession, patient: Patient, stay: Stay, source: str, now: datetime, by: Actor | None = None
) -> None:
    """Opens, moves or closes the patient's stay. The caller holds the patient's row, so that nobody else does.

    What is said of a stay that has ended and was never open here is nothing new.
    """
    row = await open_stay(db, patient.id)
    another = row is not None and row.number and stay.number and row.number != stay.number
    if row is not None and (another or stay.discharged_at is not None):
        ended = stay.discharged_at if not another else stay.admitted_at
        row.discharged_at = min(ended or now, now)
        row.rev += 1
        await db.flush()  # before another is opened: the database allows one
        _tell(db, patient, AdmissionClosed(id=row.id, ward_id=row.ward_id), now, by)
        row = None
    if stay.discharged_at is not None:
        return
    ward_id, bed_id = await _ours(db, patient.hospital_id, stay)
    said = stay.model_dump(include=set(SAID))
    if row is None:
        row = Admission(
            **said,
            hospital_id=patient.hospital_id,
            patient_id=patient.id,
            number=stay.number,
            ward_id=ward_id,
            bed_id=bed_id,
            source=source,
            admitted_at=stay.admitted_at,
        )
        db.add(row)
        await db.flush()
        _tell(db, patient, AdmissionOpened(id=row.id, ward_id=ward_id), now, by)
        return
    before, place = (row.ward, row.bed, row.ward_id), (stay.ward, stay.bed, ward_id)
    said |= {"ward_id": ward_id, "bed_id": bed_id, "number": stay.number or row.number}
    said |= {"admitted_at": stay.admitted_at or row.admitted_at, "bed_doctor": stay.bed_doctor or row.bed_doctor}
    if any(getattr(row, name) != value for name, value in said.items()):
        row.sqlmodel_update(said | {"source": source})
        row.rev += 1
    if before != place:
        _tell(db, patient, AdmissionMoved(id=row.id, from_ward_id=before[2], ward_id=ward_id), now, by)


async def typed(db: AsyncSession, patient: Patient, number: str, now: datetime, by: Actor) -> None:
    """What a person has written of where the patient lies; nothing written: in no bed."""
    here = bool(patient.ward or patient.bed)
    stay = Stay(number=number, department=patient.department, ward=patient.ward, bed=patient.bed)
    if here or await open_stay(db, patient.id) is not None:
        await place(db, patient, stay if here else Stay(discharged_at=now), TYPED, now, by)


async def _ours(db: AsyncSession, hospital_id: str, stay: Stay) -> tuple[UUID | None, UUID | None]:
    """The ward and the bed that the words name, if they are entered here."""
    if not stay.ward:
        return None, None
    named = select(Ward.id).where(Ward.hospital_id == hospital_id, (Ward.name == stay.ward) | (Ward.code == stay.ward))
    ward_id = (await db.exec(named.order_by(col(Ward.id)))).first()
    if ward_id is None:
        return None, None
    return ward_id, (await db.exec(select(Bed.id).where(Bed.ward_id == ward_id, Bed.name == stay.bed))).first()


def _tell(db: AsyncSession, patient: Patient, event: Event, now: datetime, by: Actor | None) -> None:
    emit(db, event, About(patient.hospital_id, patient_id=patient.id), now, by=by)
