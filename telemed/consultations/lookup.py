"""Find a consultation that this person may see, and what its events and guards need to know of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor, Role
from telemed.consultations.model import Consultation
from telemed.consultations.rules.guards import NOTHING_KNOWN, GuardInput, with_switches
from telemed.consultations.words import KIND, State
from telemed.errors import NotFound, Stale
from telemed.history.events import About
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
    """NotFound for somebody else's; Stale, with what it is now, for a version that is no longer the current one."""
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


async def locked(db: AsyncSession, id: UUID) -> Consultation:
    """For the system, which may see all: as it is now that nobody else changes it."""
    return (await db.exec(select(Consultation).where(Consultation.id == id).with_for_update())).one()


async def guard_input(db: AsyncSession, row: Consultation, given: GuardInput = NOTHING_KNOWN) -> GuardInput:
    """What the caller knows, with the switches of the branch."""
    return with_switches(given, await db.get_one(Hospital, row.branch_id), row)


def about(row: Consultation) -> About:
    """Whose event it is. Until the approval the request is the branch's own; from then on the hub's too."""
    return About(
        row.branch_id,
        row.hub_id if row.approved_at else None,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=KIND,
        activity_id=row.id,
    )
