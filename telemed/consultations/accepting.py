"""The hub's actions: accept, decline, name the lead expert, give the choice back, take a stat consultation."""

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.consultations import sharing
from telemed.consultations.engine import act
from telemed.consultations.experts import expert_of_hub, expert_to_lead
from telemed.consultations.leaving import leave_for
from telemed.consultations.lookup import get, guard_input
from telemed.consultations.model import Consultation, activity
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.table import transition
from telemed.consultations.schemas import Accept, Decline, Take
from telemed.consultations.words import Action, Mode, ParticipantRole, State
from telemed.errors import Invalid, NotFound
from telemed.people.model import Department


async def accept(db: AsyncSession, actor: Actor, id: UUID, version: int, to: Accept, now: datetime) -> Consultation:
    """Accepts, and names the lead expert or the department that will name one."""
    if (to.lead_id is None) == (to.department_id is None):
        raise Invalid("Name a lead expert or a department.", reason="lead_or_department")
    row = await get(db, actor, id, now, version=version)
    if to.lead_id is not None:
        await assign(db, row, to.lead_id, now)
    else:
        row.hub_department_id = await _department(db, row, to.department_id)
    await act(db, actor, row, Action.accept, now, lead_id=to.lead_id, department_id=to.department_id)
    await written_at_once(db, row, now)
    return row


async def name_lead(db: AsyncSession, actor: Actor, id: UUID, version: int, lead: UUID, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    transition(row, Action.name_lead, actor, await guard_input(db, row))  # refuse before anybody is named
    await expert_to_lead(db, row, actor, lead)
    await assign(db, row, lead, now)
    await act(db, actor, row, Action.name_lead, now, GuardInput(names_lead=True), lead_id=lead)
    await written_at_once(db, row, now)
    return row


async def give_back(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> Consultation:
    """The department cannot name a lead expert: the coordinator chooses again."""
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.give_back, now, reason=reason)
    return row


async def decline(db: AsyncSession, actor: Actor, id: UUID, version: int, why: Decline, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.decline, now, reason=why.reason, code=why.code)
    return row


async def take(db: AsyncSession, actor: Actor, id: UUID, version: int, by: Take, now: datetime) -> Consultation:
    """Takes a stat consultation, for the first who asks, and names its lead expert.

    Who takes it to lead it leaves the meeting they are in.
    """
    row = await get(db, actor, id, now, version=version)
    lead = by.lead_id or (actor.id if actor.has(Role.expert) else None)
    if lead is None:
        raise Invalid("Name the lead expert.", reason="lead_or_department")
    await assign(db, row, lead, now)
    await act(db, actor, row, Action.take, now, lead_id=lead)
    if lead == actor.id:
        await leave_for(db, actor, row, now)
    return row


async def assign(db: AsyncSession, row: Consultation, lead_id: UUID, now: datetime) -> None:
    """Where nobody leads it: makes the lead expert and the accompanying physician participants.

    The caller takes the action. Whoever leads it already is replaced, by `replacing.py`, with a reason.
    """
    person = await expert_of_hub(db, row, lead_id)
    await sharing.move_to_department(db, row, person.department_id, now)
    row.lead_id = lead_id
    await participants.replace(db, activity(row.id), lead_id, ParticipantRole.lead, ParticipantRole.expert)
    await bring_accompanying(db, row)


async def bring_accompanying(db: AsyncSession, row: Consultation) -> None:
    if row.accompanying_id is not None:
        await participants.put(db, activity(row.id), row.accompanying_id, ParticipantRole.accompanying)


async def written_at_once(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """A request for a written answer goes straight to its lead expert, without a booking."""
    if row.mode is Mode.written and row.lead_id is not None and row.state is State.accepted:
        await act(db, None, row, Action.to_written, now)


async def _department(db: AsyncSession, row: Consultation, id: UUID | None) -> UUID:
    department = await db.get(Department, id) if id else None
    if department is None or department.hospital_id != row.hub_id:
        raise NotFound("The hub has no such department.")
    return department.id
