"""Finds a critical finding that a person may see, and what its events need to know."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor
from telemed.audit.seeing import see
from telemed.critical_findings.model import CriticalFinding
from telemed.critical_findings.rules import CLOSED, Titles
from telemed.critical_findings.words import KIND
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.people import service as people
from telemed.work.model import Notice

F = CriticalFinding


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """A query predicate: those of one's own hospital's patients, and those that a grant opens."""
    return visible(F.case_id, F.patient_id, F.branch_id, actor, now)


async def get(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int | None = None
) -> CriticalFinding:
    """Raises NotFound if this person may not see it, and Stale if `version`, with which it is locked, is an old one."""
    query = select(F).where(F.id == id, visible_to(actor, now))
    row = (await db.exec(query.with_for_update() if version is not None else query)).one_or_none()
    if row is None:
        raise NotFound("There is no such critical finding.")
    if version is not None and row.version != version:
        current = {"version": row.version, "state": row.state, "state_since": row.state_since.isoformat()}
        raise Stale("It has changed since you read it.", current=current)
    see(row.branch_id, row.patient_id, row.case_id)
    return row


async def concerning(db: AsyncSession, actor: Actor, now: datetime, most: int) -> Sequence[CriticalFinding]:
    """The open ones of which this person was told or which they found, as long as they may see them; newest first."""
    told = select(Notice.activity_id).where(Notice.staff_id == actor.id, Notice.activity == KIND)
    mine = or_(col(F.found_by) == actor.id, col(F.id).in_(told))
    query = select(F).where(col(F.state).not_in(sorted(CLOSED)), mine, visible_to(actor, now))
    return (await db.exec(query.order_by(col(F.found_at).desc(), col(F.id)).limit(most))).all()


async def titles_of(db: AsyncSession, actor: Actor, row: CriticalFinding) -> Titles:
    return Titles((await people.staff(db, actor.id)).title, (await people.staff(db, row.found_by)).title)


def about(row: CriticalFinding) -> About:
    return About(
        row.branch_id,
        row.hub_id,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=KIND,
        activity_id=row.id,
    )
