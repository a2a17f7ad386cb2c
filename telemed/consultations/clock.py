"""What happens by the passing of time. What has its moment hangs on a deadline; a sweep looks at what follows from
facts: whether it is ready, and whether somebody who reloads their page has come back.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.model import Participant
from telemed.consultations import dues, overtime, readiness, work
from telemed.consultations.due_reviews import DueReviews
from telemed.consultations.engine import act
from telemed.consultations.evidence import gates
from telemed.consultations.ladders import (
    ARCHIVING,
    ARRANGEMENT,
    CLOSING,
    ENDING,
    EXPIRY,
    HOLD,
    MISSED,
    NAMING,
    ONE_SIDED,
    RESUMPTION,
)
from telemed.consultations.lookup import locked
from telemed.consultations.materials import materials
from telemed.consultations.meeting import GONE, interrupt_if_gone, start_if_both_here
from telemed.consultations.model import Consultation
from telemed.consultations.rules import deadlines as within
from telemed.consultations.rules.booking import came
from telemed.consultations.rules.gate import red
from telemed.consultations.words import ESSENTIAL, NOT_BEGUN, Action, State, Urgency
from telemed.db import Database
from telemed.kit.failures import readable
from telemed.kit.quarantine import where
from telemed.work import deadlines
from telemed.work.acts import Act, when_due
from telemed.work.model import Deadline, WorkKind

log = structlog.get_logger(__name__)

# -- when a deadline is due; its consultation is locked


async def _expire(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    row = await _of(db, deadline)
    if row.state is State.returned:
        await act(db, None, row, Action.expire, now)


async def _lapse(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    row = await _of(db, deadline)
    if row.state is State.scheduling:
        await act(db, None, row, Action.lapse, now)


async def _ask_duty_officer(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Out of hours the duty officer is asked, who endorses and reviews in one action."""
    row = await _of(db, deadline)
    if now < (closes := await dues.closes(db, row)):  # the calendar has changed
        await deadlines.move(db, deadline, closes, now)
    elif row.state is State.submitted and await work.approval_waits(db, row.id):
        work.ask_duty_officer(db, row, now)


async def _give_back(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """The department named no lead expert in time: the coordinator chooses again."""
    row = await _of(db, deadline)
    if row.state is State.accepted and row.hub_department_id is not None and row.lead_id is None:
        await act(db, None, row, Action.give_back, now, reason="overdue")


async def _miss(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Nobody came. If somebody did, a coordinator is asked for another time."""
    row = await _of(db, deadline)
    if row.state not in (State.scheduled, State.ready):
        return
    if any(came(row, each) for each in await participants.of(db, row.id)):
        await _ask_once_to_rebook(db, row, now, reason="one_sided")
    else:
        await act(db, None, row, Action.miss, now)


async def _end_softly(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """At the booked end it goes on where it can; else those in the room are told, and then the coordinator."""
    row = await _of(db, deadline)
    if row.state is State.in_progress and await overtime.extend(db, row, now) and row.ends_at is not None:
        await deadlines.move(db, deadline, row.ends_at, now)
    else:
        await dues.owners_changed(db, row)


async def _tell_the_side_that_waits(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """One side has not come: besides the one who is missing, the one who waits is told, then the coordinator."""
    row = await _of(db, deadline)
    await dues.sides_changed(db, row, now)
    if deadline.done_at is None:
        await deadlines.tell_also(db, deadline, await dues.who_waits(db, row), now)


async def _ask_to_rebook(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Interrupted for too long: a coordinator is asked to book another time or have it answered in writing."""
    row = await _of(db, deadline)
    if row.state is State.interrupted:
        await _ask_how_to_go_on(db, row, now, "interrupted")
        await dues.sides_changed(db, row, now)  # another time is looked for: nobody need be there


async def _ask_why_not_begun(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """An emergency was taken, and they did not come: a coordinator is asked the same."""
    row = await _of(db, deadline)
    if row.state is State.accepted and row.urgency is Urgency.stat and row.lead_id is not None:
        await _ask_how_to_go_on(db, row, now, NOT_BEGUN)


async def _ask_how_to_go_on(db: AsyncSession, row: Consultation, now: datetime, reason: str) -> None:
    if not await work.is_asked(db, row.id, WorkKind.book):
        work.ask_how_to_go_on(db, row, now, reason)


async def _ask_once_to_rebook(db: AsyncSession, row: Consultation, now: datetime, **note: object) -> None:
    if not await work.is_asked(db, row.id, WorkKind.book):
        work.ask_to_rebook(db, row, now, **note)


async def _archive(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Not while somebody is still asked for something about it."""
    row = await _of(db, deadline)
    if await work.anything_waits(db, row.id):
        await deadlines.move(db, deadline, now + within.ARCHIVED_LATER, now)
    else:
        await act(db, None, row, Action.archive, now)


async def _of(db: AsyncSession, deadline: Deadline) -> Consultation:
    return await db.get_one(Consultation, deadline.activity_id)


AT: Final = {
    EXPIRY: _expire,
    HOLD: _lapse,
    CLOSING: _ask_duty_officer,
    NAMING: _give_back,
    ENDING: _end_softly,
    ONE_SIDED: _tell_the_side_that_waits,
    MISSED: _miss,
    RESUMPTION: _ask_to_rebook,
    ARRANGEMENT: _ask_why_not_begun,
    ARCHIVING: _archive,
}
for ladder, do in AT.items():
    when_due(ladder, Act(locked, do))

# -- from facts

SWEEP_EVERY = timedelta(seconds=5)
REVIEWED_AT_ONCE = 10  # consultations per read, so that other readers do not wait long
Look = Callable[[Database, UUID, datetime], Awaitable[None]]


async def sweep(database: Database, now: datetime, reviews: DueReviews | None = None) -> dict[UUID, Exception]:
    """One pass over everything whose facts may move it, each consultation in a transaction of its own.

    `reviews` says whose readiness is looked at; without it, that of all booked ones. Returns the failures, by
    consultation.
    """
    failed: dict[UUID, Exception] = {}
    ids = await (reviews or DueReviews()).which(database)
    for start in range(0, len(ids), REVIEWED_AT_ONCE):
        turned = await _readiness_changed(database, ids[start : start + REVIEWED_AT_ONCE], now, failed)
        await _each(database, turned, _review, now, failed)
    await _each(database, await _left(database, now), _interrupt, now, failed)
    return failed


async def _left(database: Database, now: datetime) -> Sequence[UUID]:
    """The meetings that an essential person left and has not come back to."""
    c = Consultation
    gone = select(Participant.id).where(
        Participant.activity_id == c.id,
        col(Participant.role).in_(ESSENTIAL),
        col(Participant.present).is_(False),
        col(Participant.left_at) < now - GONE,
    )
    async with database.read() as db:
        return (await db.exec(select(c.id).where(c.state == State.in_progress, gone.exists()))).all()


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


async def _interrupt(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        await interrupt_if_gone(db, await locked(db, id), now)


async def _review(database: Database, id: UUID, now: datetime) -> None:
    async with database.write() as db:
        row = await locked(db, id)
        await readiness.review(db, row, now)
        await start_if_both_here(db, row, now, now)  # both may have come in before it was ready
