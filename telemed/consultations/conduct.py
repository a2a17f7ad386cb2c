"""What keeps a consultation moving: starting with something missing, and what the clock does by itself."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities.model import Participant
from telemed.cases import service as cases
from telemed.cases.events import ConsentApproved, ConsentChanged, ConsentPaperFiled, ConsentRecorded
from telemed.consultations import readiness, steps
from telemed.consultations.attendance import ESSENTIAL, GONE, both_here, interrupt_if_gone, start_if_both_here
from telemed.consultations.model import Consultation
from telemed.consultations.rules import deadlines
from telemed.consultations.service import act, facts, get
from telemed.consultations.words import Action, State, Urgency
from telemed.db import Database
from telemed.errors import Conflict
from telemed.history.consumers import Heard
from telemed.people.model import Hospital
from telemed.scheduling.rules import workday
from telemed.work import service as work
from telemed.work.model import WorkItem, WorkKind

log = structlog.get_logger(__name__)
CONSENTS_CHANGED = (ConsentRecorded, ConsentChanged, ConsentPaperFiled, ConsentApproved)
Look = Callable[[Database, UUID, datetime], Awaitable[None]]


async def start_anyway(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime
) -> Consultation:
    """By the lead expert or the coordinator; never without the identity check, never without consent."""
    row = await get(db, actor, id, now, version=version)
    gate = await readiness.checks(db, row, now)
    missing = readiness.red(gate)
    # Images that have not arrived may be missing; images that may be somebody else's may not.
    never = sorted(each.key for each in gate if not each.ok and (each.key == "consent" or each.detail.get("waiting")))
    if never:
        raise Conflict("Not without consent and a confirmed identity.", reason="never_without", missing=never)
    papers: list[str] = next((each.detail["missing"] for each in gate if each.key == "packet"), [])
    named = [each for each in missing if each != "packet"] + [f"checklist.{each}" for each in papers]
    given = await facts(db, row, red=missing, started_anyway=True, both_admitted=await both_here(db, row.id))
    await act(db, actor, row, Action.start, given, now, reason=reason, missing=missing)
    row.started_with_missing, row.missing_reason = named, reason
    return row


async def sweep(database: Database, now: datetime) -> None:
    """What the clock does: checks the gate, notes who never came or came back, asks the duty officer after hours."""
    c = Consultation
    came = select(Participant.id).where(Participant.activity_id == c.id, col(Participant.joined_at).is_not(None))
    gone = select(Participant.id).where(
        Participant.activity_id == c.id,
        col(Participant.role).in_(ESSENTIAL),
        col(Participant.present).is_(False),
        col(Participant.left_at) < now - GONE,
    )
    booked = col(c.state).in_([State.scheduled, State.ready])
    late, over = now - deadlines.RETURNED_EXPIRES, now - deadlines.MISSED_AFTER
    clock: list[tuple[Look, ColumnElement[bool]]] = [
        (_review, booked),
        (_expire, and_(col(c.state) == State.returned, col(c.state_since) < late)),
        (_miss, and_(booked, col(c.ends_at) < over, ~came.exists())),
        (_interrupt, and_(col(c.state) == State.in_progress, gone.exists())),
        (_ask_duty_officer, col(c.state) == State.submitted),
        (_give_back, and_(col(c.state) == State.accepted, _overdue(WorkKind.name_lead, now))),
        (_ask_to_rebook, and_(col(c.state) == State.interrupted, col(c.state_due_at) < now)),
    ]
    for look, which in clock:
        async with database.read() as db:
            found = list((await db.exec(select(c.id).where(which))).all())
        for id in found:
            try:
                await look(database, id, now)
            except Exception:  # one that cannot be moved must not keep the clock of all others from running
                log.exception("the clock could not move a consultation", id=str(id))


async def _expire(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.returned:
            await act(db, None, row, Action.expire, await facts(db, row), now)


async def _miss(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        if (row := await locked(db, id)).state in (State.scheduled, State.ready):
            await act(db, None, row, Action.miss, await facts(db, row), now)


async def _interrupt(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        await interrupt_if_gone(db, await locked(db, id), now)


async def _ask_duty_officer(database: Database, id: UUID, now: datetime) -> None:
    async with database.read() as db:
        asks = await _duty_must_be_asked(db, await db.get_one(Consultation, id), now)
    if asks:
        async with database.write() as db:
            await ask_duty_officer(db, await locked(db, id), now)


def _overdue(kind: WorkKind, now: datetime) -> ColumnElement[bool]:
    late = select(WorkItem.id).where(WorkItem.subject == Consultation.id, WorkItem.kind == kind)
    return late.where(col(WorkItem.done_at).is_(None), col(WorkItem.due_at) < now).exists()


async def _give_back(database: Database, id: UUID, now: datetime) -> None:
    """A department that named nobody in time: the coordinator chooses again."""
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.accepted and row.hub_department_id is not None:
            await act(db, None, row, Action.give_back, await facts(db, row), now, reason="overdue")


async def _ask_to_rebook(database: Database, id: UUID, now: datetime) -> None:
    """Interrupted for too long: a coordinator books another time, or has it answered in writing."""
    async with database.read() as db:
        if await work.open_items(db, id, WorkKind.book):
            return
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.interrupted and row.urgency is not Urgency.stat:
            steps.ask(db, row, WorkKind.book, row.hub_id, now, role=Role.coordinator, note={"interrupted": True})


async def _review(database: Database, id: UUID, now: datetime) -> None:
    """Looks first without the write lock, and takes it only when the state must change."""
    async with database.read() as db:
        row = await db.get_one(Consultation, id)
        missing = bool(readiness.red(await readiness.checks(db, row, now)))
        if (row.state is State.ready) is not missing:
            return
    async with database.write() as db:
        row = await locked(db, id)
        await readiness.review(db, row, now)
        await start_if_both_here(db, row, now, now)  # they may have come before the last thing was there


async def locked(db: AsyncSession, id: UUID) -> Consultation:
    """As it is now that nobody else changes it."""
    return (await db.exec(select(Consultation).where(Consultation.id == id).with_for_update())).one()


async def consents_changed(db: AsyncSession, heard: Heard) -> None:
    """A consent recorded, filed or approved: what was closed when an earlier one was withdrawn opens again."""
    row = await db.get(Consultation, heard.about.activity_id)
    if row is not None and await cases.consented(db, row.id):
        await steps.give_again(db, row, heard.told_at)


def out_of_hours(hospital: Hospital, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(hospital.time_zone))
    return not workday(local) or not hospital.work_starts <= local.strftime("%H:%M") < hospital.work_ends


async def _duty_must_be_asked(db: AsyncSession, row: Consultation, now: datetime) -> bool:
    branch = await db.get_one(Hospital, row.branch_id)
    if row.urgency is Urgency.stat or not out_of_hours(branch, now):
        return False
    open_items = await work.open_items(db, row.id, WorkKind.endorse, WorkKind.review)
    return bool(open_items) and all(each.role != Role.duty_officer for each in open_items)


async def ask_duty_officer(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Out of hours the duty officer does both steps, in one action."""
    if await _duty_must_be_asked(db, row, now):
        steps.ask(db, row, WorkKind.review, row.branch_id, now, role=Role.duty_officer, due_at=row.state_due_at)


SWEEP_EVERY = timedelta(seconds=5)
