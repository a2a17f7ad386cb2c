"""Gather what a 远程会诊记录单 shows, from the consultation, its people and one version of the opinion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.cases import rules as consent_rules
from telemed.cases import service as cases
from telemed.consultations.content import RequestContent
from telemed.consultations.model import Consultation, Mode, Urgency
from telemed.documents import record as doc
from telemed.errors import Conflict
from telemed.files.model import File
from telemed.files.store import FileStore
from telemed.history.service import of_activity
from telemed.opinions import words
from telemed.opinions.content import KeyImage, OpinionContent
from telemed.opinions.model import Advice, Method, Opinion, Section
from telemed.people import service as people
from telemed.people.ages import spelled
from telemed.people.model import Allergy, Department, Hospital, Patient, Staff


@dataclass(frozen=True)
class Printing:
    """What differs between a draft, a print to sign by hand, and a signed version."""

    number: int
    at: datetime
    by: str
    demo: bool
    draft: bool = True
    paper: bool = False
    method: Method | None = None
    signed_at: datetime | None = None
    sha256: str = ""
    verify: str = ""
    amendment_reason: str = ""
    withdrawn: bool = False
    replaces: Opinion | None = None


async def record(
    db: AsyncSession,
    store: FileStore,
    row: Consultation,
    content: OpinionContent,
    advice: Mapping[str, Advice],
    how: Printing,
) -> doc.Record:
    """`advice` is by row key: what became of the rows that were signed before."""
    if row.patient_id is None:
        raise Conflict("A consultation without a patient has no record.", reason="no_patient")
    branch, hub = await db.get_one(Hospital, row.branch_id), await db.get_one(Hospital, row.hub_id)
    patient, zone = await db.get_one(Patient, row.patient_id), branch.time_zone
    taking_part = await participants.of(db, row.id)
    ids = [row.requester_id, row.lead_id, row.accompanying_id, row.endorsed_by, row.approved_by]
    replied = next((each for each in advice.values() if each.replied_by), None)
    ids += [each.staff_id for each in taking_part] + ([replied.replied_by] if replied else [])
    staff = await people.staff_by_id(db, [each for each in ids if each])
    departments = {each.id: each for each in await people.departments(db)}
    request = RequestContent.model_validate(row.request)
    lead = staff[row.lead_id] if row.lead_id else None
    return doc.Record(
        number=row.number or "",
        version=how.number,
        draft=how.draft,
        paper=how.paper,
        withdrawn=how.withdrawn,
        hash=how.sha256,
        verify=how.verify,
        printed_at=words.local(how.at, zone, "%Y-%m-%d %H:%M:%S"),
        printed_by=how.by,
        demo=how.demo,
        class_=words.urgency_class(row),
        mode=words.MODE[row.mode],
        present="在场" if row.patient_present else "不在场",
        inviter=doc.Inviter(name=branch.licence_name, short=branch.name),
        invited=doc.Invited(
            name=hub.licence_name, departments=_department(lead, departments) + "（主会诊）" if lead else ""
        ),
        patient=await _patient(db, patient, request, how.at.astimezone(ZoneInfo(zone)).date()),
        request=_request(row, request, staff, branch, departments),
        session=doc.SessionPart(
            times=_times(row, zone),
            interruptions=await _interruptions(db, row, zone),
            people=[
                doc.Participant(
                    part=words.PART[each.role],
                    name=staff[each.staff_id].name,
                    title=words.TITLE[staff[each.staff_id].title],
                    department=_department(staff[each.staff_id], departments),
                    hospital=hub.name if staff[each.staff_id].hospital_id == hub.id else branch.name,
                    joined=words.local(each.joined_at, zone, "%H:%M"),
                    # Whoever was there to the end left with it.
                    left=words.local(each.left_at or row.ended_at if each.joined_at else None, zone, "%H:%M"),
                )
                for each in taking_part
                if row.mode is Mode.written or each.joined_at
            ],
            packet=f"会诊资料 v{row.packet_version}" if row.packet_version else "",
        ),
        opinion=await _opinion(db, store, content, lead, how, zone),
        handling=_handling(content, advice, staff, zone),
        amendment=doc.Amendment(
            replaces=how.replaces.number,
            replaced_at=words.local(how.replaces.signed_at, zone, "%Y-%m-%d %H:%M:%S"),
            reason=how.amendment_reason,
        )
        if how.replaces
        else None,
        accompanying=staff[row.accompanying_id].name if row.accompanying_id else "",
        consent=await _consent(db, row),
    )


async def _patient(db: AsyncSession, patient: Patient, request: RequestContent, today: date) -> doc.PatientLines:
    number = next((each for each in await people.identifiers(db, patient.id) if each.kind in words.NUMBER), None)
    return doc.PatientLines(
        name=patient.name,
        sex=words.SEX[patient.sex],
        age=spelled(patient, today),
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


def _request(
    row: Consultation,
    request: RequestContent,
    staff: Mapping[UUID, Staff],
    branch: Hospital,
    departments: Mapping[UUID, Department],
) -> doc.RequestPart:
    zone, stat = branch.time_zone, row.urgency is Urgency.stat
    specialty = next(
        (
            each.name
            for each in departments.values()
            if (each.hospital_id, each.specialty) == (row.hub_id, request.specialty)
        ),
        request.specialty,
    )
    wanted = [specialty, f"{words.TITLE[request.title_wanted]}以上" if request.title_wanted else ""]
    skipped = "紧急会诊，不经此步" if stat else "本院流程不设此步"
    endorsed, approved = staff.get(row.endorsed_by or row.id), staff.get(row.approved_by or row.id)
    treatment = "\n".join(each for each in (request.treatment, request.medicines) if each.strip())
    history = "\n".join(each for each in (request.history, request.past_history) if each.strip())
    exam = "\n".join(each for each in (words.measures(request.vitals), request.examination) if each.strip())
    tests_at = words.local(request.tests_at, zone)
    return doc.RequestPart(
        submitted=words.local(row.submitted_at, zone),
        wanted="，".join(each for each in wanted if each),
        purpose=request.purpose,
        history=history,
        exam=exam,
        exam_at=words.local(request.vitals_at, zone),
        tests=(f"（{tests_at}）" if tests_at else "") + words.measures(request.tests),
        diagnosis=request.diagnosis,
        treatment=treatment,
        requester=_titled(staff[row.requester_id]),
        requester_at=words.local(row.submitted_at, zone),
        senior=_titled(endorsed) if endorsed else skipped,
        senior_at=words.local(row.endorsed_at, zone) if endorsed else "",
        office=f"{approved.name}　同意" if approved else skipped,
        office_at=words.local(row.approved_at, zone) if approved else "",
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


async def _opinion(
    db: AsyncSession, store: FileStore, content: OpinionContent, lead: Staff | None, how: Printing, zone: str
) -> doc.OpinionPart:
    numbered = list(enumerate(content.rows(), 1))
    return doc.OpinionPart(
        analysis=content.analysis,
        diagnosis=content.diagnosis,
        groups=[
            doc.AdviceGroup(
                title=words.SECTION[section],
                rows=[
                    doc.PrintedAdvice(
                        n=n,
                        text=each.text,
                        kind=words.KIND[each.kind],
                        owner=each.owner,
                        due=words.due(each.due, each.due_at, zone),
                    )
                    for n, (of, each) in numbered
                    if of is section
                ],
                none="无特殊建议" if section is Section.advice and content.no_advice else "无",
            )
            for section in Section
        ],
        reservations=content.reservations,
        images=[await _image(db, store, each) for each in content.key_images],
        signatures=[
            doc.Signature(
                part="主会诊专家",
                name=lead.name if lead else "",
                title=words.TITLE[lead.title] if lead else "",
                method=how.method.value if how.method else "",
                stand="出具" if how.method else "",
                at=words.local(how.signed_at, zone, "%Y-%m-%d %H:%M:%S"),
            )
        ],
    )


async def _image(db: AsyncSession, store: FileStore, image: KeyImage) -> doc.PrintedImage:
    file = await db.get_one(File, image.file_id)
    series = f"序列 {image.series_number}" if image.series_number is not None else ""
    shown = image.image_number if image.image_number is not None else image.frame
    place = f"图像 {shown}" + (f" / {image.image_count}" if image.image_count else "")
    return doc.PrintedImage(
        study=image.study or "影像",
        at=image.taken_at,
        place="　".join(each for each in (series, place) if each),
        side=words.SIDE[image.side] if image.side else "未注明",
        note=image.note,
        picture=await store.read(file.sha256),
    )


def _handling(
    content: OpinionContent, advice: Mapping[str, Advice], staff: Mapping[UUID, Staff], zone: str
) -> doc.HandlingPart:
    rows, last = [], None
    for n, (_, row) in enumerate(content.rows(), 1):
        kept = advice.get(row.key)
        rows.append(
            doc.Handled(
                n=n,
                state=words.REPLY[kept.reply] if kept and kept.reply else "",
                reason=kept.reply_reason if kept else "",
                order=_order(kept, zone) if kept else "",
            )
        )
        last = kept if kept and kept.replied_by in staff else last
    by = staff[last.replied_by] if last and last.replied_by else None
    return doc.HandlingPart(
        rows=rows, by=_titled(by) if by else "", at=words.local(last.replied_at, zone) if last else ""
    )


def _order(advice: Advice, zone: str) -> str:
    if advice.decline_reason:
        return f"未开立：{advice.decline_reason}"
    parts: Sequence[str] = (words.local(advice.ordered_at, zone, "%m-%d %H:%M"), advice.order_number, advice.ordered_by)
    return " ".join(each for each in parts if each)


async def _consent(db: AsyncSession, row: Consultation) -> str:
    found = [each for each in await cases.consents(db, row.id) if consent_rules.recorded(each)]
    return "\n".join(
        f"{each.number}（{each.form_version} 版）　{words.CONSENT[each.kind]}　"
        + "、".join(words.SCOPE[scope] for scope in words.SCOPE if scope in each.scopes)
        + ("　书面待补" if each.paper_due else "")
        for each in found
    )


def _department(person: Staff | None, departments: Mapping[UUID, Department]) -> str:
    found = departments.get(person.department_id) if person and person.department_id else None
    return found.name if found else ""


def _titled(person: Staff) -> str:
    return f"{person.name} {words.TITLE[person.title]}"
