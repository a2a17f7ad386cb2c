"""The printed form (远程医疗知情同意书) of a consent, filled in as far as known."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents
from telemed.cases.model import ConsentKind
from telemed.cases.rules import PAPERS_FOLLOW
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.documents.consent import ConsentForm, ConsentPatient
from telemed.people import patients
from telemed.people import service as people
from telemed.people.ages import spelled
from telemed.people.model import Department, IdentifierKind, Patient, Sex

KIND = {
    ConsentKind.patient: "patient",
    ConsentKind.relative: "guardian",
    ConsentKind.telephone: "telephone",
    ConsentKind.emergency: "emergency",
}
REASON = {PAPERS_FOLLOW: "紧急会诊，待补书面同意"}
SEX = {Sex.male: "男", Sex.female: "女", Sex.unknown: "不详"}
LABEL = {
    IdentifierKind.admission: "住院号",
    IdentifierKind.outpatient: "门诊号",
    IdentifierKind.mrn: "病案号",
    IdentifierKind.national_id: "证件号",
}


async def consent_form(db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, demo: bool) -> ConsentForm:
    """The form of a consent. The caller must be allowed to see the case; the print is in Chinese only."""
    row, case = await consents.get(db, actor, id, now)
    consents.refuse_ended(row)  # it would name the hub that is asked now
    consultation = await db.get_one(Consultation, row.activity_id)
    branch, hub = await people.hospital(db, consultation.branch_id), await people.hospital(db, consultation.hub_id)
    wanted = consultation.wanted_department_id
    department = await db.get(Department, wanted) if wanted else None
    approver = await people.staff(db, row.approved_by) if row.approved_by else None
    zone = ZoneInfo(branch.time_zone)
    return ConsentForm.model_validate(
        {
            "number": row.number,
            "form_version": row.form_version,
            "consultation": consultation.number or "提交后生成",
            "inviter": branch.licence_name,
            "invited": hub.licence_name,
            "invited_department": department.name if department else "由会诊中心安排",
            "contact": branch.coordinator_phone,
            "patient": await _patient(db, case.patient_id, consultation, now, branch.time_zone),
            "kind": KIND[row.kind],
            "relation": row.relation,
            "reason": REASON.get(row.reason, row.reason),
            "attempts": row.attempts,
            "consenting": row.given_by,
            "witnesses": row.witnesses,
            "approved_by": approver.name if approver else "",
            "approved_at": _moment(row.approved_at, zone) if row.approved_at else "",
            "printed_at": _moment(now, zone),
            "printed_by": actor.name,
            "demo": demo,
        }
    )


async def _patient(db: AsyncSession, patient_id: UUID, row: Consultation, now: datetime, zone: str) -> ConsentPatient:
    patient = await db.get_one(Patient, patient_id)
    content = request_of(row)
    numbers = [each for each in await patients.identifiers(db, patient.id) if each.kind in LABEL]
    first = numbers[0] if numbers else None
    return ConsentPatient(
        name=patient.name,
        sex=SEX[patient.sex],
        age=spelled(patient, now, zone),
        birth=patient.birth_date.isoformat() if patient.birth_date else "不详",
        number_label=LABEL[first.kind] if first else "住院号",
        number=first.value if first else "待补",
        department=content.department or patient.department,
        bed=content.bed or patient.bed,
        diagnosis=content.diagnosis,
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """A local time to the second, as on records."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
