"""Gathers the content of a 远程会诊记录单 from the consultation, its people and one version of the opinion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.model import Participant
from telemed.cases import rules as consent_rules
from telemed.cases import service as cases
from telemed.cases.model import Consent
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import RequestContent, request_of
from telemed.consultations.rules.mdt import members
from telemed.consultations.words import Mode, ParticipantRole
from telemed.documents import record as doc
from telemed.errors import Conflict
from telemed.history.service import of_activity
from telemed.kit.clock import day_in
from telemed.opinions import words
from telemed.opinions.basis import Basis
from telemed.opinions.content import OpinionContent
from telemed.opinions.mdt import Mdt, printed
from telemed.opinions.model import Opinion, Stand
from telemed.opinions.printed_opinion import opinion_part
from telemed.opinions.printed_request import request_part
from telemed.people import patients, registrations
from telemed.people import service as people
from telemed.people.ages import spelled
from telemed.people.model import Allergy, Department, Hospital, Patient, Staff
from telemed.rooms import service as rooms


@dataclass(frozen=True)
class Printing:
    """What is printed, by whom and when."""

    number: int
    at: datetime
    by: str
    demo: bool
    amendment_reason: str = ""
    replaces: Opinion | None = None
    stood: Sequence[Stand] = ()  # the experts who co-signed or dissented before the lead signs
    mdt: Mdt | None = None


async def record(
    db: AsyncSession, row: Consultation, content: OpinionContent, rests_on: Basis, how: Printing
) -> doc.Record:
    """The whole content of a record, without the seal and the bytes of the pictures."""
    if row.patient_id is None:
        raise Conflict("A consultation without a patient has no record.", reason="no_patient")
    branch, hub = await db.get_one(Hospital, row.branch_id), await db.get_one(Hospital, row.hub_id)
    patient, zone = await db.get_one(Patient, row.patient_id), branch.time_zone
    taking_part = await participants.of(db, row.id)
    ids = [row.requester_id, row.lead_id, row.accompanying_id, row.endorsed_by, row.approved_by]
    ids += [each.staff_id for each in taking_part]
    staff = await people.staff_by_id(db, [each for each in ids if each])
    departments = {each.id: each for each in await people.departments(db)}
    request = request_of(row)
    lead = staff[row.lead_id] if row.lead_id else None
    held = await rooms.media(db, row.id, row.started_at, row.ended_at) if row.started_at and row.ended_at else {}
    return doc.Record(
        number=row.number or "",
        version=how.number,
        printed_at=words.local(how.at, zone, "%Y-%m-%d %H:%M:%S"),
        printed_by=how.by,
        demo=how.demo,
        category=words.urgency_class(row),
        mode=words.MODE[row.mode],
        present="在场" if row.patient_present else "不在场",
        inviter=doc.Inviter(name=branch.licence_name, short=branch.name),
        invited=doc.Invited(name=hub.licence_name, departments=_invited(row, taking_part, staff, departments, how.mdt)),
        patient=await _patient(db, patient, request, how.at, zone),
        request=request_part(row, request, staff, branch, departments),
        session=doc.SessionPart(
            times=_times(row, zone),
            interruptions=await _interruptions(db, row, zone),
            people=[
                doc.Participant(
                    part=_part(row, each),
                    name=staff[each.staff_id].name,
                    title=words.TITLE[staff[each.staff_id].title],
                    department=_department(staff[each.staff_id], departments),
                    hospital=hub.name if staff[each.staff_id].hospital_id == hub.id else branch.name,
                    joined=words.local(each.joined_at, zone, "%H:%M"),
                    # Who stayed to the end left when it ended.
                    left=words.local(each.left_at or row.ended_at if each.joined_at else None, zone, "%H:%M"),
                    note=words.media(held.get(each.staff_id)),
                )
                for each in taking_part
                if row.mode is Mode.written or each.joined_at
            ],
            packet=words.packet(rests_on.version, rests_on.items),
            missing=words.started_without(row),
        ),
        opinion=await opinion_part(db, content, lead, words.lead_of(row), how.stood, zone),
        mdt=printed(how.mdt, zone),
        amendment=doc.Amendment(
            replaces=how.replaces.number,
            replaced_at=words.local(how.replaces.signed_at, zone, "%Y-%m-%d %H:%M:%S"),
            reason=how.amendment_reason,
        )
        if how.replaces
        else None,
        accompanying=staff[row.accompanying_id].name if row.accompanying_id else "",
        consent=await record_consents(db, row),
        guidance=await _guidance(db, row, zone, how.at),
    )


def _invited(
    row: Consultation,
    taking_part: Sequence[Participant],
    staff: Mapping[UUID, Staff],
    departments: Mapping[UUID, Department],
    mdt: Mdt | None,
) -> str:
    """受邀科室: the lead's, then the other experts' whom it was asked of, each once, and whose section is signed."""
    leads = _department(staff.get(row.lead_id), departments) if row.lead_id else ""
    others = [_department(staff[each.staff_id], departments) for each in members(row, taking_part)]
    others += [mdt.shown(each).department for each in mdt.signed.values()] if mdt else []
    named = dict.fromkeys(each for each in others if each not in ("", leads))
    return "、".join([*([f"{leads}（{words.PART[ParticipantRole.lead]}）"] if leads else []), *named])


def _part(row: Consultation, who: Participant) -> str:
    """As what they took part."""
    if row.mdt and who.staff_id == row.lead_id:
        return words.CHAIR
    return words.RECORDER if who.staff_id == row.recorder_id else words.PART[who.role]


async def _guidance(db: AsyncSession, row: Consultation, zone: str, at: datetime) -> str:
    """Whoever may not practise at the branch on the day of the meeting gives guidance, and the print says so."""
    if row.lead_id is None:
        return ""
    registered = await registrations.of_people(db, [row.lead_id])
    day = day_in(zone, row.started_at or row.starts_at or at)
    may_practise = registered.until(row.lead_id, row.branch_id, day)
    return "" if may_practise else words.GUIDANCE.format(lead=words.lead_of(row))


async def _patient(
    db: AsyncSession, patient: Patient, request: RequestContent, at: datetime, zone: str
) -> doc.PatientLines:
    number = next((each for each in await patients.identifiers(db, patient.id) if each.kind in words.NUMBER), None)
    return doc.PatientLines(
        name=patient.name,
        sex=words.SEX[patient.sex],
        age=spelled(patient, at, zone),
        birth=patient.birth_date.isoformat() if patient.birth_date else "不详",
        number_label=words.NUMBER[number.kind] if number else "住院号",
        number=number.value if number else "未编号",
        department=request.department or patient.department,
        bed=words.bed(request.bed or patient.bed),
        allergy=words.allergy(patient),
        allergic=patient.allergy is not Allergy.none,
        flag=words.flag(patient),
        condition=words.condition(patient),
    )


def _times(row: Consultation, zone: str) -> str:
    if row.started_at is None or row.ended_at is None:
        return "书面会诊" if row.mode is Mode.written else "未结束"
    minutes = max(1, round((row.ended_at - row.started_at).total_seconds() / 60))
    return f"{words.local(row.started_at, zone)} 开始，{words.local(row.ended_at, zone, '%H:%M')} 结束，共 {minutes} 分"


async def _interruptions(db: AsyncSession, row: Consultation, zone: str) -> str:
    found: list[str] = []
    since: datetime | None = None
    for event in await of_activity(db, row.id):
        if event.data.get("target") == "interrupted":
            since = event.occurred_at
        elif since is not None and event.data.get("source") == "interrupted":
            found.append(f"{words.local(since, zone, '%H:%M')}–{words.local(event.occurred_at, zone, '%H:%M')}")
            since = None
    return "；".join(found) or "无"


async def record_consents(db: AsyncSession, row: Consultation) -> str:
    found = [each for each in await cases.consents(db, row.id) if consent_rules.recorded(each)]
    return "\n".join(
        f"{each.number}（{each.form_version} 版）　{words.CONSENT[each.kind]}　"
        + "、".join(words.SCOPE[scope] for scope in words.SCOPE if scope in each.scopes)
        + _paper(each)
        for each in found
    )


def _paper(consent: Consent) -> str:
    if consent_rules.given_up(consent) and consent.unobtainable_code is not None:
        return f"　书面无法取得：{words.NO_PAPER[consent.unobtainable_code]}（{consent.unobtainable_reason}）"
    return "　书面待补" if consent.paper_due else ""


def _department(person: Staff | None, departments: Mapping[UUID, Department]) -> str:
    found = departments.get(person.department_id) if person and person.department_id else None
    return found.name if found else ""
