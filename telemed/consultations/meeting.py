"""The meeting: what follows when people come and go, and the clicks: begin anyway, interrupt, end, to written."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.kinds import Attended, Presence
from telemed.activities.model import Participant
from telemed.consultations import dues, readiness
from telemed.consultations.engine import act
from telemed.consultations.evidence import gate
from telemed.consultations.lookup import get
from telemed.consultations.model import Consultation
from telemed.consultations.ringing import lead_is_there
from telemed.consultations.rules.gate import named_missing, never_without, red
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.words import ESSENTIAL, Action, Mode, State, Urgency
from telemed.errors import Conflict

GONE = timedelta(seconds=45)


async def attended(db: AsyncSession, row: Consultation, seen: Attended, now: datetime) -> None:
    """Starts, resumes or interrupts the meeting as the essential people come and go.

    Only a change of state makes a new version, so that a colleague who comes or goes makes nobody's page stale.
    """
    if seen.presence is Presence.joined and seen.complete:
        await _start(db, row, seen.at, now)
    elif seen.presence is Presence.left and seen.essential:
        await _interrupt(db, row, seen.person, seen.at, now)
    if seen.presence is Presence.joined and seen.person.staff_id == row.lead_id:
        await lead_is_there(db, row, now)
    if seen.essential:
        await dues.sides_changed(db, row, now)


async def _interrupt(db: AsyncSession, row: Consultation, gone: Participant, at: datetime, now: datetime) -> None:
    if row.state is State.in_progress and not gone.present:
        await act(db, None, row, Action.interrupt, now, reason="network", at=at)


async def interrupt_if_gone(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Interrupts the meeting if an essential person is gone, or did not come back in time from reloading their page."""
    for person in await participants.of(db, row.id):
        if person.role in ESSENTIAL and person.left_at is not None and person.left_at < now - GONE:
            await _interrupt(db, row, person, person.left_at, now)


async def start_if_both_here(db: AsyncSession, row: Consultation, at: datetime, now: datetime) -> None:
    """Starts the meeting once the lead expert and the accompanying physician are both in the room."""
    if await _both_here(db, row.id):
        await _start(db, row, at, now)


async def _start(db: AsyncSession, row: Consultation, at: datetime, now: datetime) -> None:
    await readiness.review(db, row, now)  # a device test may just have passed
    if row.state is State.interrupted:
        await act(db, None, row, Action.resume, now, GuardInput(both_admitted=True), at=at)
    elif row.state is State.ready or (row.state is State.accepted and row.urgency is Urgency.stat):
        await act(db, None, row, Action.start, now, GuardInput(both_admitted=True), at=at)


async def start_anyway(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime
) -> Consultation:
    """Starts although items are missing, by the lead expert or the coordinator; never without identity and consent."""
    row = await get(db, actor, id, now, version=version)
    found = await gate(db, row, now)
    missing = red(found)
    if never := never_without(found):
        raise Conflict("Not without consent and a confirmed identity.", reason="never_without", missing=never)
    given = GuardInput(red=missing, started_anyway=True, both_admitted=await _both_here(db, row.id))
    await act(db, actor, row, Action.start, now, given, reason=reason, missing=missing)
    row.started_with_missing, row.missing_reason = named_missing(found), reason
    return row


async def interrupt(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.interrupt, now, reason=reason)
    return row


async def end(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.end, now)
    return row


async def to_written(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime
) -> Consultation:
    """转书面: answered in writing, from the materials."""
    row = await get(db, actor, id, now, version=version)
    row.mode = Mode.written
    await act(db, actor, row, Action.to_written, now, reason=reason)
    return row


async def _both_here(db: AsyncSession, consultation_id: UUID) -> bool:
    return await participants.complete(db, consultation_id, ESSENTIAL)
