"""What is asked because of a critical finding, and who is told of it beside."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor, Role
from telemed.activities.words import Urgency
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BEFORE_SUBMITTING, ENDED
from telemed.critical_findings import rules
from telemed.critical_findings.ladders import (
    ACT,
    ACTION,
    CALL,
    CLOSE,
    RAISED,
    READ_BACK,
    TAKEN_BACK,
    TELEPHONE,
    TELLS,
    VALUE,
    VALUE_DUE,
    WITHDRAWN,
)
from telemed.critical_findings.model import CriticalFinding, activity
from telemed.critical_findings.words import KIND
from telemed.people import calendars
from telemed.people.duty import holders
from telemed.people.model import Department
from telemed.reading.model import Reading
from telemed.rosters import duty
from telemed.work import acts, deadlines, ladders, notices
from telemed.work import service as work
from telemed.work.duty import on_duty
from telemed.work.model import WORK_DUE, Deadline, Notice, Outcome, Rung

PURPOSE: Final = "told of a critical finding"
URGENT: Final = Urgency.stat  # whatever the urgency of the reading


def _deadline(row: CriticalFinding, now: datetime, kind: str, ladder: str) -> Deadline:
    return Deadline(
        activity=KIND,
        activity_id=row.id,
        case_id=row.case_id,
        kind=kind,
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=row.hub_id,
        urgency=URGENT,
        began_at=now,
        due_at=now,
    )


async def begin(db: AsyncSession, row: CriticalFinding, reading: Reading, now: datetime) -> None:
    """Asks the doctor who requested the reading to read it back; where a radiographer did, whoever is on duty."""
    doctors = {id for each in rules.DOCTORS for id in await holders(db, row.branch_id, each)}
    by_doctor = reading.requester_id in doctors
    await _let_see(db, row, row.found_by, now)
    whom: dict[str, Any] = {"staff_id": reading.requester_id} if by_doctor else {"role": Role.duty_doctor}
    _ask(db, row, READ_BACK, row.branch_id, now, due_at=now + rules.STEP, **whom)
    await db.flush()
    deadline = _deadline(row, now, VALUE_DUE, VALUE)
    deadline.owners = [str(reading.requester_id)] if by_doctor else []
    await deadlines.begin(db, deadline, now, on_duty)
    telling = _deadline(row, now, TELLS, RAISED)
    telling.owners = [str(each) for each in await _beside(db, row, reading, now)]
    await deadlines.only_tell(db, telling, now, on_duty)


async def _beside(db: AsyncSession, row: CriticalFinding, reading: Reading, now: datetime) -> list[UUID]:
    """The ward, the branch's imaging department, and whom an open consultation of the patient is about."""
    query = select(Department.id).where(Department.hospital_id == row.branch_id, Department.name == row.department)
    department = (await db.exec(query)).first() if row.department else None
    found: dict[UUID, None] = {}
    for role in rules.WARD:
        here = await holders(db, row.branch_id, role, department)
        found |= dict.fromkeys(here or await holders(db, row.branch_id, role))
    for role in rules.IMAGING:
        found |= dict.fromkeys(await holders(db, row.branch_id, role))
    found |= dict.fromkeys(await _of_consultations(db, row, now))
    return [each for each in found if each not in (reading.requester_id, row.found_by)]


async def _of_consultations(db: AsyncSession, row: CriticalFinding, now: datetime) -> list[UUID]:
    """Who requested, accompanies and leads the patient's open consultations; the lead is let see the finding."""
    query = select(Consultation).where(
        Consultation.patient_id == row.patient_id, col(Consultation.state).not_in([*ENDED, *BEFORE_SUBMITTING])
    )
    found: list[UUID] = []
    for each in (await db.exec(query.order_by(col(Consultation.id)))).all():
        found += [id for id in (each.requester_id, each.accompanying_id, each.lead_id) if id]
        if each.lead_id:
            await _let_see(db, row, each.lead_id, now)
    return found


async def _let_see(db: AsyncSession, row: CriticalFinding, whom: UUID, now: datetime) -> None:
    """Until some time after it is closed, whatever becomes of the reading: its finder may have to telephone."""
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=str(whom),
        hospital_id=row.branch_id,
        allows=("read",),
        purpose=PURPOSE,
        by=row.found_by,
        now=now,
    )


async def must_be_telephoned(db: AsyncSession, row: CriticalFinding, now: datetime) -> None:
    """It was read back wrongly twice: who found it telephones."""
    _ask(db, row, TELEPHONE, row.hub_id, now, due_at=now, staff_id=row.found_by)
    await db.flush()
    await deadlines.begin(db, _deadline(row, now, WORK_DUE, CALL), now, on_duty)


async def is_read_back(db: AsyncSession, row: CriticalFinding, actor: Actor, now: datetime) -> None:
    """Nobody else is told of the value. Who has read it back on a page sees to it, after a call the doctor asked."""
    asked = await work.open_items(db, row.id, READ_BACK)
    await work.finish(db, row.id, [READ_BACK, TELEPHONE], actor, now)
    await deadlines.end(db, row.id, VALUE_DUE, now)
    doctor = actor.hospital_id == row.branch_id and actor.has(*rules.DOCTORS)
    await _ask_by(db, row, ACT, actor.id if doctor else next((each.staff_id for each in asked), None), now)


async def is_acted_on(db: AsyncSession, row: CriticalFinding, actor: Actor, now: datetime) -> None:
    await _ask_by(db, row, CLOSE, actor.id, now)
    await work.finish(db, row.id, [ACT], actor, now)


async def is_closed(db: AsyncSession, row: CriticalFinding, actor: Actor, now: datetime) -> None:
    await work.finish(db, row.id, [CLOSE], actor, now)
    await notices.end_of(db, row.id, TELLS, now)
    await grants.end(db, row.id, now, until=now + rules.SEEN_AFTER_CLOSING)


async def is_withdrawn(db: AsyncSession, row: CriticalFinding, reading: Reading, actor: Actor, now: datetime) -> None:
    """Nothing is asked of it any more, and everybody who was told of it is told that it was a mistake."""
    await work.finish(db, row.id, [READ_BACK, TELEPHONE, ACT, CLOSE], actor, now, Outcome.withdrawn)
    await deadlines.end(db, row.id, VALUE_DUE, now)
    await notices.end_of(db, row.id, TELLS, now)
    told = (await db.exec(select(Notice.staff_id).where(Notice.activity_id == row.id).distinct())).all()
    people = dict.fromkeys([*sorted(told), reading.requester_id, row.found_by])
    telling = _deadline(row, now, TAKEN_BACK, WITHDRAWN)
    telling.owners = [str(each) for each in people if each != actor.id]
    await deadlines.only_tell(db, telling, now, on_duty)
    await grants.end(db, row.id, now, until=now + rules.SEEN_AFTER_CLOSING)


async def _ask_by(db: AsyncSession, row: CriticalFinding, kind: str, staff_id: UUID | None, now: datetime) -> None:
    """Asks this person, or else whoever is on duty, within the time of its ladder."""
    deadline = _deadline(row, now, WORK_DUE, ACTION)
    deadline.due_at = await ladders.due_by(db, deadline, now)
    whom: dict[str, Any] = {"staff_id": staff_id} if staff_id else {"role": Role.duty_doctor}
    _ask(db, row, kind, row.branch_id, now, due_at=deadline.due_at, **whom)
    await db.flush()
    await deadlines.begin(db, deadline, now, on_duty)


def _ask(
    db: AsyncSession, row: CriticalFinding, kind: str, hospital_id: str, now: datetime, due_at: datetime, **whom: Any
) -> None:
    work.ask(
        db,
        kind,
        row.id,
        hospital_id,
        now,
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        urgency=URGENT,
        due_at=due_at,
        **whom,
    )


async def _lock(db: AsyncSession, id: UUID) -> None:
    await db.exec(select(CriticalFinding.id).where(CriticalFinding.id == id).with_for_update())


async def open_to(db: AsyncSession, deadline: Deadline, rung: Rung, now: datetime) -> None:
    """Out of hours nobody sits in the medical office: whoever tells it tells the duty officer too."""
    if deadline.ladder != VALUE or rung.role != Role.reviewer:
        return
    working = (await calendars.working_times(db, {deadline.hospital_id}))[deadline.hospital_id]
    if not working.works_at(now):
        officers = await duty.of_role(db, deadline.hospital_id, Role.duty_officer, now)
        await deadlines.tell_also(db, deadline, officers, now)


acts.when_told(KIND, acts.Opening(_lock, open_to))
