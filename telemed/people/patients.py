"""Finds patients, and stores what the hospital system or a person says about them."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import CLINICAL, live
from telemed.access.model import Actor, CaseGrant
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.errors import Conflict, NotAllowed, NotFound, Stale
from telemed.people import admissions, charts
from telemed.people.english import departments_en
from telemed.people.model import IdentifierKind, Patient, PatientIdentifier, PatientIndex
from telemed.people.names import pieces, spelling, wanted
from telemed.people.ports import Correction, PatientData, RecordChanged
from telemed.people.schemas import IdentifierOut, PatientIn, PatientOut

MOST_FOUND = 20
IDENTITY: Final = ("birth_date", "name", "sex")  # with the numbers, these decide whose a study is
NEEDED: Final = ("allergy", "allergy_text", "estimated_age", "temporary")  # what else a request needs of it


async def one(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Patient:
    """A patient of the actor's own hospital, or one whose case is granted or whom they have opened by break-glass.

    Raises NotFound for any other.
    """
    found = await db.get(Patient, id)
    if found is not None and found.hospital_id == actor.hospital_id and actor.has(*CLINICAL):
        return found
    if found is not None and await _granted(db, actor, id, now):
        return found
    raise NotFound("There is no such patient.")


async def _granted(db: AsyncSession, actor: Actor, patient_id: UUID, now: datetime) -> bool:
    if patient_id in actor.opened:
        return True
    query = select(CaseGrant.id).where(live(actor, now), CaseGrant.patient_id == patient_id)
    return (await db.exec(query.limit(1))).first() is not None


async def find(db: AsyncSession, actor: Actor, q: str) -> list[Patient]:
    """Patients of the actor's own hospital, by number, characters, pinyin or initials."""
    if not actor.has(*CLINICAL):
        raise NotAllowed("Only clinical staff look for patients.", reason="role")
    query = select(Patient).where(Patient.hospital_id == actor.hospital_id)
    if any(each.isdigit() for each in q):
        starts = col(PatientIdentifier.value).startswith(q.strip(), autoescape=True)
        numbers = select(PatientIdentifier.patient_id).where(starts)
        query = query.where(col(Patient.id).in_(numbers))
    else:
        parts = wanted(q)
        if not parts:  # nothing to search for, such as a percent sign or a blank
            return []
        for piece in parts:
            has = select(PatientIndex.patient_id).where(col(PatientIndex.piece).startswith(piece, autoescape=True))
            query = query.where(col(Patient.id).in_(has))
    return list((await db.exec(query.order_by(col(Patient.pinyin), col(Patient.id)).limit(MOST_FOUND))).all())


async def identifiers(db: AsyncSession, patient_id: UUID) -> list[PatientIdentifier]:
    query = select(PatientIdentifier).where(PatientIdentifier.patient_id == patient_id)
    return list((await db.exec(query.order_by(col(PatientIdentifier.kind)))).all())


async def shown(db: AsyncSession, row: Patient) -> PatientOut:
    see(row.hospital_id, row.id)
    out = PatientOut.model_validate(row)
    out.department_en = (await departments_en(db)).get((row.hospital_id, row.department), "")
    out.identifiers = [IdentifierOut.model_validate(each) for each in await identifiers(db, row.id)]
    return out


async def create(db: AsyncSession, actor: Actor, new: PatientIn, now: datetime) -> Patient:
    await _refuse_taken(db, actor.hospital_id, new)
    row = Patient(hospital_id=actor.hospital_id, **new.model_dump(exclude={"number", "number_kind"}))
    db.add(row)
    await db.flush()
    if new.number:
        add_identifier(db, row, new.number_kind, new.number)
    await index(db, row)
    await admissions.typed(db, row, _stay_number(new), now, actor)
    record(db, actor, "patient.created", str(row.id), now)
    return row


async def change(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: PatientIn, changed: RecordChanged, now: datetime
) -> Patient:
    row = await one(db, actor, id, now)
    if row.hospital_id != actor.hospital_id:
        raise NotAllowed("Only the patient's own hospital changes this.", reason="other_hospital")
    await lock(db, row)
    if row.version != version:
        raise Stale("It has changed since you read it.", current=(await shown(db, row)).model_dump(mode="json"))
    pinyin = row.pinyin if new.name == row.name else ""
    await _refuse_taken(db, row.hospital_id, new, row.id)
    before, where = row.model_dump(include={*IDENTITY, *NEEDED}), (row.ward, row.bed, row.department)
    row.sqlmodel_update(new.model_dump(exclude={"number", "number_kind"}))
    row.version += 1
    corrections = _corrections(before, row)
    if new.number and not any(each.value == new.number for each in await identifiers(db, id)):
        add_identifier(db, row, new.number_kind, new.number)
        corrections.append(Correction("number", None, new.number, new.number_kind))
    await index(db, row, pinyin)
    if (new.ward, new.bed, new.department) != where:
        await admissions.typed(db, row, _stay_number(new), now, actor)
    record(db, actor, "patient.changed", str(row.id), now)
    others = _others(before, row)
    if row.sourced_at and (corrections or others or (new.ward, new.bed, new.department) != where):
        row.typed_at = now
    if corrections or others:
        await changed(db, row, corrections, others, actor, now)
    return row


async def keep(
    db: AsyncSession,
    data: PatientData,
    now: datetime,
    changed: RecordChanged | None = None,
    by: Actor | None = None,
) -> Patient:
    """Stores what the hospital system says of a patient, new or known; what it leaves unsaid stays. `by` asked."""
    corrections, others = list[Correction](), list[str]()
    fields = set(Patient.model_fields) - {"hospital_id", "source"}
    found = await by_number(db, data.hospital_id, data.number)
    row = found or await _first_read(db, data, data.model_dump(include=fields))
    if row is None:  # a colleague has just stored the same patient
        found = row = await by_number(db, data.hospital_id, data.number)
    if row is None:
        raise Conflict("A patient of your hospital already has this number.", reason="number_taken")
    if found is not None:
        await lock(db, row)  # so that the comparison below is with what is replaced
        before = row.model_dump(include={*IDENTITY, *NEEDED})
        row.sqlmodel_update(data.model_dump(include=fields, exclude_unset=True))
        row.version += 1
        corrections, others = _corrections(before, row), _others(before, row)
    row.source, row.sourced_at, row.typed_at = data.source, now, None
    await index(db, row, data.pinyin)
    if data.stay is not None:
        await admissions.place(db, row, data.stay, data.source, now, by)
    await charts.keep(db, row, data, now)
    if (corrections or others) and changed is not None and by is not None:
        await changed(db, row, corrections, others, by, now)
    return row


def _stay_number(new: PatientIn) -> str:
    return (new.number or "") if new.number_kind is IdentifierKind.admission else ""


async def lock(db: AsyncSession, row: Patient) -> None:
    """Locks the row, on PostgreSQL; on SQLite writers queue anyway. Rows that refer to the patient need not wait."""
    await db.refresh(row, with_for_update={"key_share": True})


async def _first_read(db: AsyncSession, data: PatientData, known: dict[str, Any]) -> Patient | None:
    """Creates the patient; None if another transaction has just stored one with this number."""
    try:
        async with db.begin_nested():
            row = Patient(hospital_id=data.hospital_id, **known)
            db.add(row)
            await db.flush()
            add_identifier(db, row, data.kind, data.number)
    except IntegrityError:
        if await by_number(db, data.hospital_id, data.number) is None:
            raise  # not because of the number
        return None
    return row


def _corrections(before: dict[str, Any], row: Patient) -> list[Correction]:
    found = [Correction(name, before[name], getattr(row, name)) for name in IDENTITY]
    return [each for each in found if each.before != each.after]


def _others(before: dict[str, Any], row: Patient) -> list[str]:
    return [name for name in NEEDED if before[name] != getattr(row, name)]


async def by_number(db: AsyncSession, hospital_id: str, number: str) -> Patient | None:
    query = (
        select(Patient)
        .join(PatientIdentifier, col(PatientIdentifier.patient_id) == Patient.id)
        .where(PatientIdentifier.issuer_hospital == hospital_id, PatientIdentifier.value == number)
        .where(col(PatientIdentifier.kind) != IdentifierKind.national_id)
    )
    return (await db.exec(query)).first()


async def _refuse_taken(db: AsyncSession, hospital_id: str, new: PatientIn, own: UUID | None = None) -> None:
    """Raises if another patient of the hospital has this number. Identity cards are compared only with each other."""
    if not new.number:
        return
    card = IdentifierKind.national_id
    same_kind = col(PatientIdentifier.kind) == card if new.number_kind is card else col(PatientIdentifier.kind) != card
    taken = select(PatientIdentifier.patient_id).where(
        PatientIdentifier.issuer_hospital == hospital_id, PatientIdentifier.value == new.number, same_kind
    )
    if any(each != own for each in (await db.exec(taken)).all()):
        raise Conflict("A patient of your hospital already has this number.", reason="number_taken")


def add_identifier(db: AsyncSession, row: Patient, kind: IdentifierKind, value: str) -> None:
    db.add(PatientIdentifier(patient_id=row.id, issuer_hospital=row.hospital_id, kind=kind, value=value))


async def index(db: AsyncSession, row: Patient, pinyin: str = "") -> None:
    row.pinyin = pinyin.strip().lower() or spelling(row.name)
    await db.exec(delete(PatientIndex).where(col(PatientIndex.patient_id) == row.id))
    for piece in pieces(row.name, row.pinyin):
        db.add(PatientIndex(patient_id=row.id, piece=piece, hospital_id=row.hospital_id))
