"""Which clinicians read a patient of their own hospital from outside the department that treats them."""

from collections.abc import Collection
from typing import Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.audit.seeing import Seen
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import brief_of
from telemed.people.chart_tables import Admission
from telemed.people.model import Department, Ward

# Whose work is with patients of every department.
OF_ALL_DEPARTMENTS: Final = frozenset(
    {
        Role.reviewer,
        Role.duty_officer,
        Role.radiographer,
        Role.radiologist,
        Role.coordinator,
        Role.dispatcher,
        Role.quality_officer,
    }
)


async def outside_department(db: AsyncSession, who: Actor, seen: Collection[Seen]) -> set[Seen]:
    """Of these reads at the reader's own hospital, those from outside.

    The department is that of the open stay (its ward's, else as it was said), else those of the case's requests, or
    without a case of all the patient's. Nobody is outside whose department is not known, who serves all departments,
    who takes part in one of these consultations, or where nothing says which department treats.
    """
    if who.department_id is None or who.has(*OF_ALL_DEPARTMENTS):
        return set()
    treated = await treating(db, who.hospital_id, seen)
    requests = [row for each in treated.values() for row in each.requests]
    mine = await _mine(db, who.id, requests)
    return {
        each
        for each, by in treated.items()
        if by.departments and who.department_id not in by.departments and not mine & {row.id for row in by.requests}
    }


class Treated(NamedTuple):
    """By which departments somebody is treated, and the consultations that say so or that one may take part in."""

    departments: set[UUID]
    requests: list[Consultation]


async def treating(db: AsyncSession, hospital_id: str, seen: Collection[Seen]) -> dict[Seen, Treated]:
    patients = {each.patient_id for each in seen if each.patient_id}
    if not patients:
        return {}
    names = await _names(db, hospital_id)
    stays = await _of_stays(db, hospital_id, patients, names)
    requests = await _requests(db, patients)
    found = dict[Seen, Treated]()
    for each in seen:
        if each.patient_id is None:
            continue
        theirs = [r for r in requests if r.patient_id == each.patient_id and each.case_id in (None, r.case_id)]
        asked = {names[brief_of(r).department] for r in theirs if brief_of(r).department in names}
        found[each] = Treated(stays.get(each.patient_id) or asked, theirs)
    return found


async def _names(db: AsyncSession, hospital_id: str) -> dict[str, UUID]:
    query = select(Department.name, Department.id).where(Department.hospital_id == hospital_id)
    return dict((await db.exec(query)).all())


async def _of_stays(
    db: AsyncSession, hospital_id: str, patients: Collection[UUID], names: dict[str, UUID]
) -> dict[UUID, set[UUID]]:
    """By patient, of the stay that is open."""
    query = (
        select(Admission.patient_id, Admission.department, Ward.department_id)
        .join(Ward, col(Ward.id) == Admission.ward_id, isouter=True)
        .where(Admission.hospital_id == hospital_id, col(Admission.patient_id).in_(patients))
        .where(col(Admission.discharged_at).is_(None))
    )
    said = {patient: of_ward or names.get(word) for patient, word, of_ward in (await db.exec(query)).all()}
    return {patient: {department} for patient, department in said.items() if department}


async def _requests(db: AsyncSession, patients: Collection[UUID]) -> list[Consultation]:
    return list((await db.exec(select(Consultation).where(col(Consultation.patient_id).in_(patients)))).all())


async def _mine(db: AsyncSession, staff_id: UUID, requests: Collection[Consultation]) -> set[UUID]:
    """Those that this person has asked for, decided, or takes part in."""
    part = {each.activity_id for each in await participants.of_one(db, staff_id, {row.id for row in requests})}
    return part | {
        row.id
        for row in requests
        if staff_id in (row.requester_id, row.accompanying_id, row.endorsed_by, row.approved_by, row.lead_id)
    }
