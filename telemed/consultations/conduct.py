"""What keeps a consultation moving: starting with something missing, and what the clock does by itself."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.cases import service as cases
from telemed.consultations import deadlines, readiness, steps
from telemed.consultations.attendance import both_here, start_if_both_here
from telemed.consultations.guards import Action
from telemed.consultations.model import Consultation, Participant, State, Urgency
from telemed.consultations.service import act, facts, get
from telemed.db import Database
from telemed.errors import Conflict
from telemed.kit.events import Outbox
from telemed.people.model import Hospital
from telemed.work import service as work
from telemed.work.model import WorkKind

NEVER_WITHOUT = {"consent", "identity"}


async def start_anyway(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime
) -> Consultation:
    """By the lead expert or the coordinator; never without the identity check, never without consent."""
    row = await get(db, actor, id, now, version=version)
    missing = readiness.red(await readiness.checks(db, row, now))
    if NEVER_WITHOUT.intersection(missing):
        raise Conflict(
            "Not without consent and a confirmed identity.",
            reason="never_without",
            missing=sorted(NEVER_WITHOUT.intersection(missing)),
        )
    given = await facts(db, row, red=missing, started_anyway=True, both_admitted=await both_here(db, row.id))
    await act(db, actor, row, Action.start, given, now, reason=reason, missing=missing)
    row.started_with_missing, row.missing_reason = missing, reason
    return row


async def sweep(database: Database, now: datetime) -> None:
    """What the clock does: checks the gate, notes who never came, asks the duty officer after hours."""
    async with database.read() as db:
        watched = select(Consultation.id).where(col(Consultation.state).in_([State.scheduled, State.ready]))
        gate = list((await db.exec(watched)).all())
        returned = select(Consultation.id).where(
            Consultation.state == State.returned, col(Consultation.state_since) < now - deadlines.RETURNED_EXPIRES
        )
        old = list((await db.exec(returned)).all())
        over = select(Consultation.id).where(
            col(Consultation.state).in_([State.scheduled, State.ready]),
            col(Consultation.ends_at) < now - deadlines.MISSED_AFTER,
            ~select(Participant.id)
            .where(Participant.consultation_id == Consultation.id, col(Participant.joined_at).is_not(None))
            .exists(),
        )
        missed = list((await db.exec(over)).all())
        submitted = select(Consultation.id).where(Consultation.state == State.submitted)
        waiting = list((await db.exec(submitted)).all())
    for id in gate:
        await _review(database, id, now)
    for id in old:
        async with database.write() as db:
            if (row := await db.get(Consultation, id)) and row.state is State.returned:
                await act(db, None, row, Action.expire, await facts(db, row), now)
    for id in missed:
        async with database.write() as db:
            if (row := await db.get(Consultation, id)) and row.state in (State.scheduled, State.ready):
                await act(db, None, row, Action.miss, await facts(db, row), now)
    for id in waiting:
        async with database.read() as db:
            row = await db.get_one(Consultation, id)
            asks = await _duty_must_be_asked(db, row, now)
        if asks:
            async with database.write() as db:
                await ask_duty_officer(db, await db.get_one(Consultation, id), now)


async def _review(database: Database, id: UUID, now: datetime) -> None:
    """Looks first without the write lock, and takes it only when the state must change."""
    async with database.read() as db:
        row = await db.get_one(Consultation, id)
        missing = bool(readiness.red(await readiness.checks(db, row, now)))
        if (row.state is State.ready) is not missing:
            return
    async with database.write() as db:
        row = (await db.exec(select(Consultation).where(Consultation.id == id).with_for_update())).one()
        await readiness.review(db, row, now)
        await start_if_both_here(db, row, now, now)  # they may have come before the last thing was there


async def consents_changed(db: AsyncSession, event: Outbox) -> None:
    """A consent recorded, filed or approved: what was closed when an earlier one was withdrawn opens again."""
    if not event.type.startswith("consent.") or event.type == "consent.withdrawn":
        return
    row = await db.get(Consultation, UUID(event.data["consultation_id"]))
    if row is not None and await cases.consented(db, row.id):
        await steps.give_again(db, row, event.occurred_at)


def out_of_hours(hospital: Hospital, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(hospital.time_zone))
    return local.weekday() >= 5 or not hospital.work_starts <= local.strftime("%H:%M") < hospital.work_ends


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
