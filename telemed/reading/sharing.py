"""Who sees a reading's patient, case and study because of it, until a while after its end: the hub's radiologists, and
of a consultation the experts who wait for the report."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor, Role
from telemed.reading.model import Reading, activity

PURPOSE: Final = "read the study"
ALLOWS: Final = ("read", "annotate", "download")
WAITING: Final = "wait for the report"
WAITS: Final = ("read", "annotate")


async def with_readers(db: AsyncSession, actor: Actor | None, row: Reading, now: datetime) -> None:
    await _give(db, actor, row, grants.role_subject(row.hub_id, Role.radiologist), ALLOWS, PURPOSE, now)


async def with_expert(db: AsyncSession, actor: Actor, row: Reading, staff_id: UUID, now: datetime) -> None:
    """An expert of the consultation that it comes from looks at the same study and waits for the report."""
    await _give(db, actor, row, str(staff_id), WAITS, WAITING, now)


async def _give(
    db: AsyncSession,
    actor: Actor | None,
    row: Reading,
    grantee: str,
    allows: tuple[str, ...],
    purpose: str,
    now: datetime,
) -> None:
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=grantee,
        hospital_id=row.branch_id,
        allows=allows,
        purpose=purpose,
        by=actor.id if actor else None,
        now=now,
    )
