"""News of studies on its way to the packets and the opinions: whose a study is decides where it may be used."""

from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.events import Outbox
from telemed.opinions import recall
from telemed.requests import papers
from telemed.studies.model import LinkState


async def consume(db: AsyncSession, event: Outbox) -> None:
    data, now = event.data, event.occurred_at
    if not event.type.startswith("study.") or "state" not in data:
        return
    hospital, uid = data["hospital_id"], data["study_uid"]
    confirmed = data["state"] == LinkState.confirmed and data["patient_id"]
    belongs_to = UUID(data["patient_id"]) if confirmed else None
    await papers.study_left(db, hospital, uid, belongs_to, now)
    if belongs_to is not None:
        await papers.study_confirmed(db, belongs_to, now)
    await recall.review(db, hospital, uid, now)
