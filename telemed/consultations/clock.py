"""What happens by the passing of time: states expire, people do not come back, work is not done in time."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities.model import Participant
from telemed.consultations import readiness, work
from telemed.consultations.due_reviews import DueReviews
from telemed.consultations.engine import act
from telemed.consultations.evidence import gates
from telemed.consultations.lookup import locked
from telemed.consultations.materials import materials
from telemed.consultations.meeting import GONE, interrupt_if_gone, start_if_both_here
from telemed.consultations.model import Consultation
from telemed.consultations.rules import deadlines
from telemed.consultations.rules.gate import red
from telemed.consultations.words import ESSENTIAL, Action, State, Urgency
from telemed.db import Database
from telemed.kit.failures import readable
from telemed.kit.quarantine import where
from telemed.people.calendars import working_times

log = structlog.get_logger(__name__)
SWEEP_EVERY = timedelta(seconds=5)
ARCHIVED_AT_ONCE = 50  # in one pass: nobody waits for it, and there may be years of them
REVIEWED_AT_ONCE = 10  # consultations per read, so that other readers do not wait long
Look = Callable[[Database, UUID, datetime], Awaitable[None]]


async def sweep(database: Database, now: datetime, reviews: DueReviews | None = None) -> dict[UUID, Exception]:
    """One pass over everything that time may move, each consultation in a transaction of its own.

    `reviews` says whose readiness is looked at; without it, that of all booked ones. Returns the failures, by
    consultation.
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
    settled = now - deadlines.ARCHIVED_AFTER
    closed = col(c.branch_id).in_(await _out_of_hours(database, now))
    clock: list[tuple[Look, ColumnElement[bool]]] = [
        (_expire, and_(col(c.state) == State.returned, col(c.state_since) < late)),
        (_miss, and_(booked, col(c.ends_at) < over, ~came.exists())),
        (_interrupt, and_(col(c.state) == State.in_progress, gone.exists())),
        (_ask_duty_officer, and_(_planned(), col(c.state) == State.submitted, closed, work.approval_waits())),
        (_give_back, and_(col(c.state) == State.accepted, work.lead_overdue(now))),
        (_ask_to_rebook, and_(_planned(), _interrupted_since(now), ~work.rebooking_waits())),
    ]
    failed: dict[UUID, Exception] = {}
    ids = await (reviews or DueReviews()).which(database)
    for start in range(0, len(ids), REVIEWED_AT_ONCE):
        turned = await _readiness_changed(database, ids[start : start + REVIEWED_AT_ONCE], now, failed)
        await _each(database, turned, _review, now, failed)
    for look, which in clock:
        await _each(database, await _which(database, which), look, now, failed)
    quiet = and_(col(c.state) == State.closed, col(c.state_since) < settled, ~work.anything_waits())
    await _each(database, await _which(database, quiet, ARCHIVED_AT_ONCE), _archive, now, failed)
    return failed


def _planned() -> ColumnElement[bool]:
    return col(Consultation.urgency) != Urgency.stat


def _interrupted_since(now: datetime) -> ColumnElement[bool]:
    """Interrupted for longer than allowed."""
    return and_(col(Consultation.state) == State.interrupted, col(Consultation.state_due_at) < now)


async def _which(database: Database, which: ColumnElement[bool], most: int | None = None) -> Sequence[UUID]:
    async with database.read() as db:
        return (await db.exec(select(Consultation.id).where(which).limit(most))).all()


async def _each(
    database: Database, ids: Iterable[UUID], look: Look, now: datetime, failed: dict[UUID, Exception]
) -> None:
    """Calls `look` for each consultation; one that fails is noted in `failed` and does not stop the others."""
    for id in ids:
        try:
            await look(database, id, now)
        except Exception as failure:
            log.exception("the clock could not move a consultation", id=str(id))
            failed[id] = failure


async def _readiness_changed(
    database: Database, ids: Sequence[UUID], now: datetime, failed: dict[UUID, Exception]
) -> list[UUID]:
    """Those whose readiness no longer agrees with their state; reads many at once, without the write lock."""

    async def read(some: Sequence[UUID]) -> list[UUID]:
        async with database.read() as db:
            rows = (await db.exec(select(Consultation).where(col(Consultation.id).in_(some)))).all()
            checks = await gates(db, rows, now, await materials(db, rows))
            return [row.id for row in rows if (row.state is State.ready) is bool(red(checks[row.id]))]

    unreadable: dict[UUID, Exception] = {}
    changed = await readable(read, ids, unreadable)
    for id, failure in unreadable.items():
        log.error("the clock could not look at a consultation", id=str(id), why=where(failure))
    failed |= unreadable
    return changed


async def _out_of_hours(database: Database, now: datetime) -> list[str]:
    async with database.read() as db:
        return [id for id, each in (await working_times(db)).items() if not each.works_at(now)]


async def _expire(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.returned:
            await act(db, None, row, Action.expire, now)


async def _miss(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        if (row := await locked(db, id)).state in (State.scheduled, State.ready):
            await act(db, None, row, Action.miss, now)


async def _archive(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        row = await locked(db, id)
        if row.state is State.closed and await _still(db, id, ~work.anything_waits()):
            await act(db, None, row, Action.archive, now)


async def _interrupt(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        await interrupt_if_gone(db, await locked(db, id), now)


async def _ask_duty_officer(database: Database, id: UUID, now: datetime) -> None:
    """Out of hours the duty officer is asked, who endorses and reviews in one action."""
    async with database.write() as db:
        row = await locked(db, id)
        if row.state is State.submitted and await _still(db, id, work.approval_waits()):
            work.ask_duty_officer(db, row, now)


async def _give_back(database: Database, id: UUID, now: datetime) -> None:
    """The department named no lead expert in time: the coordinator chooses again."""
    async with database.write() as db:
        if (row := await locked(db, id)).state is State.accepted and row.hub_department_id is not None:
            await act(db, None, row, Action.give_back, now, reason="overdue")


async def _ask_to_rebook(database: Database, id: UUID, now: datetime) -> None:
    """Interrupted for too long: a coordinator is asked to book another time or have it answered in writing."""
    async with database.write() as db:
        row = await locked(db, id)
        if row.state is State.interrupted and await _still(db, id, ~work.rebooking_waits()):
            work.ask_to_rebook(db, row, now, interrupted=True)


async def _still(db: AsyncSession, id: UUID, which: ColumnElement[bool]) -> bool:
    return (await db.exec(select(Consultation.id).where(Consultation.id == id, which))).first() is not None


async def _review(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        row = await locked(db, id)
        await readiness.review(db, row, now)
        await start_if_both_here(db, row, now, now)  # both may have come in before it was ready
