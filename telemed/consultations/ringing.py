"""Whom a stat consultation rings at until somebody takes it, and when at the next: the default of its ladder."""

from datetime import datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.consultations import sharing
from telemed.consultations.expecting import begin
from telemed.consultations.model import Consultation
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


async def ring(db: AsyncSession, move: Move) -> None:
    await ring_until_taken(db, move.row, move.now)


async def ring_no_more(db: AsyncSession, move: Move) -> None:
    await deadlines.end(db, move.row.id, RING, move.now)


async def ring_at_others(db: AsyncSession, row: Consultation, actor: Actor, now: datetime) -> None:
    """Another specialty is wanted while it rings: its experts see it instead, and it rings from the start."""
    running = await deadlines.running(db, row.id, RING)
    if row.state is not State.approved or not running or running[0].specialty == request_of(row).specialty:
        return
    await sharing.with_other_experts(db, row, actor, now)
    await deadlines.end(db, row.id, RING, now)
    await ring_until_taken(db, row, now)


async def ring_until_taken(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Rings for a stat consultation that nobody has taken; one that rings already goes on."""
    waits = row.urgency is Urgency.stat and row.state is State.approved
    if waits and not await deadlines.running(db, row.id, RING):
        specialty, department = request_of(row).specialty, row.wanted_department_id
        await begin(db, row, RING, STAT, now, now, specialty=specialty, department_id=department)
