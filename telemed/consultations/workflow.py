"""Endorse, approve, return, accept, decline, name a lead, take, cancel: each one action of one person."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.consultations.experts import expert_of_hub
from telemed.consultations.model import Consultation, activity
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.table import capacities
from telemed.consultations.schemas import Accept, Cancel, Decline, Return, Take
from telemed.consultations.service import act, facts, get
from telemed.consultations.words import Action, Mode, ParticipantRole, State, Urgency, Who
from telemed.errors import Invalid, NotFound
from telemed.people.model import Department


async def submit(db: AsyncSession, actor: Actor, row: Consultation, missing: list[str], now: datetime) -> None:
    """From draft or returned. Stat, and a branch with both steps off, goes straight on to the hub."""
    given = replace(await facts(db, row), missing=missing)
    asked: dict[str, Any] = {"specialty": request_of(row).specialty, "elective": row.elective}
    asked["wanted_department_id"] = row.wanted_department_id
    await act(db, actor, row, Action.submit, given, now, **asked)
    if row.urgency is Urgency.stat or not (given.needs_endorsement or given.needs_review):
        await act(db, None, row, Action.approve, given, now)


async def endorse(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """A senior doctor who is the reviewer as well does both steps in this action."""
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.endorse, await facts(db, row), now)
    given, held = await facts(db, row), capacities(row, actor)
    if not given.needs_review:
        await act(db, None, row, Action.approve, given, now)
    elif held & {Who.reviewer, Who.duty_officer}:
        await act(db, actor, row, Action.approve, given, now)
    return row


async def approve(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """The duty officer, and whoever is both, endorses in the same action."""
    row = await get(db, actor, id, now, version=version)
    given, held = await facts(db, row), capacities(row, actor)
    if given.needs_endorsement and not row.endorsed_at and held & {Who.senior_doctor, Who.duty_officer}:
        await act(db, actor, row, Action.endorse, given, now)
    await act(db, actor, row, Action.approve, given, now)
    return row


async def return_(db: AsyncSession, actor: Actor, id: UUID, version: int, why: Return, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    row.missing = why.missing
    reason = why.reason or ",".join(why.missing)  # codes, which every page puts into its own language
    await act(db, actor, row, Action.return_, await facts(db, row), now, reason=reason, missing=why.missing)
    return row


async def accept(db: AsyncSession, actor: Actor, id: UUID, version: int, to: Accept, now: datetime) -> Consultation:
    """Names the lead expert, or hands the choice to a department."""
    if (to.lead_id is None) == (to.department_id is None):
        raise Invalid("Name a lead expert or a department.", reason="lead_or_department")
    row = await get(db, actor, id, now, version=version)
    await assign(db, row, to.lead_id, to.department_id, now)
    to_whom = to.model_dump()
    await act(db, actor, row, Action.accept, await facts(db, row), now, **to_whom)
    await _written_at_once(db, row, now)
    return row


async def name_lead(db: AsyncSession, actor: Actor, id: UUID, version: int, lead: UUID, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    before = row.lead_id
    await assign(db, row, lead, None, now)
    await act(db, actor, row, Action.name_lead, await facts(db, row), now, lead_id=lead, before_id=before)
    await _written_at_once(db, row, now)
    return row


async def give_back(db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime) -> Consultation:
    """The department cannot name anybody: the coordinator chooses again."""
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.give_back, await facts(db, row), now, reason=reason)
    return row


async def decline(db: AsyncSession, actor: Actor, id: UUID, version: int, why: Decline, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.decline, await facts(db, row), now, reason=why.reason, code=why.code)
    return row


async def take(db: AsyncSession, actor: Actor, id: UUID, version: int, by: Take, now: datetime) -> Consultation:
    """The first who takes a stat consultation is in; the lead is named in the same action."""
    row = await get(db, actor, id, now, version=version)
    lead = by.lead_id or (actor.id if actor.has(Role.expert) else None)
    if lead is None:
        raise Invalid("Name the lead expert.", reason="lead_or_department")
    await assign(db, row, lead, None, now)
    await act(db, actor, row, Action.take, await facts(db, row), now, lead_id=lead)
    return row


async def cancel(db: AsyncSession, actor: Actor, id: UUID, version: int, why: Cancel, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.cancel, await facts(db, row), now, reason=why.reason or why.code, code=why.code)
    return row


async def to_written(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, now: datetime
) -> Consultation:
    """转书面: answered in writing, from the materials."""
    row = await get(db, actor, id, now, version=version)
    row.mode = Mode.written
    await act(db, actor, row, Action.to_written, await facts(db, row), now, reason=reason)
    return row


async def move(
    db: AsyncSession, actor: Actor, id: UUID, version: int, action: Action, now: datetime, reason: str | None = None
) -> Consultation:
    """Actions that need nothing but a reason: interrupt, end, miss, reopen, close."""
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, action, await facts(db, row), now, reason=reason)
    if action is Action.reopen:
        await _written_at_once(db, row, now)
    return row


async def assign(
    db: AsyncSession, row: Consultation, lead_id: UUID | None, department_id: UUID | None, now: datetime
) -> None:
    """Sets the lead expert or the department; the caller's action decides whether it stands."""
    if lead_id is not None:
        await expert_of_hub(db, row, lead_id)
        before, row.lead_id = row.lead_id, lead_id
        await participants.replace(db, activity(row.id), lead_id, ParticipantRole.lead, ParticipantRole.expert)
        if before not in (None, lead_id) and await participants.one(db, row.id, before) is None:
            await grants.end(db, row.id, now, grantee=str(before))  # they see the patient only while assigned
        if row.accompanying_id is not None:
            await participants.put(db, activity(row.id), row.accompanying_id, ParticipantRole.accompanying)
    if department_id is not None:
        department = await db.get(Department, department_id)
        if department is None or department.hospital_id != row.hub_id:
            raise NotFound("The hub has no such department.")
        row.hub_department_id = department_id


async def _written_at_once(db: AsyncSession, row: Consultation, now: datetime) -> None:
    if row.mode is Mode.written and row.lead_id is not None and row.state is State.accepted:
        await act(db, None, row, Action.to_written, await facts(db, row), now)
