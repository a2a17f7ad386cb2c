"""Whom a stat consultation rings at until somebody takes it, and when at the next: the default of its ladder."""

from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.consultations.lookup import about
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.table import Move
from telemed.consultations.words import KIND, Urgency
from telemed.people.duty import on_duty
from telemed.work import deadlines, ladders
from telemed.work.ladders import rung
from telemed.work.model import RING, Deadline, To, When

STAT: Final = ladders.declare(
    "stat",
    rung(When.due, 0, To.on_duty, at_hub=True),
    rung(When.after, 1, To.on_duty, at_hub=True, place=1),
    rung(When.after, 1, To.on_duty, at_hub=True, place=2),
    rung(When.after, 1, To.role, Role.coordinator, at_hub=True),
    rung(When.after, 1, To.role, Role.duty_officer, at_hub=True, again=True),
)


async def ring(db: AsyncSession, move: Move) -> None:
    """Rings for a stat consultation until somebody takes it."""
    row = move.row
    if row.urgency is not Urgency.stat:
        return
    deadline = Deadline(
        activity=KIND,
        activity_id=row.id,
        case_id=row.case_id,
        kind=RING,
        ladder=STAT,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=about(row).partner_id,
        urgency=row.urgency,
        specialty=request_of(row).specialty,
        department_id=row.wanted_department_id,
        began_at=move.now,
        due_at=move.now,
    )
    await deadlines.begin(db, deadline, move.now, on_duty)


async def ring_no_more(db: AsyncSession, move: Move) -> None:
    await deadlines.end(db, move.row.id, RING, move.now)
