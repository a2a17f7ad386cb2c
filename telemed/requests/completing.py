"""A stat request lacks much when it is sent; whoever adds the last of it ends what the doctor is asked for."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases.events import PacketAdded, PacketSupplemented
from telemed.consultations import service as consultations
from telemed.consultations.model import Consultation
from telemed.history.consumers import Heard
from telemed.people.events import PatientChanged, PatientIdentityChanged
from telemed.requests import queries, rules
from telemed.work import service as work
from telemed.work.model import WorkKind

COMPLETE_IT = (
    PacketAdded,
    PacketSupplemented,
    PatientChanged,
    PatientIdentityChanged,
    *consultations.CONSENTS_CHANGED,
)


async def completed(db: AsyncSession, row: Consultation, now: datetime, by: Actor | None = None) -> None:
    """Finishes the work item for a submitted request's missing parts, once they are all there."""
    if not await queries.missing(db, row, now, as_stat=False):
        await work.finish(db, row.id, [WorkKind.complete], by, now)


async def added(db: AsyncSession, heard: Heard) -> None:
    """A paper, a study, a consent or something of the patient's record was added: perhaps it was the last of it."""
    id = heard.about.activity_id
    if id is None or not await work.open_items(db, id, WorkKind.complete):
        return
    row = await consultations.locked(db, id)
    if row.state not in rules.BEFORE_SUBMITTING:
        await completed(db, row, heard.recorded_at)
