"""Reads the audit log for those who may: who saw a patient, what a person saw, and what was changed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.model import AuditEvent
from telemed.audit.seeing import see
from telemed.consultations.model import Consultation
from telemed.devices.model import Device
from telemed.disclosures.mentioned import mentioned
from telemed.disclosures.schemas import About, AuditBy, AuditRow, Mentioned, SeenAt, SeenBy, SeenPatient
from telemed.errors import Invalid, NotAllowed, NotFound
from telemed.people import service as people
from telemed.people.model import Agreement, Department, Patient, Staff
from telemed.scheduling.model import Resource

OFFICE = Role.reviewer  # the medical office, 医务科


async def conditions(db: AsyncSession, actor: Actor, by: AuditBy) -> list[ColumnElement[bool]]:
    """What the rows must be. Raises Invalid, NotAllowed or NotFound.

    Each combination is answered by one of the table's indexes, in the order of time.
    """
    e = AuditEvent
    where = [await on(db, actor, by.day)] if by.day else []
    if by.about is About.settings:
        of = [col(e.target) == str(by.target)] if by.target else []
        return [*where, col(e.change).is_not(None), await _concerned(db, actor), *_by(by), *of]
    if not actor.has(OFFICE):
        raise NotAllowed("Who saw a patient is the medical office's to read.", reason="role")
    if not (by.patient or by.staff or by.day):
        raise Invalid("Name a patient, a person or a day.", reason="audit_of_whom")
    where.append(col(e.purpose).is_not(None))
    if by.purpose:
        where.append(col(e.purpose) == by.purpose)
    if by.patient:
        patient = await db.get(Patient, by.patient)
        if patient is None or patient.hospital_id != actor.hospital_id:
            raise NotFound("There is no such patient.")
        return [*where, col(e.patient_id) == by.patient, *_by(by)]
    if by.staff:
        person = await db.get(Staff, by.staff)
        own = person is not None and person.hospital_id == actor.hospital_id
        # Of one's own people everything; of others what they saw of one's own patients.
        return [*where, *_by(by)] if own else [*where, *_by(by), col(e.owner_id) == actor.hospital_id]
    return [*where, col(e.owner_id) == actor.hospital_id]


async def _concerned(db: AsyncSession, actor: Actor) -> ColumnElement[bool]:
    """One's own hospital, and the agreements of another to which it is a party: of these alone, where there are any."""
    e, own = AuditEvent, actor.hospital_id
    with_us = select(Agreement.id, Agreement.hub_id).where(Agreement.branch_id == own, Agreement.hub_id != own)
    found = (await db.exec(with_us)).all()
    ours = col(e.owner_id) == own
    if not found:
        return ours
    agreed = and_(col(e.target).in_([str(id) for id, _ in found]), col(e.action).like("agreement.%"))
    # Both by the index of owners: what one hospital changes is little.
    return and_(col(e.owner_id).in_({own, *(hub for _, hub in found)}), or_(ours, agreed))


def _by(by: AuditBy) -> list[ColumnElement[bool]]:
    return [col(AuditEvent.actor_id) == by.staff] if by.staff else []


async def on(db: AsyncSession, actor: Actor, day: date) -> ColumnElement[bool]:
    """On a day by the clock of the actor's hospital."""
    zone = ZoneInfo((await people.zones(db))[actor.hospital_id])
    starts, ends = (_midnight(each, zone) for each in (day, day + timedelta(days=1)))
    return and_(col(AuditEvent.at) >= starts, col(AuditEvent.at) < ends)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


async def page(
    db: AsyncSession, where: Sequence[ColumnElement[bool]], after: UUID | None, limit: int
) -> list[AuditEvent]:
    """The newest rows, or those before the row `after`."""
    e = AuditEvent
    query = select(e).where(*where).order_by(col(e.at).desc(), col(e.id).desc()).limit(limit)
    if after is not None and (last := await db.get(e, after)) is not None:
        same = and_(col(e.at) == last.at, col(e.id) < last.id)
        query = query.where(col(e.at) <= last.at, or_(col(e.at) < last.at, same))
    return list((await db.exec(query)).all())


async def shown(db: AsyncSession, actor: Actor, rows: Sequence[AuditEvent]) -> list[AuditRow]:
    """With names. A patient is named to their own hospital's medical office only, which is a read of them too."""
    staff = await people.staff_by_id(db, {each.actor_id for each in rows if each.actor_id})
    departments = {each.id: each for each in await people.departments(db)}
    ours = {each.patient_id for each in rows if each.patient_id and each.owner_id == actor.hospital_id}
    found = (await db.exec(select(Patient).where(col(Patient.id).in_(ours)))).all() if ours else []
    patients = {each.id: each for each in found}
    for each in found:
        see(each.hospital_id, each.id)
    cases = await _consultations(db, {each.case_id for each in rows if each.case_id})
    devices = await _devices(db, {each.device_id for each in rows if each.device_id})
    names = await mentioned(db, rows)
    return [_row(each, staff, departments, devices, patients, cases, names.get(each.id, {})) for each in rows]


async def _devices(db: AsyncSession, ids: set[UUID]) -> dict[UUID, SeenAt]:
    """A device that was revoked since is named too."""
    if not ids:
        return {}
    query = select(Device, Resource).join(Resource, col(Resource.id) == Device.venue_id, isouter=True)
    return {
        device.id: SeenAt(
            id=device.id,
            name=device.name,
            hospital_id=device.hospital_id,
            venue=venue.name if venue else "",
            venue_en=venue.name_en if venue else "",
        )
        for device, venue in await db.exec(query.where(col(Device.id).in_(ids)))
    }


async def _consultations(db: AsyncSession, cases: set[UUID]) -> dict[UUID, tuple[UUID, str | None]]:
    """The newest consultation of each case."""
    if not cases:
        return {}
    c = Consultation
    query = select(c.case_id, c.id, c.number).where(col(c.case_id).in_(cases)).order_by(col(c.id))
    return {case: (id, number) for case, id, number in (await db.exec(query)).all() if case is not None}


def _row(
    row: AuditEvent,
    staff: dict[UUID, Staff],
    departments: dict[UUID, Department],
    devices: dict[UUID, SeenAt],
    patients: dict[UUID, Patient],
    cases: dict[UUID, tuple[UUID, str | None]],
    names: dict[str, Mentioned],
) -> AuditRow:
    by = staff.get(row.actor_id) if row.actor_id else None
    patient = patients.get(row.patient_id) if row.patient_id else None
    consultation_id, number = cases.get(row.case_id, (None, None)) if row.case_id else (None, None)
    change = row.change or {}
    return AuditRow(
        id=row.id,
        at=row.at,
        number=row.number,
        by=person(by, departments) if by else None,
        device=devices.get(row.device_id) if row.device_id else None,
        action=row.action,
        purpose=row.purpose,
        outcome=row.outcome,
        owner_id=row.owner_id,
        patient=SeenPatient(id=patient.id, name=patient.name, pinyin=patient.pinyin) if patient else None,
        consultation_id=consultation_id if patient else None,
        consultation_number=number if patient or row.outcome == "ok" else None,
        target=row.target,
        before=change.get("before"),
        after=change.get("after"),
        names=names,
    )


def person(row: Staff, departments: dict[UUID, Department]) -> SeenBy:
    department = departments.get(row.department_id) if row.department_id else None
    return SeenBy(
        id=row.id,
        name=row.name,
        name_en=row.name_en,
        hospital_id=row.hospital_id,
        department=department.name if department else "",
        department_en=department.name_en if department else "",
    )
