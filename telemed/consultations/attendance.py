"""What the room reports, as facts of the consultation: who came and went, and what state that makes."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities import participants
from telemed.activities.model import Answer, Participant
from telemed.consultations import readiness
from telemed.consultations.guards import Action
from telemed.consultations.model import KIND, Consultation, ParticipantRole, State, Urgency
from telemed.consultations.participant_events import (
    AttendanceChanged,
    OfParticipant,
    ParticipantJoined,
    ParticipantLeft,
)
from telemed.consultations.service import about, act, facts
from telemed.history.service import emit, hint
from telemed.rooms import service as rooms

GONE = timedelta(seconds=45)
ESSENTIAL = {ParticipantRole.lead, ParticipantRole.accompanying}


async def fact(
    db: AsyncSession,
    room_id: UUID,
    kind: str,
    staff_id: UUID | None,
    at: datetime,
    now: datetime,
    *,
    replaced: bool = False,
) -> None:
    """One event of the room; only the transition table turns it into a state, and only a state has a new version:
    a colleague who comes or goes makes nobody's click stale.

    `replaced`: the page was loaded anew, so the person who left is on their way back in.
    """
    row = (await db.exec(select(Consultation).where(Consultation.id == room_id).with_for_update())).one_or_none()
    if row is None or row.case_id is None or staff_id is None:
        return
    match kind:
        case "member.waiting":
            await _waits(db, row, staff_id, now)
        case "member.joined":
            await _came(db, row, staff_id, at, now)
        case "member.left":
            await _went(db, row, staff_id, at, now, replaced)


async def _waits(db: AsyncSession, row: Consultation, staff_id: UUID, now: datetime) -> None:
    """Whoever is on the booking; somebody who knocks is the lead expert's to know of, in the room."""
    person = await participants.one(db, row.id, staff_id)
    if person is None or person.waiting:
        return
    # Asked to wait is no lost line.
    person.waiting = True
    person.present = person.present and bool(await rooms.devices_inside(db, row.id, staff_id))
    _changed(db, row, now)


async def _came(db: AsyncSession, row: Consultation, staff_id: UUID, at: datetime, now: datetime) -> None:
    person = await participants.one(db, row.id, staff_id)
    if person is None:  # admitted after knocking
        person = Participant(
            activity=KIND,
            activity_id=row.id,
            staff_id=staff_id,
            role=ParticipantRole.guest,
            required=False,
            answer=Answer.accepted,
        )
        db.add(person)
    person.joined_at, person.left_at = person.joined_at or at, None
    person.present, person.waiting = True, False
    _note(db, row, ParticipantJoined(staff_id=staff_id, role=person.role), at, now)
    await db.flush()
    await start_if_both_here(db, row, at, now)
    _changed(db, row, now)


async def _went(
    db: AsyncSession, row: Consultation, staff_id: UUID, at: datetime, now: datetime, replaced: bool
) -> None:
    person = await participants.one(db, row.id, staff_id)
    if person is None or not (person.present or person.waiting):
        return
    person.waiting = False
    if await rooms.devices_inside(db, row.id, staff_id):
        return
    if person.present:
        person.left_at, person.present = at, False
        _note(db, row, ParticipantLeft(staff_id=staff_id, role=person.role, replaced=replaced), at, now)
        if not replaced:
            await _interrupt(db, row, person, at, now)
    _changed(db, row, now)


async def _interrupt(db: AsyncSession, row: Consultation, gone: Participant, at: datetime, now: datetime) -> None:
    if row.state is State.in_progress and gone.role in ESSENTIAL and not gone.present:
        await act(db, None, row, Action.interrupt, await facts(db, row), now, reason="network", at=at)


async def interrupt_if_gone(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Whoever loaded their page anew and did not come back in time is gone like anybody else."""
    for person in await participants.of(db, row.id):
        if person.left_at is not None and person.left_at < now - GONE:
            await _interrupt(db, row, person, person.left_at, now)


async def start_if_both_here(db: AsyncSession, row: Consultation, at: datetime, now: datetime) -> None:
    """In progress as soon as the lead expert and the accompanying physician are both in."""
    present = {each.role for each in await participants.of(db, row.id) if each.present}
    if not present >= ESSENTIAL:
        return
    await readiness.review(db, row, now)  # a test may have been passed a moment ago
    if row.state is State.interrupted:
        await act(db, None, row, Action.resume, await facts(db, row, both_admitted=True), now, at=at)
    elif row.state is State.ready or (row.state is State.accepted and row.urgency is Urgency.stat):
        await act(db, None, row, Action.start, await facts(db, row, both_admitted=True), now, at=at)


async def both_here(db: AsyncSession, consultation_id: UUID) -> bool:
    query = select(Participant.role).where(
        Participant.activity_id == consultation_id, col(Participant.present).is_(True)
    )
    return set((await db.exec(query)).all()) >= ESSENTIAL


def _note(db: AsyncSession, row: Consultation, event: OfParticipant, at: datetime, now: datetime) -> None:
    emit(db, event, about(row), now, at=at)


def _changed(db: AsyncSession, row: Consultation, now: datetime) -> None:
    hint(db, AttendanceChanged(state=row.state, rev=row.version), about(row), now)
