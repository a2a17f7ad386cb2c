"""Begins the deadlines of a consultation."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Role
from telemed.consultations.lookup import agreement_id
from telemed.consultations.model import Consultation
from telemed.consultations.words import KIND
from telemed.work import deadlines
from telemed.work.duty import on_duty
from telemed.work.model import WORK_DUE, Deadline


async def partner(db: AsyncSession, row: Consultation, now: datetime) -> str | None:
    """The hub, while its centre may see it: from the approval on, and not while a consent is withdrawn."""
    centre = grants.role_subject(row.hub_id, Role.coordinator)
    return row.hub_id if row.approved_at and await grants.has(db, row.id, centre, now) else None


async def begin(
    db: AsyncSession,
    row: Consultation,
    kind: str,
    ladder: str,
    due_at: datetime,
    now: datetime,
    *,
    owners: Iterable[UUID] = (),
    specialty: str = "",
    department_id: UUID | None = None,
) -> Deadline:
    """`specialty` and `department_id`: whose experts on duty are told, if its ladder tells those."""
    deadline = Deadline(
        activity=KIND,
        activity_id=row.id,
        case_id=row.case_id,
        kind=kind,
        ladder=ladder,
        hospital_id=row.branch_id,
        hub_id=row.hub_id,
        partner_id=await partner(db, row, now),
        agreement_id=await agreement_id(db, row, now),
        urgency=row.urgency,
        specialty=specialty,
        department_id=department_id,
        owners=[str(each) for each in owners],
        began_at=now,
        due_at=due_at,
    )
    await deadlines.begin(db, deadline, now, on_duty)
    return deadline


async def tell(db: AsyncSession, row: Consultation, kind: str, ladder: str, who: UUID, now: datetime) -> None:
    """Tells somebody of what nobody need act on: nothing is due, and the notice stays new until it is seen."""
    told = await begin(db, row, kind, ladder, now, now, owners=[who])
    told.at, told.done_at = None, now


async def begin_for_work(db: AsyncSession, row: Consultation, ladder: str, due_at: datetime, now: datetime) -> None:
    """Of work that has been asked for and has a moment of its own; of several the first counts."""
    running = [each for each in await deadlines.running(db, row.id, WORK_DUE) if each.ladder == ladder]
    if not running:
        await begin(db, row, WORK_DUE, ladder, due_at, now)
    elif due_at < running[0].due_at:
        await db.refresh(running[0], with_for_update=True)
        await deadlines.move(db, running[0], due_at, now)
