"""What follows from each step: the moments it stamps, the work it asks for and ends, the grants it gives and ends."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.consultations.model import Consultation, activity
from telemed.consultations.rules import deadlines
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.states import FINAL
from telemed.consultations.rules.table import Transition
from telemed.consultations.words import Action, Mode, ParticipantRole, State, Urgency
from telemed.people.model import Department, Hospital
from telemed.scheduling import service as scheduling
from telemed.work import service as work
from telemed.work.model import WorkKind

K = WorkKind
READ = ("read", "annotate", "download")
LEAD = (*READ, "write_opinion")


def stamp(row: Consultation, action: Action, actor: Actor | None, at: datetime) -> None:
    """The columns that say when a step was reached, for lists and the record."""
    by = actor.id if actor else None
    match action:
        case Action.submit:
            row.submitted_at, row.endorsed_by, row.endorsed_at, row.missing = at, None, None, []
            row.sign_due_at = deadlines.sign_due(row, at)
        case Action.endorse:
            row.endorsed_by, row.endorsed_at = by, at
        case Action.approve:
            row.approved_by, row.approved_at = by, at
        case Action.accept | Action.take:
            row.accepted_by = by
        case Action.make_ready:
            lock_packet(row, at)
        case Action.start if row.started_at is None or row.ended_at is not None:  # reopened: a session of its own
            lock_packet(row, at)  # a stat one, and one that starts with items missing, was never ready
            row.started_at, row.ended_at = at, None
        case Action.end | Action.to_written if row.started_at is not None and row.ended_at is None:
            row.ended_at = at
        case Action.reopen:
            row.starts_at = row.ends_at = row.booking_id = None
            row.started_with_missing, row.missing_reason = [], None  # a session of its own
            row.sign_due_at = at + deadlines.SIGN_WITHIN[row.urgency]


def lock_packet(row: Consultation, at: datetime) -> None:
    """What the session begins with stays as it is; later material makes the next version."""
    row.packet_version = max(1, row.packet_version)
    row.packet_locked_at = row.packet_locked_at or at


async def follow(
    db: AsyncSession, row: Consultation, line: Transition, actor: Actor | None, now: datetime, data: dict[str, Any]
) -> None:
    """Work items and grants, in the transaction of the step that causes them."""
    match line.action:
        case Action.submit:
            await work.finish(db, row.id, [K.complete], actor, now)
            await _ask_approval(db, row, now)
        case Action.endorse:
            await work.finish(db, row.id, [K.endorse], actor, now)
            await _ask_review(db, row, now)
        case Action.approve:
            await work.finish(db, row.id, [K.endorse, K.review], actor, now)
            await _to_the_hub(db, row, actor, now)
        case Action.return_:
            await work.finish(db, row.id, [K.endorse, K.review, K.accept], actor, now)
            note = {"missing": row.missing, "reason": data.get("reason")}
            due = row.state_due_at
            ask(db, row, K.complete, row.branch_id, now, staff_id=row.requester_id, note=note, due_at=due)
        case Action.accept | Action.take | Action.name_lead:
            await work.finish(db, row.id, [K.accept, K.name_lead], actor, now)
            if line.action is Action.take:  # it rings for the others no longer
                for department in await wanted_departments(db, row):
                    await grants.end(db, row.id, now, grantee=_experts(row, department), after=deadlines.TAKEN_SEEN)
            await _with_lead_or_department(db, row, actor, now)
        case Action.give_back:
            await work.finish(db, row.id, [K.name_lead], actor, now)
            note = {"given_back": data.get("reason")} if actor else {"overdue": True}
            ask(db, row, K.name_lead, row.hub_id, now, role=Role.coordinator, note=note)
            await grants.end(db, row.id, now, grantee=dispatchers(row))
            row.hub_department_id = None
        case Action.book | Action.rebook | Action.resume:
            await work.finish(db, row.id, [K.book], actor, now)
        case Action.start:  # whoever need not come and has not answered
            await work.finish(db, row.id, [K.invite], actor, now)
        case Action.unconfirm:
            ask(db, row, K.book, row.hub_id, now, role=Role.coordinator, note={"asked": data.get("words", "")})
        case Action.end | Action.to_written:
            await work.finish(db, row.id, [K.book, K.invite], actor, now)
            await participants.all_out(db, row.id, now)
            if row.ended_at is None:
                await scheduling.cancel(db, row.id, actor, now)
            ask(db, row, K.sign, row.hub_id, now, staff_id=row.lead_id, due_at=row.state_due_at)
        case Action.sign:
            await work.finish(db, row.id, [K.write, K.sign], actor, now)
            ask(db, row, K.acknowledge, row.branch_id, now, staff_id=row.requester_id, due_at=row.state_due_at)
        case Action.acknowledge:
            await work.finish(db, row.id, [K.acknowledge], actor, now)
        case Action.reopen:
            await scheduling.cancel(db, row.id, actor, now)  # the first session's, which is over
            await give_again(db, row, now)  # they had begun to end
            await _with_lead_or_department(db, row, actor, now)
        case Action.close:
            await work.finish(db, row.id, [K.close, K.consent, K.complete], actor, now)
            await grants.end(db, row.id, now, after=grants.AFTER_CLOSE)
    if line.target in FINAL and line.target is not State.archived:
        await participants.all_out(db, row.id, now)
        await work.withdraw(db, row.id, now)
        await scheduling.cancel(db, row.id, actor, now)
        await grants.end(db, row.id, now)


async def _ask_approval(db: AsyncSession, row: Consultation, now: datetime) -> None:
    branch = await db.get_one(Hospital, row.branch_id)
    if row.urgency is Urgency.stat or not (branch.endorsement or branch.review):
        return  # the caller lets the system approve it
    if branch.endorsement:
        ask(db, row, K.endorse, row.branch_id, now, role=Role.senior_doctor, due_at=row.state_due_at)
    else:
        await _ask_review(db, row, now)


async def _ask_review(db: AsyncSession, row: Consultation, now: datetime) -> None:
    branch = await db.get_one(Hospital, row.branch_id)
    if branch.review:
        ask(db, row, K.review, row.branch_id, now, role=Role.reviewer, due_at=row.state_due_at)


async def _to_the_hub(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    """The hub's coordinators see the case from now on; a stat case also every expert of the wanted specialty."""
    await _grant(db, row, grants.role_subject(row.hub_id, Role.coordinator), "accept", READ, actor, now)
    if row.urgency is not Urgency.stat:
        ask(db, row, K.accept, row.hub_id, now, role=Role.coordinator, due_at=row.state_due_at)
        return
    if row.accompanying_id is not None:  # who calls is on the booking and may wait in the room before anybody takes it
        await participants.put(db, activity(row.id), row.accompanying_id, ParticipantRole.accompanying)
    for department in await wanted_departments(db, row):
        await _grant(db, row, _experts(row, department), "stat", READ, actor, now)
    note = {"stat": True}
    ask(
        db,
        row,
        K.complete,
        row.branch_id,
        now,
        staff_id=row.requester_id,
        note=note,
        due_at=now + deadlines.STAT_PAPERS,
    )
    ask(db, row, K.consent, row.branch_id, now, role=Role.duty_officer, note=note, due_at=now + deadlines.STAT_PAPERS)


def _experts(row: Consultation, department: Department) -> str:
    return grants.role_subject(row.hub_id, Role.expert, department.id)


def dispatchers(row: Consultation) -> str:
    return grants.role_subject(row.hub_id, Role.dispatcher, row.hub_department_id)


async def wanted_departments(db: AsyncSession, row: Consultation) -> list[Department]:
    """The hub's departments of the wanted specialty; all of them when none was named."""
    query = select(Department).where(Department.hospital_id == row.hub_id)
    if row.wanted_department_id:
        query = query.where(Department.id == row.wanted_department_id)
    elif specialty := request_of(row).specialty:
        query = query.where(Department.specialty == specialty)
    return list((await db.exec(query)).all())


async def _with_lead_or_department(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    if row.lead_id is None and row.hub_department_id is not None:
        await _grant(db, row, dispatchers(row), "name the lead expert", READ, actor, now)
        due = now + deadlines.NAME_LEAD[row.urgency]
        ask(
            db,
            row,
            K.name_lead,
            row.hub_id,
            now,
            role=Role.dispatcher,
            department_id=row.hub_department_id,
            due_at=due,
        )
        return
    if row.lead_id is None:
        return
    await give_to_lead(db, row, actor, now)
    if row.mode is Mode.live and row.urgency is not Urgency.stat and row.state is State.accepted:
        ask(db, row, K.book, row.hub_id, now, role=Role.coordinator, due_at=row.state_due_at)


async def give_again(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """A new consent after one was withdrawn: whoever the consultation had named sees the case again."""
    if row.approved_at is None or row.state in FINAL or row.state is State.closed:
        return
    await _grant(db, row, grants.role_subject(row.hub_id, Role.coordinator), "accept", READ, None, now)
    if row.lead_id is not None:
        await give_to_lead(db, row, None, now)
    elif row.hub_department_id is not None:
        await _grant(db, row, dispatchers(row), "name the lead expert", READ, None, now)
    for each in await participants.of(db, row.id):
        if each.staff_id != row.lead_id:
            await _grant(db, row, str(each.staff_id), "take part in the consultation", READ, None, now)


async def give_to_lead(db: AsyncSession, row: Consultation, actor: Actor | None, now: datetime) -> None:
    await _grant(db, row, str(row.lead_id), "lead the consultation", LEAD, actor, now)


async def _grant(
    db: AsyncSession,
    row: Consultation,
    grantee: str,
    purpose: str,
    actions: tuple[str, ...],
    actor: Actor | None,
    now: datetime,
) -> None:
    if row.case_id is None or row.patient_id is None:
        raise RuntimeError("a grant needs a case and its patient")
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=grantee,
        hospital_id=row.branch_id,
        actions=actions,
        purpose=purpose,
        by=actor.id if actor else None,
        now=now,
    )


async def grant_participant(db: AsyncSession, row: Consultation, staff_id: UUID, actor: Actor, now: datetime) -> None:
    """Booking a person opens the case to that person."""
    await _grant(db, row, str(staff_id), "take part in the consultation", READ, actor, now)


def ask(
    db: AsyncSession,
    row: Consultation,
    kind: WorkKind,
    hospital_id: str,
    now: datetime,
    *,
    staff_id: UUID | None = None,
    role: Role | None = None,
    department_id: UUID | None = None,
    due_at: datetime | None = None,
    note: dict[str, Any] | None = None,
) -> None:
    """A work item about this consultation."""
    work.ask(
        db,
        kind,
        row.id,
        hospital_id,
        now,
        staff_id=staff_id,
        role=role,
        department_id=department_id,
        due_at=due_at,
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        urgency=str(row.urgency),
        note=note or {},
    )
