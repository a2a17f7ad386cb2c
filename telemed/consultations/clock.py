"""What time alone causes: a state that has expired, a person who did not come back, work that nobody did in time."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from telemed.activities.model import Participant
from telemed.consultations import readiness, work
from telemed.consultations.engine import act
from telemed.consultations.evidence import gate
from telemed.consultations.lookup import locked
from telemed.consultations.meeting import ESSENTIAL, GONE, interrupt_if_gone, start_if_both_here
from telemed.consultations.model import Consultation
from telemed.consultations.rules import deadlines
from telemed.consultations.rules.gate import red
from telemed.consultations.words import Action, State, Urgency
from telemed.db import Database

log = structlog.get_logger(__name__)
SWEEP_EVERY = timedelta(seconds=5)
Look = Callable[[Database, UUID, datetime], Awaitable[None]]


async def sweep(database: Database, now: datetime) -> dict[UUID, Exception]:
    """One pass over all that time may move; each consultation in a transaction of its own.

    Returns why of those that could not be moved.
    """
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
        (_give_back, and_(col(c.state) == State.accepted, work.lead_overdue(now))),
        (_ask_to_rebook, and_(col(c.state) == State.interrupted, col(c.state_due_at) < now)),
    ]
    failed: dict[UUID, Exception] = {}
    for look, which in clock:
        async with database.read() as db:
            found = list((await db.exec(select(c.id).where(which))).all())
        for id in found:
            try:
                await look(database, id, now)
            except Exception as failure:  # one that cannot be moved must not keep the clock of all others from running
                log.exception("the clock could not move a consultation", id=str(id))
                failed[id] = failure
    return failed


async def _expire(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.returned:
            await act(db, None, row, Action.expire, now)


async def _miss(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        if (row := await locked(db, id)).state in (State.scheduled, State.ready):
            await act(db, None, row, Action.miss, now)


async def _interrupt(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        await interrupt_if_gone(db, await locked(db, id), now)


async def _ask_duty_officer(database: Database, id: UUID, now: datetime) -> None:
    async with database.read() as db:
        if not await work.duty_officer_is_due(db, await db.get_one(Consultation, id), now):
            return
    async with database.write() as db:
        row = await locked(db, id)
        if await work.duty_officer_is_due(db, row, now):
            work.ask_duty_officer(db, row, now)


async def _give_back(database: Database, id: UUID, now: datetime) -> None:
    """A department that named nobody in time: the coordinator chooses again."""
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.accepted and row.hub_department_id is not None:
            await act(db, None, row, Action.give_back, now, reason="overdue")


async def _ask_to_rebook(database: Database, id: UUID, now: datetime) -> None:
    """Interrupted for too long: a coordinator books another time, or has it answered in writing."""
    async with database.read() as db:
        if await work.rebooking_is_asked(db, id):
            return
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.interrupted and row.urgency is not Urgency.stat:
            work.ask_to_rebook(db, row, now, interrupted=True)


async def _review(database: Database, id: UUID, now: datetime) -> None:
    """Looks first without the write lock, and takes it only when the state must change."""
    async with database.read() as db:
        row = await db.get_one(Consultation, id)
        missing = bool(red(await gate(db, row, now)))
        if (row.state is State.ready) is not missing:
            return
    async with database.write() as db:
        row = await locked(db, id)
        await readiness.review(db, row, now)
        await start_if_both_here(db, row, now, now)  # they may have come before the last thing was there
