"""The branch's own actions: submit, endorse, approve, return, discard."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.engine import act
from telemed.consultations.lookup import get, guard_input
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import request_of
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.table import approves, capacities
from telemed.consultations.schemas import Return
from telemed.consultations.words import Action, Urgency, Who


async def submit(db: AsyncSession, actor: Actor, row: Consultation, missing: list[str], now: datetime) -> None:
    """Submits a draft or a returned request if nothing is `missing`.

    A stat request goes straight to the hub; so does any request of a branch without endorsement and review.
    """
    asked: dict[str, Any] = {"specialty": request_of(row).specialty, "elective": row.elective}
    asked["wanted_department_id"] = row.wanted_department_id
    await act(db, actor, row, Action.submit, now, GuardInput(missing=missing), **asked)
    needs = await guard_input(db, row)
    if row.urgency is Urgency.stat or not (needs.needs_endorsement or needs.needs_review):
        await act(db, None, row, Action.approve, now)


async def endorse(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """Endorses; a senior doctor who may also review does both in this action."""
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.endorse, now)
    if not (await guard_input(db, row)).needs_review:
        await act(db, None, row, Action.approve, now)
    elif approves(row, actor):
        await act(db, actor, row, Action.approve, now)
    return row


async def approve(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """Approves; the duty officer, or a reviewer who is a senior doctor, also endorses in this action."""
    row = await get(db, actor, id, now, version=version)
    waits = (await guard_input(db, row)).needs_endorsement and not row.endorsed_at
    if waits and capacities(row, actor) & {Who.senior_doctor, Who.duty_officer}:
        await act(db, actor, row, Action.endorse, now)
    await act(db, actor, row, Action.approve, now)
    return row


async def return_(db: AsyncSession, actor: Actor, id: UUID, version: int, why: Return, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    row.missing = [each.value for each in why.missing]
    reason = why.reason or ",".join(row.missing)  # codes; the page translates them
    await act(db, actor, row, Action.return_, now, reason=reason, missing=row.missing)
    return row


async def discard(db: AsyncSession, actor: Actor | None, row: Consultation, now: datetime) -> None:
    """Discards a draft that already has papers. `actor` is its doctor, or None for the clock."""
    await act(db, actor, row, Action.discard, now)
