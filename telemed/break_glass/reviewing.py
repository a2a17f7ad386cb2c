"""The branch's medical office is told at once, and says whether it was appropriate; else the ladder climbs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import BREAK_GLASS
from telemed.access.model import Actor, Role
from telemed.audit.model import AuditEvent, Purpose
from telemed.audit.seeing import see
from telemed.audit.service import record
from telemed.break_glass import rules
from telemed.break_glass.events import BreakGlassReviewed
from telemed.break_glass.model import BreakGlass
from telemed.break_glass.schemas import BreakGlassBase, OpenedBy, ReadOut, ReviewIn, ReviewList, ReviewOut
from telemed.consultations.model import Consultation
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.activity import Activity
from telemed.people import service as people
from telemed.people.model import Patient, Staff
from telemed.work import deadlines, ladders
from telemed.work.duty import on_duty
from telemed.work.ladders import rung
from telemed.work.model import WORK, WORK_DUE, Deadline, To, When
from telemed.work.service import ask, finish

REVIEW: Final = WORK.declare("review_break_glass")
DAY: Final = 24 * 60
# The medical office at once; after a day the duty officer too, and both again each day until one has reviewed it.
REVIEWED: Final = ladders.declare(
    "break_glass",
    rung(When.before, DAY, To.role, Role.reviewer),
    rung(When.due, 0, To.role, Role.reviewer),
    rung(When.after, 5, To.role, Role.duty_officer),
    rung(When.after, DAY, To.role, Role.reviewer, again=True),
    rung(When.after, 5, To.role, Role.duty_officer),
    asked=(REVIEW,),
    at_once=True,
)
MOST_REVIEWED: Final = 50


async def ask_for(db: AsyncSession, row: BreakGlass, now: datetime) -> None:
    activity, due = Activity(BREAK_GLASS, row.id), row.opened_at + rules.REVIEWED_WITHIN
    for role in rules.REVIEWING:
        ask(
            db,
            REVIEW,
            row.id,
            row.branch_id,
            now,
            role=role,
            due_at=due,
            activity=activity,
            patient_id=row.patient_id,
            note={"reason": row.words},
        )
    await db.flush()
    deadline = Deadline(
        kind=WORK_DUE,
        ladder=REVIEWED,
        activity=activity.kind,
        activity_id=row.id,
        hospital_id=row.branch_id,
        hub_id=row.hospital_id,
        began_at=now,
        due_at=due,
    )
    await deadlines.begin(db, deadline, now, on_duty)


async def review(db: AsyncSession, actor: Actor, id: UUID, version: int, said: ReviewIn, now: datetime) -> ReviewOut:
    row = await _theirs(db, actor, id, to_change=True)
    if row.version != version and row.verdict is None:
        current = (await _shown(db, [row], now))[0]
        raise Stale("It has changed since you read it.", current=current.model_dump(mode="json"))
    rules.refuse_review(row, said.verdict, said.note)
    row.verdict, row.note = said.verdict, said.note.strip()
    row.reviewed_by, row.reviewed_at = actor.id, now
    row.version += 1
    record(db, actor, "break_glass.reviewed", str(row.id), now, reason=row.verdict, owner_id=row.branch_id)
    of = About(row.branch_id, row.hospital_id, patient_id=row.patient_id, activity=BREAK_GLASS, activity_id=row.id)
    emit(db, BreakGlassReviewed(id=row.id, verdict=row.verdict), of, now, by=actor)
    await finish(db, row.id, [REVIEW], actor, now)
    return await one(db, actor, id, now)


async def one(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> ReviewOut:
    """With what was read under it."""
    row = await _theirs(db, actor, id)
    (shown,) = await _shown(db, [row], now)
    return shown.model_copy(update={"reads": await _reads(db, row)})


async def find(db: AsyncSession, actor: Actor, now: datetime) -> ReviewList:
    b = BreakGlass
    theirs = select(b).where(b.branch_id == actor.hospital_id)
    waiting = (await db.exec(theirs.where(col(b.verdict).is_(None)).order_by(col(b.opened_at), col(b.id)))).all()
    reviewed = theirs.where(col(b.verdict).is_not(None)).order_by(col(b.opened_at).desc(), col(b.id))
    latest = (await db.exec(reviewed.limit(MOST_REVIEWED))).all()
    return ReviewList(items=await _shown(db, [*waiting, *latest], now))


async def _theirs(db: AsyncSession, actor: Actor, id: UUID, *, to_change: bool = False) -> BreakGlass:
    query = select(BreakGlass).where(BreakGlass.id == id, BreakGlass.branch_id == actor.hospital_id)
    row = (await db.exec(query.with_for_update() if to_change else query)).one_or_none()
    if row is None:
        raise NotFound("There is no such break-glass of your patients.")
    return row


async def _shown(db: AsyncSession, rows: Sequence[BreakGlass], now: datetime) -> list[ReviewOut]:
    staff = await people.staff_by_id(db, {id for row in rows for id in (row.staff_id, row.reviewed_by) if id})
    departments = {each.id: each for each in await people.departments(db)}
    found = await db.exec(select(Patient).where(col(Patient.id).in_({row.patient_id for row in rows})))
    patients = {each.id: each for each in found}
    out = []
    for row in rows:
        patient, by = patients[row.patient_id], staff[row.staff_id]
        see(patient.hospital_id, patient.id)
        department = departments.get(by.department_id) if by.department_id else None
        office = staff.get(row.reviewed_by) if row.reviewed_by else None
        out.append(
            ReviewOut(
                **row.model_dump(include=set(BreakGlassBase.model_fields) | {"version", "patient_id", "reviewed_at"})
                | {"ended_at": rules.ended(row, now)},
                by=OpenedBy(
                    **by.model_dump(include={"id", "name", "name_en", "title", "hospital_id", "phone"}),
                    department=department.name if department else "",
                    department_en=department.name_en if department else "",
                ),
                patient_name=patient.name,
                patient_pinyin=patient.pinyin,
                due_at=row.opened_at + rules.REVIEWED_WITHIN,
                reviewed_by=office.name if office else "",
                reviewed_by_en=_english(office),
                reads=[],
            )
        )
    return out


def _english(person: Staff | None) -> str:
    return person.name_en if person else ""


async def _reads(db: AsyncSession, row: BreakGlass) -> list[ReadOut]:
    e, c = AuditEvent, Consultation
    query = select(e).where(e.patient_id == row.patient_id, e.actor_id == row.staff_id, e.at >= row.opened_at)
    query = query.where(col(e.purpose) == Purpose.break_glass, e.reason == str(row.id))
    found = (await db.exec(query.order_by(col(e.at), col(e.id)))).all()
    cases = {each.case_id for each in found if each.case_id}
    named = select(c.case_id, c.number).where(col(c.case_id).in_(cases)).order_by(col(c.id))
    numbers = {case: number for case, number in (await db.exec(named)).all()} if cases else {}
    return [
        ReadOut(
            at=each.at,
            what="case" if each.case_id else "images" if "/" in each.target else "patient",
            number=numbers.get(each.case_id),
            outcome=each.outcome,
        )
        for each in found
    ]
