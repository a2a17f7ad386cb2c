"""Further doctors of the hub whom the lead or a coordinator names: they take part, and see who is confirmed."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.errors import Conflict, NotFound
from telemed.history.service import emit
from telemed.people import service as people
from telemed.rounds import rules, sharing, telling
from telemed.rounds.lead_events import DoctorAdded, DoctorRemoved
from telemed.rounds.lookup import about, changed, get, held
from telemed.rounds.model import RoundSession, activity
from telemed.rounds.words import RoundRole, Who

NAMING: Final = frozenset({Who.coordinator, Who.lead})


async def add(db: AsyncSession, actor: Actor, id: UUID, version: int, staff_id: UUID, now: datetime) -> None:
    row = await _to_change(db, actor, id, version)
    if row.state in rules.OVER | rules.NEVER:
        raise Conflict("It is over.", reason="wrong_state", state=str(row.state))
    known = await people.staff_by_id(db, [staff_id])
    if staff_id not in known or known[staff_id].hospital_id != row.hub_id:
        raise NotFound("There is no such expert at this hub.", reason="no_such_expert")
    if not (await people.actor(db, staff_id)).has(Role.expert):
        raise NotFound("There is no such expert at this hub.", reason="no_such_expert")
    if staff_id != row.lead_id:
        person = await participants.put(db, activity(row.id), staff_id, RoundRole.expert, required=False)
        person.answer = Answer.accepted
        await sharing.with_doctor(db, actor, row, staff_id, now)
        await telling.booked(db, row, staff_id, now, actor)
        emit(db, DoctorAdded(target=row.state, staff_id=staff_id), about(row), now, by=actor)
    _changed(db, actor, row, "round.doctor_added", staff_id, now)


async def remove(db: AsyncSession, actor: Actor, id: UUID, version: int, staff_id: UUID, now: datetime) -> None:
    """They see no patient of this round any more, also of one that is over, and leave its room. What they wrote at its
    beds stays, and whoever had come stays on record as having been there."""
    row = await _to_change(db, actor, id, version)
    person = await participants.one(db, row.id, staff_id)
    if person is None or person.role != RoundRole.expert or person.answer is Answer.declined:
        raise NotFound("There is no such doctor of this round.", reason="no_such_doctor")
    await sharing.with_doctor_no_longer(db, row, staff_id, now)
    if row.state in rules.BEFORE | rules.TAKES_ACTS:
        await telling.relieved(db, row, staff_id, now, actor)
    if person.joined_at is None:
        await db.delete(person)
    else:
        person.answer, person.answered_at = Answer.declined, now
    emit(db, DoctorRemoved(target=row.state, staff_id=staff_id), about(row), now, by=actor)
    _changed(db, actor, row, "round.doctor_removed", staff_id, now)


async def _to_change(db: AsyncSession, actor: Actor, id: UUID, version: int) -> RoundSession:
    row = await get(db, actor, id, version=version)
    if not await held(db, row, actor) & NAMING:
        rules.refuse_capacity(*NAMING)
    return row


def _changed(db: AsyncSession, actor: Actor, row: RoundSession, what: str, who: UUID, now: datetime) -> None:
    row.version += 1
    record(db, actor, what, str(row.id), now, reason=f"staff {who}")
    changed(db, row, now)
