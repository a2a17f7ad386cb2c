"""Moves a consultation along one line of the transition table; nothing else writes `state`."""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.consultations.action_events import OF_ACTION
from telemed.consultations.expecting import state_due
from telemed.consultations.follow import follow, stamp
from telemed.consultations.lookup import about, guard_input
from telemed.consultations.model import Consultation
from telemed.consultations.rules.guards import NOTHING_KNOWN, GuardInput
from telemed.consultations.rules.table import Move, capacities, transition
from telemed.consultations.words import Action, Who
from telemed.history.service import emit


async def act(
    db: AsyncSession,
    actor: Actor | None,
    row: Consultation,
    action: Action,
    now: datetime,
    given: GuardInput = NOTHING_KNOWN,
    *,
    reason: str | None = None,
    at: datetime | None = None,
    **data: Any,
) -> None:
    """Takes the action in the caller's transaction: state, moments, event, audit, and what follows from it.

    `actor` None is the system. `at` is when it occurred, if we learn of it later (from a room's log). `data` are the
    fields of the action's event. Raises what `rules.table.transition` raises.
    """
    line = transition(row, action, actor, await guard_input(db, row, given), reason)
    if row.case_id is None:
        raise RuntimeError("a consultation acts only with a case")
    source, when = row.state, at or now
    moved = line.target is not source
    row.version += 1
    row.updated_at = now
    if moved:
        row.state, row.state_since, row.state_reason = line.target, when, reason
    await stamp(db, row, action, actor, when)
    if moved:
        row.state_due_at = await state_due(db, row, line.target, when)
    event = OF_ACTION[action](
        source=source,
        target=line.target,
        reason=reason,
        urgency=row.urgency,
        mode=row.mode,
        hub_id=row.hub_id,
        due_at=row.state_due_at,
        sign_due_at=row.sign_due_at,
        rev=row.version,
        **data,
    )
    capacity = min(capacities(row, actor) & line.who, default=Who.system)
    emit(db, event, about(row), now, by=actor, role=capacity, at=when)
    record(db, actor, f"consultation.{action}", str(row.id), now, reason=reason)
    await db.flush()
    await follow(db, Move(row, line, actor, now, reason, data))
