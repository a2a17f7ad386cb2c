"""Prints a report: once, from the text that was issued alone, and stored."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.documents.page import PatientLine
from telemed.documents.record import Inviter
from telemed.documents.report import Doctor, ReportPrint
from telemed.opinions import words
from telemed.people import patients
from telemed.people import service as people
from telemed.people.ages import spelled
from telemed.people.model import Hospital, Patient, Staff
from telemed.reading import clauses
from telemed.reading.lookup import asker
from telemed.reading.model import Reading, Report
from telemed.reading.words import AddendumKind, Part, ReadingPurpose, Urgency
from telemed.reading.words import ReadingState as State
from telemed.studies.model import StudyView

PART: Final = {
    Part.head: "头部",
    Part.neck: "颈部",
    Part.chest: "胸部",
    Part.heart: "心脏",
    Part.abdomen: "腹部",
    Part.pelvis: "盆腔",
    Part.spine: "脊柱",
    Part.breast: "乳腺",
    Part.upper_limb: "上肢",
    Part.lower_limb: "下肢",
    Part.whole_body: "全身",
}
KIND: Final = {AddendumKind.addition: "补充", AddendumKind.correction: "更正", AddendumKind.review: "审核"}
URGENCY: Final = {Urgency.stat: "紧急", Urgency.urgent: "急", Urgency.routine: "普通"}
LATER: Final = ("over_read", "basis", "accession_number", "opinion")
SECONDS: Final = "%Y-%m-%d %H:%M:%S"


def stored(shown: ReportPrint) -> dict[str, object]:
    """As it is part of the text that is issued; what only some of them say is in no other text."""
    return shown.model_dump(mode="json", exclude={"seal", *(each for each in LATER if not getattr(shown, each))})


async def addendum(db: AsyncSession, row: Reading, added: Report, demo: bool, amends: str) -> ReportPrint:
    """What is printed of an addendum: whom and what it is about as at this moment, and who issues it."""
    whole = await content(db, row, added, demo)
    branch = await db.get_one(Hospital, row.branch_id)
    by = await people.staff(db, added.author_id)
    update = {
        "kind": KIND[added.kind or AddendumKind.addition],
        "amends": amends,
        "at": words.local(added.saved_at, branch.time_zone, SECONDS),
        "author": Doctor(name=by.name, title=words.TITLE[by.title], at=words.local(added.saved_at, branch.time_zone)),
        "reviewer": None,
    }
    return whole.model_copy(update=update)


async def content(db: AsyncSession, row: Reading, report: Report, demo: bool) -> ReportPrint:
    """What is printed of a report that is being issued, with times local to the branch."""
    branch, hub = await db.get_one(Hospital, row.branch_id), await db.get_one(Hospital, row.hub_id)
    patient, zone = await db.get_one(Patient, row.patient_id), branch.time_zone
    view = await db.get(StudyView, (row.branch_id, row.study_uid))
    ids = [each for each in (asker(row), row.reader_id, row.reviewer_id) if each]
    staff = await people.staff_by_id(db, ids)

    def doctor(id: UUID | None, at: datetime | None) -> Doctor:
        person: Staff = staff[id or row.id]
        return Doctor(name=person.name, title=words.TITLE[person.title], at=words.local(at, zone))

    return ReportPrint(
        number=report.number,
        at=words.local(row.issued_at, zone, SECONDS),
        demo=demo,
        hub=Inviter(name=hub.licence_name, short=hub.name),
        branch=Inviter(name=branch.licence_name, short=branch.name),
        patient=await _patient(db, patient, row.requested_at, zone),
        flag=words.flag(patient),
        urgency=URGENCY[row.urgency],
        examination=f"{row.modality} {row.examination}".strip(),
        part=PART[row.part],
        side=words.SIDE[row.side],
        taken_at=words.local(view.taken_at, zone) if view else "",
        study_uid=row.study_uid,
        accession_number=view.accession_number if view else "",
        question=row.question,
        basis=await clauses.basis(db, row),
        history=row.history,
        technique=report.technique,
        findings=report.findings,
        impression=report.impression,
        critical=row.critical_words,
        requester=words.titled(staff[asker(row)]),
        author=doctor(row.reader_id, row.written_at),
        reviewer=doctor(row.reviewer_id, row.reviewed_at) if row.reviewer_id else None,
        opinion=row.purpose is ReadingPurpose.over_read,
        provisional=row.state is State.provisional,
    )


async def _patient(db: AsyncSession, patient: Patient, at: datetime, zone: str) -> PatientLine:
    number = next((each for each in await patients.identifiers(db, patient.id) if each.kind in words.NUMBER), None)
    return PatientLine(
        name=patient.name,
        sex=words.SEX[patient.sex],
        age=spelled(patient, at, zone),
        birth=patient.birth_date.isoformat() if patient.birth_date else "",
        number_label=words.NUMBER[number.kind] if number else "住院号",
        number=number.value if number else "",
        department=patient.department,
        bed=words.bed(patient.bed),
    )
