"""Who sees a reading's patient, case and study because of it: the hub's radiologists, until a while after its end."""

from datetime import datetime
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor, Role
from telemed.reading.model import Reading, activity

PURPOSE: Final = "read the study"
ALLOWS: Final = ("read", "annotate", "download")


async def with_readers(db: AsyncSession, actor: Actor, row: Reading, now: datetime) -> None:
    await grants.give(
        db,
        case_id=row.case_id,
        patient_id=row.patient_id,
        activity=activity(row.id),
        grantee=grants.role_subject(row.hub_id, Role.radiologist),
        hospital_id=row.branch_id,
        allows=ALLOWS,
        purpose=PURPOSE,
        by=actor.id,
        now=now,
    )
