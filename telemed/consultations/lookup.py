"""Finds a consultation that a person may see, and what its guards and events need to know."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.grants import visible
from telemed.access.model import Actor, Role
from telemed.audit.seeing import see
from telemed.consultations.model import Consultation
from telemed.consultations.rules.guards import NOTHING_KNOWN, GuardInput, with_switches
from telemed.consultations.rules.states import AFTER_SIGNED
from telemed.consultations.words import AGREEMENT_SERVICE, KIND, State
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.people import service as people
from telemed.people.model import Hospital
from telemed.work import service as work
from telemed.work.model import WorkKind


def visible_to(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """A query predicate: drafts for the branch's requesting doctors, the others for everybody who may see the case."""
    c = Consultation
    draft = col(c.state).in_([State.draft, State.discarded])
    theirs = col(c.branch_id) == actor.hospital_id if actor.has(Role.requesting_doctor) else false()
    return or_(and_(draft, theirs), and_(~draft, visible(c.case_id, c.patient_id, c.branch_id, actor, now)))


async def get(
    db: AsyncSession, actor: Actor, id: UUID, now: datetime, *, version: int | None = None, to_change: bool = False
) -> Consultation:
    """The consultation. Raises NotFound if this person may not see it, and Stale, with its current form, if `version`
    is not the current one. `to_change` locks it.
    """
    query = select(Consultation).where(Consultation.id == id, visible_to(actor, now))
    if to_change or version is not None:  # for PostgreSQL; on SQLite writers queue at BEGIN IMMEDIATE
        query = query.with_for_update()
    row = (await db.exec(query)).one_or_none()
    if row is None:
        raise NotFound("There is no such consultation.")
    if version is not None and row.version != version:
        current = {"version": row.version, "state": row.state, "state_since": row.state_since.isoformat()}
        raise Stale("It has changed since you read it.", current=current)
    see(row.branch_id, row.patient_id, row.case_id)
    return row


async def locked(db: AsyncSession, id: UUID) -> Consultation:
    """The consultation, locked; for the system, which may see all."""
    return (await db.exec(select(Consultation).where(Consultation.id == id).with_for_update())).one()


async def guard_input(db: AsyncSession, row: Consultation, given: GuardInput = NOTHING_KNOWN) -> GuardInput:
    """`given` completed with what the branch has switched on, and whether a signed opinion must be reassessed."""
    given = with_switches(given, await db.get_one(Hospital, row.branch_id), row)
    if row.state in AFTER_SIGNED:
        given = replace(given, must_reassess=bool(await work.open_items(db, row.id, WorkKind.reassess)))
    return given


def about(row: Consultation) -> About:
    """What its events belong to. The hub is the partner from the approval on; before, only the branch sees them."""
    return About(
        row.branch_id,
        row.hub_id if row.approved_at else None,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=KIND,
        activity_id=row.id,
    )


async def agreement_id(db: AsyncSession, row: Consultation, now: datetime) -> UUID | None:
    """The agreement of the two hospitals that covers it today, whose ladders come before theirs."""
    found = await people.agreement(db, row.branch_id, row.hub_id, AGREEMENT_SERVICE, now)
    return found.id if found else None
