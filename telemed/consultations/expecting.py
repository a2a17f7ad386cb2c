"""Begins the deadlines of a consultation."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.consultations.lookup import about, agreement_id
from telemed.consultations.model import Consultation
from telemed.consultations.words import KIND
from telemed.work import deadlines
from telemed.work.duty import on_duty
from telemed.work.model import WORK_DUE, Deadline


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
        partner_id=about(row).partner_id,
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
    """Of work that has been asked for and has a moment of its own; one that runs already stays as it is."""
    running = await deadlines.running(db, row.id, WORK_DUE)
    if not any(each.ladder == ladder for each in running):
        await begin(db, row, WORK_DUE, ladder, due_at, now)
