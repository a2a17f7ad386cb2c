"""Creates a work item about a consultation, or about the part of it that `about_id` names."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Role
from telemed.consultations.model import Consultation, activity
from telemed.work import service as work
from telemed.work.model import WorkKind


async def of_requester(db: AsyncSession, row: Consultation) -> dict[str, Any]:
    """Of whom to ask what the requesting doctor owes: of them, and once they have left of their branch's others."""
    account = await db.get_one(Account, row.requester_id)
    return {"staff_id": account.id} if account.disabled_at is None else {"role": Role.requesting_doctor}


def ask(
    db: AsyncSession,
    row: Consultation,
    kind: WorkKind,
    hospital_id: str,
    now: datetime,
    *,
    about_id: UUID | None = None,
    staff_id: UUID | None = None,
    role: Role | None = None,
    department_id: UUID | None = None,
    due_at: datetime | None = None,
    note: dict[str, Any] | None = None,
) -> None:
    work.ask(
        db,
        kind,
        about_id or row.id,
        hospital_id,
        now,
        staff_id=staff_id,
        role=role,
        department_id=department_id,
        due_at=due_at,
        activity=activity(row.id),
        case_id=row.case_id,
        patient_id=row.patient_id,
        urgency=str(row.urgency),
        note=note or {},
    )
