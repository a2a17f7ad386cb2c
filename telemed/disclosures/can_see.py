"""Who can see a patient now, and why: read from what decides it (access/grants.py), not from rules of its own."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import CLINICAL, Actor, CaseGrant, Role
from telemed.audit.seeing import Seen, see
from telemed.consultations.model import Consultation
from telemed.consultations.words import KIND as CONSULTATION
from telemed.critical_findings.work import PURPOSE as TOLD
from telemed.disclosures.departments import treating
from telemed.disclosures.queries import OFFICE, person
from telemed.disclosures.schemas import CanSee, CanSeeList, Why
from telemed.errors import NotFound
from telemed.people import service as people
from telemed.people.model import Department, Patient, Staff
from telemed.reading.sharing import PURPOSE, WAITING
from telemed.reading.together import PURPOSE as TOGETHER

# By the purpose of the grant, as consultations/sharing.py gives it.
WHY: Final = {
    "accept": Why.requested_hub,
    "stat": Why.called,
    "late": Why.told_late,
    "lead the consultation": Why.lead,
    "take part in the consultation": Why.invited,
    "name the lead expert": Why.names_lead,
    "read what they wrote": Why.author,
    PURPOSE: Why.reads,
    WAITING: Why.waits_for_report,
    TOGETHER: Why.reads_together,
    TOLD: Why.told,
}


async def of(db: AsyncSession, actor: Actor, patient_id: UUID, now: datetime) -> CanSeeList:
    """For the medical office and all clinicians of the patient's hospital, who may read the patient too.

    One from outside the treating department is recorded when they open the patient, and not blocked here either. Raises
    NotFound for a patient of another hospital, even one whom the actor may see, and for who is no clinician.
    """
    patient = await db.get(Patient, patient_id)
    if patient is None or patient.hospital_id != actor.hospital_id or not actor.has(OFFICE, *CLINICAL):
        raise NotFound("There is no such patient.")
    asked = Seen(patient.hospital_id, patient.id)
    see(patient.hospital_id, patient.id)
    departments = {each.id: each for each in await people.departments(db)}
    by = (await treating(db, patient.hospital_id, [asked]))[asked].departments
    own = [
        CanSee(hospital_id=patient.hospital_id, why=Why.treating, **_names(departments.get(each)))
        for each in sorted(by, key=lambda id: departments[id].name)
    ]
    own.append(CanSee(hospital_id=patient.hospital_id, why=Why.own_hospital))
    return CanSeeList(items=[*own, *await _granted(db, patient_id, departments, now)], server_time=now)


async def _granted(
    db: AsyncSession, patient_id: UUID, departments: dict[UUID, Department], now: datetime
) -> list[CanSee]:
    found = await grants.of_patient(db, patient_id, now)
    staff = await people.staff_by_id(db, {id for id in map(_account, found) if id})
    cases = select(Consultation.id, Consultation.number).where(col(Consultation.id).in_({g.activity_id for g in found}))
    numbers = dict((await db.exec(cases)).all())
    shown = []
    for each in found:
        id = _account(each)
        who = staff.get(id) if id is not None else None
        shown.append(_one(each, who, departments, numbers.get(each.activity_id)))
    return shown


def _one(grant: CaseGrant, who: Staff | None, departments: dict[UUID, Department], number: str | None) -> CanSee:
    opened = grant.activity == grants.BREAK_GLASS
    shown = CanSee(
        hospital_id=who.hospital_id if who else "",
        person=person(who, departments) if who else None,
        why=Why.break_glass if opened else WHY.get(grant.purpose, Why.other),
        until=grant.until if opened or grant.until - grant.valid_from < grants.OPEN_END else None,
        consultation_id=grant.activity_id if grant.activity == CONSULTATION else None,
        consultation_number=number,
        downloads="download" in grant.allows,
    )
    if who is not None:
        return shown
    _, hospital, role, *department = grant.grantee.split(":")
    of = departments.get(UUID(department[0])) if department else None
    return shown.model_copy(update={"hospital_id": hospital, "role": Role(role), **_names(of)})


def _account(grant: CaseGrant) -> UUID | None:
    return None if grant.grantee.startswith("role:") else UUID(grant.grantee)


def _names(department: Department | None) -> dict[str, Any]:
    if department is None:
        return {"department": "", "department_en": ""}
    return {"department": department.name, "department_en": department.name_en}
