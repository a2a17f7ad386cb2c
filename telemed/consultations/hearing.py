"""What consultations do when news comes from the features below."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.cases.events import ConsentApproved, ConsentChanged, ConsentPaperFiled, ConsentRecorded
from telemed.consultations.model import Consultation
from telemed.consultations.sharing import give_again
from telemed.history.consumers import Heard

CONSENTS_CHANGED = (ConsentRecorded, ConsentChanged, ConsentPaperFiled, ConsentApproved)


async def consents_changed(db: AsyncSession, heard: Heard) -> None:
    """What was closed when a consent was withdrawn opens again once there is another in force."""
    row = await db.get(Consultation, heard.about.activity_id)
    if row is not None and await cases.consented(db, row.id):
        await give_again(db, row, heard.recorded_at)
