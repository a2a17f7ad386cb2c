"""Whom a stat consultation rings at until somebody takes it, and when at the next: the default of its ladder."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.activities import participants
from telemed.consultations import bedside, sharing
from telemed.consultations.expecting import begin, partner
from telemed.consultations.model import Consultation
from telemed.consultations.rules.booking import calls_in
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.table import Move
from telemed.consultations.words import State, Urgency
from telemed.work import deadlines, ladders
from telemed.work.ladders import rung
from telemed.work.model import RING, To, When

STAT: Final = ladders.declare(
    "stat",
    rung(When.due, 0, To.on_duty, at_hub=True),
    rung(When.after, 1, To.on_duty, at_hub=True, place=1),
    rung(When.after, 1, To.on_duty, at_hub=True, place=2),
    rung(When.after, 1, To.role, Role.coordinator, at_hub=True),
    rung(When.after, 1, To.role, Role.duty_officer, at_hub=True, again=True),
    until_taken=True,
)
# Its lead expert, whom somebody else has named, until they are there. Of that the notice tells by mail.
LEAD_AWAITED: Final = ladders.declare(
    "lead_awaited",
    rung(When.due, 0, To.owners, channels=()),
    rung(When.after, 1, To.role, Role.coordinator, at_hub=True),
    rung(When.after, 1, To.role, Role.duty_officer, at_hub=True, again=True),
    until_taken=True,
)


async def ring(db: AsyncSession, move: Move) -> None:
    await ring_until_taken(db, move.row, move.now)


async def ring_no_more(db: AsyncSession, move: Move) -> None:
    await deadlines.end(db, move.row.id, RING, move.now)


async def ring_at_lead(db: AsyncSession, move: Move) -> None:
    """Rings at the lead of an emergency, instead of a former one, unless it was they who took it or are there."""
    row = move.row
    if row.urgency is not Urgency.stat or row.lead_id is None:
        return
    if not (calls_in(row, move.now) or await bedside.called_now(db, row)):  # to a time that is still to come, or none
        return
    await ring_no_more(db, move)
    if move.actor is None or move.actor.id != row.lead_id:
        await _ring_at_lead(db, row, row.lead_id, move.now)


async def ring_at_lead_again(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """After a while in which it might ring at nobody of the hub: at the lead who has not met, if another named them."""
    lead = row.lead_id
    if lead is None or lead == row.accepted_by or not await bedside.called_now(db, row):
        return
    if not await deadlines.running(db, row.id, RING):
        await _ring_at_lead(db, row, lead, now)


async def _ring_at_lead(db: AsyncSession, row: Consultation, lead: UUID, now: datetime) -> None:
    there = await participants.one(db, row.id, lead)
    if there is None or not there.present:
        await begin(db, row, RING, LEAD_AWAITED, now, now, owners=[lead])


async def lead_is_there(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """The lead is in the room, and need not be called any more."""
    await deadlines.end(db, row.id, RING, now)


async def awaits(db: AsyncSession, row: Consultation, staff_id: UUID) -> bool:
    """Whether it calls this person, who leads it, into its room."""
    return staff_id == row.lead_id and bool(await deadlines.running(db, row.id, RING))


async def ring_at_others(db: AsyncSession, row: Consultation, actor: Actor, now: datetime) -> None:
    """Another specialty is wanted while it rings: its experts see it instead, and it rings from the start."""
    running = await deadlines.running(db, row.id, RING)
    if row.state is not State.approved or not running or running[0].specialty == request_of(row).specialty:
        return
    await sharing.with_other_experts(db, row, actor, now)
    await deadlines.end(db, row.id, RING, now)
    await ring_until_taken(db, row, now)


async def ring_until_taken(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Rings for a stat consultation that nobody has taken, once the hub may see it; one that rings already goes on."""
    waits = row.urgency is Urgency.stat and row.state is State.approved
    if waits and await partner(db, row, now) and not await deadlines.running(db, row.id, RING):
        specialty, department = request_of(row).specialty, row.wanted_department_id
        await begin(db, row, RING, STAT, now, now, specialty=specialty, department_id=department)
