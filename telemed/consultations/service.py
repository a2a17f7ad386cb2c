"""Change a consultation's state: one way in, through the transition table, with its log, audit, news and work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor, Role
from telemed.audit.service import record
from telemed.consultations import steps
from telemed.consultations.events import OF_ACTION
from telemed.consultations.model import Consultation
from telemed.consultations.rules import deadlines
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.rules.table import capacities, transition
from telemed.consultations.words import KIND, Action, State, Urgency, Who
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.history.service import emit
from telemed.people.model import Hospital


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Drafts belong to the branch's requesting doctors; everything else to who may see the case."""
    c = Consultation
    draft = col(c.state).in_([State.draft, State.discarded])
    theirs = col(c.branch_id) == actor.hospital_id if actor.has(Role.requesting_doctor) else false()
    return or_(and_(draft, theirs), and_(~draft, visible(col(c.case_id), col(c.branch_id), actor, now)))


async def get(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int | None = None, to_change: bool = False
) -> Consultation:
    """Somebody else's does not exist; a stale version is refused with what it is now."""
    query = select(Consultation).where(Consultation.id == id, visible_to(actor, now))
    if to_change or version is not None:  # for PostgreSQL; on SQLite BEGIN IMMEDIATE has made writers queue
        query = query.with_for_update()
    row = (await db.exec(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such consultation.")
    if version is not None and row.version != version:
        current = {"version": row.version, "state": row.state, "state_since": row.state_since.isoformat()}
        raise Stale("It has changed since you read it.", current=current)
    return row


async def facts(db: AsyncSession, row: Consultation, **more: Any) -> GuardInput:
    """What the hospital's switches say, with what the caller knows beside."""
    return facts_at(await db.get_one(Hospital, row.branch_id), row, **more)


def facts_at(branch: Hospital, row: Consultation, **more: Any) -> GuardInput:
    stat = row.urgency is Urgency.stat
    return GuardInput(
        needs_endorsement=branch.endorsement and not stat,
        needs_review=branch.review and not stat,
        **more,
    )


async def act(
    db: AsyncSession,
    actor: Actor | None,
    row: Consultation,
    action: Action,
    given: GuardInput,
    now: datetime,
    *,
    reason: str | None = None,
    at: datetime | None = None,
    **data: Any,
) -> None:
    """Nothing else writes `state`. `at` is when it occurred, where a late fact tells of it (a room's event)."""
    line = transition(row, action, actor, given, reason)
    if row.case_id is None:
        raise RuntimeError("a consultation acts only with a case")
    source, when = row.state, at or now
    row.version += 1
    row.updated_at = now
    moved = line.target is not source
    if moved:
        row.state, row.state_since, row.state_reason = line.target, when, reason
    steps.stamp(row, action, actor, when)
    if moved:
        row.state_due_at = deadlines.due(row, line.target, when)
    held = capacities(row, actor) & line.who
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
    emit(db, event, about(row), now, by=actor, role=min(held, default=Who.system), at=when)
    record(db, actor, f"consultation.{action}", str(row.id), now, reason=reason)
    await db.flush()
    await steps.follow(db, row, line, actor, now, data | {"reason": reason})


def about(row: Consultation) -> About:
    """The hub takes part from the approval on: until then the request is the branch's own."""
    return About(
        row.branch_id,
        row.hub_id if row.approved_at else None,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=KIND,
        activity_id=row.id,
    )
