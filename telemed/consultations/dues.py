"""Which deadlines run while a consultation is in a state, and to whom they belong."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.consultations import bedside, telling
from telemed.consultations.expecting import begin, due_by, only_rings, partner
from telemed.consultations.ladders import (
    ARCHIVING,
    ARRANGEMENT,
    BEDSIDE,
    BY_ITSELF,
    CLOSING,
    DRAFT,
    DUE,
    ENDING,
    EXPIRY,
    HOLD,
    LADDER_OF,
    MEETING,
    MISSED,
    ONE_SIDED,
    READINESS,
    RED,
    RESUMPTION,
    SIGNING,
)
from telemed.consultations.model import Consultation
from telemed.consultations.rules import deadlines as within
from telemed.consultations.rules.booking import there
from telemed.consultations.rules.table import Move
from telemed.consultations.words import ESSENTIAL, ParticipantRole, State, Urgency
from telemed.people.calendars import working_times
from telemed.scheduling import service as scheduling
from telemed.work import deadlines
from telemed.work import service as work
from telemed.work.ending import end_one
from telemed.work.model import WORK_DUE, Deadline, WorkKind

MOVED_BY = timedelta(hours=1)
OF_STATES = (DUE, RED, SIGNING, *BY_ITSELF)


class Expected(NamedTuple):
    kind: str
    ladder: str
    due_at: datetime


async def watch(db: AsyncSession, move: Move) -> None:
    """Ends the deadlines of what the action has settled, and begins those of what is expected now."""
    await watch_anew(db, move.row, move.now)


async def watch_anew(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """After something else that changes what is expected, or who may know of it.

    One that outlasts the approval, or a consent withdrawn or given again, begins anew: the hub is told from then on,
    or no longer. So does one that goes on at another hub, for the same moment.
    """
    running = await deadlines.running(db, row.id, *OF_STATES)
    wanted = await _expected(db, row, {each.kind: each for each in running})
    hub = await partner(db, row, now)
    for each in running:
        expected = Expected(each.kind, each.ladder, each.due_at)
        if expected in wanted and (each.hub_id, each.partner_id) == (row.hub_id, hub):
            wanted.remove(expected)
        else:
            await db.refresh(each, with_for_update=True)
            await end_one(db, each, now)
    for kind, ladder, due_at in wanted:
        await begin(db, row, kind, ladder, due_at, now, owners=await _owners(db, row, ladder))
    await deadlines.known_to(db, row.id, hub, now, (WORK_DUE, ONE_SIDED, BEDSIDE))
    await owners_changed(db, row)
    await sides_changed(db, row, now)


async def execution_changed(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """What is carried out, and by when, is other than before: it is late as soon as the first advice is."""
    await db.flush()
    first = await work.earliest_due(db, row.id, WorkKind.execute, WorkKind.close)
    if row.state is State.executing and first is not None:
        row.state_due_at = first


async def _expected(db: AsyncSession, row: Consultation, running: Mapping[str, Deadline]) -> list[Expected]:
    """`running`: by kind, what keeps the time with which it began."""
    found = []
    state, since = row.state, row.state_since
    if (ladder := LADDER_OF.get(state)) and row.state_due_at and not _has_none(row):
        found.append(Expected(DUE, ladder, row.state_due_at))
    if red := await _red(db, row, running.get(RED)):
        found.append(Expected(RED, READINESS, red))
    if runs_out := within.runs_out(row):
        found.append(Expected(SIGNING, SIGNING, runs_out))
    by_itself: dict[str, datetime] = {}
    match state:
        case State.submitted if row.urgency is not Urgency.stat:
            by_itself[CLOSING] = await closes(db, row)
        case State.returned:
            by_itself[EXPIRY] = await due_by(db, row, EXPIRY, since)
        case State.scheduling if row.starts_at:
            booking = await scheduling.of_activity(db, row.id)
            by_itself[HOLD] = booking.expires_at if booking and booking.expires_at else row.starts_at
        case State.scheduled | State.ready if row.ends_at:
            by_itself[MISSED] = await due_by(db, row, MISSED, _began(running.get(MISSED), since), row.ends_at)
        case State.closed:
            by_itself[ARCHIVING] = await due_by(db, row, ARCHIVING, since)
    return found + [Expected(kind, kind, at) for kind, at in by_itself.items()]


def _has_none(row: Consultation) -> bool:
    """Whether the state itself has no deadline: it only rings, or each of its works has one of its own (`work.py`)."""
    return only_rings(row, row.state) or row.state in (State.acknowledged, State.executing)


async def _red(db: AsyncSession, row: Consultation, runs: Deadline | None) -> datetime | None:
    """When it is told that it is not ready, before it begins: also while not everybody has accepted its time. What was
    told is not told again when they have."""
    since, starts = row.state_since, row.starts_at
    waits = row.state is State.scheduled or (row.state is State.scheduling and starts is not None and since < starts)
    if starts is None or not waits:
        return None
    red = await due_by(db, row, READINESS, _began(runs, since), starts)
    return runs.due_at if runs and red <= runs.due_at < starts else max(since, red)


def _began(runs: Deadline | None, otherwise: datetime) -> datetime:
    return runs.began_at if runs else otherwise


async def closes(db: AsyncSession, row: Consultation) -> datetime:
    """When the working hours of the branch end in which it was submitted: from then on its duty officer approves."""
    return (await working_times(db, [row.branch_id]))[row.branch_id].works_until(row.state_since)


async def at_its_hub(db: AsyncSession, row: Consultation) -> None:
    """Deadlines of work at the branch stay as they are, under the ladder that they began with; its hub is another."""
    for each in await deadlines.running(db, row.id, WORK_DUE):
        await db.refresh(each, with_for_update=True)
        each.hub_id = row.hub_id


async def draft_kept(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Somebody has written in a draft: it is kept for so long from now. Moved by the hour, not with each word."""
    running = await deadlines.running(db, row.id, DRAFT)
    if running and now - running[0].began_at < MOVED_BY:
        return
    due = await due_by(db, row, DRAFT, now)
    if not running:
        await begin(db, row, DRAFT, DRAFT, due, now, owners=[row.requester_id])
    else:
        await deadlines.move(db, running[0], due, now)


async def draft_deleted(db: AsyncSession, row: Consultation, by: Actor | None, now: datetime) -> None:
    """Its doctor is told if it was the clock."""
    await deadlines.end(db, row.id, DRAFT, now)
    if by is None:
        await telling.of_discarded_draft(db, row, now)


async def sides_changed(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Somebody came, waits at the door, or left: of a meeting that should begin one side may wait for the other, and
    the branch be told that its own is away."""
    await bedside.changed(db, row, now)
    missing = await _missing(db, row)
    running = await deadlines.running(db, row.id, ONE_SIDED)
    if row.starts_at is None or not missing:
        if running:
            await deadlines.end(db, row.id, ONE_SIDED, now)
    elif not running:
        due = await due_by(db, row, ONE_SIDED, now, max(now, row.starts_at))
        await begin(db, row, ONE_SIDED, ONE_SIDED, due, now, owners=missing)
    else:
        await deadlines.owned_by(db, row.id, ONE_SIDED, missing)


async def who_waits(db: AsyncSession, row: Consultation) -> list[UUID]:
    """The essential people who are there."""
    return [each.staff_id for each in await participants.of(db, row.id) if each.role in ESSENTIAL and there(each)]


async def _missing(db: AsyncSession, row: Consultation) -> list[UUID]:
    """The essential people who are not there although another is; nobody while the meeting is not to begin."""
    if row.state not in (State.scheduled, State.ready):
        return []
    essential = [each for each in await participants.of(db, row.id) if each.role in ESSENTIAL]
    return [each.staff_id for each in essential if not there(each)] if any(map(there, essential)) else []


async def owners_changed(db: AsyncSession, row: Consultation) -> None:
    """Keeps whom its deadlines belong to, after somebody was added, taken out, named or has declined."""
    if ladder := LADDER_OF.get(row.state):
        await deadlines.owned_by(db, row.id, DUE, await _owners(db, row, ladder))
    await deadlines.owned_by(db, row.id, RED, await _owners(db, row, READINESS))


async def _owners(db: AsyncSession, row: Consultation, ladder: str) -> list[UUID]:
    """Who has to come: those who meet, or the two without whom it does not go on. Others are asked by their work."""
    if ladder in (MEETING, READINESS):
        everybody = await participants.of(db, row.id)
        return [
            each.staff_id
            for each in everybody
            if each.role != ParticipantRole.guest and each.answer is not Answer.declined
        ]
    if ladder == ENDING:
        return [each.staff_id for each in await participants.of(db, row.id) if each.present]
    if ladder == RESUMPTION or (ladder == ARRANGEMENT and row.urgency is Urgency.stat):
        return [each for each in (row.lead_id, row.accompanying_id) if each is not None]
    return []
