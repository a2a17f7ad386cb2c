"""The printed form (远程医疗知情同意书) of a consent, filled in as far as known; in Chinese only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import consents
from telemed.cases.model import Case, Consent, ConsentKind
from telemed.cases.rules import PAPERS_FOLLOW
from telemed.documents.consent import ConsentForm, ConsentPatient
from telemed.people import patients
from telemed.people import service as people
from telemed.people.ages import spelled
from telemed.people.model import IdentifierKind, Patient, Sex

KIND: Final = {
    ConsentKind.patient: "patient",
    ConsentKind.relative: "guardian",
    ConsentKind.telephone: "telephone",
    ConsentKind.emergency: "emergency",
}
REASON: Final = {PAPERS_FOLLOW: "紧急会诊，待补书面同意"}
SEX: Final = {Sex.male: "男", Sex.female: "女", Sex.unknown: "不详"}
LABEL: Final = {
    IdentifierKind.admission: "住院号",
    IdentifierKind.outpatient: "门诊号",
    IdentifierKind.mrn: "病案号",
    IdentifierKind.national_id: "证件号",
}


@dataclass(frozen=True)
class Named:
    """What the form says of the activity for which it is taken."""

    hub_id: str
    invited_department: str
    number: str  # 会诊编号, or what it is instead
    department: str  # of the patient, as the activity has it
    bed: str
    diagnosis: str


async def consent_form(
    db: AsyncSession, actor: Actor, row: Consent, case: Case, named: Named, now: datetime, *, demo: bool
) -> ConsentForm:
    """The form of a consent that the caller was allowed to read. Raises Conflict for one that has ended."""
    consents.refuse_ended(row)  # it would name the hub that is asked now
    branch, hub = await people.hospital(db, case.hospital_id), await people.hospital(db, named.hub_id)
    approver = await people.staff(db, row.approved_by) if row.approved_by else None
    zone = ZoneInfo(branch.time_zone)
    return ConsentForm.model_validate(
        {
            "number": row.number,
            "form_version": row.form_version,
            "consultation": named.number,
            "inviter": branch.licence_name,
            "invited": hub.licence_name,
            "invited_department": named.invited_department or "由会诊中心安排",
            "contact": branch.coordinator_phone,
            "patient": await _patient(db, case, named, now, branch.time_zone),
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


async def _patient(db: AsyncSession, case: Case, named: Named, now: datetime, zone: str) -> ConsentPatient:
    patient = await db.get_one(Patient, case.patient_id)
    numbers = [each for each in await patients.identifiers(db, patient.id) if each.kind in LABEL]
    first = numbers[0] if numbers else None
    return ConsentPatient(
        name=patient.name,
        sex=SEX[patient.sex],
        age=spelled(patient, now, zone),
        birth=patient.birth_date.isoformat() if patient.birth_date else "不详",
        number_label=LABEL[first.kind] if first else "住院号",
        number=first.value if first else "待补",
        department=named.department or patient.department,
        bed=named.bed or patient.bed,
        diagnosis=named.diagnosis,
    )


def _moment(at: datetime, zone: ZoneInfo) -> str:
    """A local time to the second, as on records."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
