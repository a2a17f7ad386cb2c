"""News of studies on its way to the packets: a confirmed one comes in where it is named, a rejected one leaves."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.events import Outbox
from telemed.requests import papers
from telemed.studies.model import LinkState


async def consume(db: AsyncSession, event: Outbox) -> None:
    data = event.data
    if not event.type.startswith("study.") or "state" not in data:
        return
    if data["state"] == LinkState.confirmed and data["patient_id"]:
        await papers.study_confirmed(db, UUID(data["patient_id"]), event.occurred_at)
    elif data["state"] == LinkState.rejected:
        await papers.study_rejected(db, data["hospital_id"], data["study_uid"], event.occurred_at)
