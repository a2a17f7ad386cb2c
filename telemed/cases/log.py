"""Write down what happened to a case; the one log behind every clock and history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases.model import CaseEvent


def happened(
    db: AsyncSession,
    kind: str,
    case_id: UUID,
    now: datetime,
    *,
    consultation_id: UUID | None = None,
    by: Actor | None = None,
    role: str = "",
    at: datetime | None = None,
    **data: Any,
) -> None:
    """`at` is when it occurred, if that was before `now`, when it is recorded; `by` is None for the system."""
    db.add(
        CaseEvent(
            case_id=case_id,
            consultation_id=consultation_id,
            kind=kind,
            at=at or now,
            recorded_at=now,
            by=by.id if by else None,
            by_name=by.name if by else "",
            role=role,
            hospital_id=by.hospital_id if by else "",
            data=data,
        )
    )


async def history(db: AsyncSession, consultation_id: UUID) -> list[CaseEvent]:
    query = select(CaseEvent).where(CaseEvent.consultation_id == consultation_id)
    return list((await db.exec(query.order_by(col(CaseEvent.at), col(CaseEvent.id)))).all())
