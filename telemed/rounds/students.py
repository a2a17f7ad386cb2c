"""Students of the hub who follow a round: named by its lead or a coordinator, they see who has agreed to teaching."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.activities.model import Answer
from telemed.audit.service import record
from telemed.errors import Conflict, NotFound
from telemed.people import service as people
from telemed.rounds import consents, rules, sharing
from telemed.rounds.lookup import changed, get, held, items
from telemed.rounds.model import RoundSession, activity
from telemed.rounds.words import RoundRole, Who

NAMING = frozenset({Who.coordinator, Who.lead})


async def learns(db: AsyncSession, row: RoundSession, actor: Actor) -> bool:
    """Whether this person follows the round to learn: beds without consent to teaching carry nothing to them."""
    if consents.is_student(actor):
        return True
    mine = await participants.one(db, row.id, actor.id)
    return mine is not None and mine.role == RoundRole.student


async def add(db: AsyncSession, actor: Actor, id: UUID, version: int, staff_id: UUID, now: datetime) -> None:
    """Raises NotFound unless this is a trainee of the hub, Conflict where they take part in it already."""
    row = await _to_change(db, actor, id, version)
    if row.state in rules.OVER | rules.NEVER:
        raise Conflict("It is over.", reason="wrong_state", state=str(row.state))
    known = (await people.staff_by_id(db, [staff_id])).get(staff_id)
    trains = known is not None and (await people.actor(db, staff_id)).has(Role.trainee)
    if known is None or known.hospital_id != row.hub_id or not trains:
        raise NotFound("There is no such trainee at this hub.", reason="no_such_trainee")
    if await participants.one(db, row.id, staff_id) is not None:
        raise Conflict("They take part in this round already.", reason="takes_part")
    person = await participants.put(db, activity(row.id), staff_id, RoundRole.student, required=False)
    person.answer = Answer.accepted
    for each in await items(db, row.id):
        await sharing.with_students(db, actor, row, each, now)
    await _changed(db, actor, row, "round.student_added", staff_id, now)


async def remove(db: AsyncSession, actor: Actor, id: UUID, version: int, staff_id: UUID, now: datetime) -> None:
    row = await _to_change(db, actor, id, version)
    person = await participants.one(db, row.id, staff_id)
    if person is None or person.role != RoundRole.student:
        raise NotFound("There is no such student of this round.", reason="no_such_trainee")
    await sharing.with_doctor_no_longer(db, row, staff_id, now)
    await db.delete(person)
    await _changed(db, actor, row, "round.student_removed", staff_id, now)


async def _to_change(db: AsyncSession, actor: Actor, id: UUID, version: int) -> RoundSession:
    row = await get(db, actor, id, version=version)
    if not await held(db, row, actor) & NAMING:
        rules.refuse_capacity(*NAMING)
    return row


async def _changed(db: AsyncSession, actor: Actor, row: RoundSession, what: str, who: UUID, now: datetime) -> None:
    row.version += 1
    record(db, actor, what, str(row.id), now, reason=f"staff {who}")
    changed(db, row, now)
    await db.flush()
