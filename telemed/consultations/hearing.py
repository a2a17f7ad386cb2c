"""What consultations do on events of the features they build on."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.cases.events import ConsentApproved, ConsentChanged, ConsentPaperFiled, ConsentRecorded
from telemed.consultations.model import Consultation
from telemed.consultations.sharing import give_again
from telemed.history.consumers import Heard

CONSENTS_CHANGED = (ConsentRecorded, ConsentChanged, ConsentPaperFiled, ConsentApproved)


async def consents_changed(db: AsyncSession, heard: Heard) -> None:
    """Gives the grants that ended with a withdrawn consent again, once another consent is in force."""
    row = await db.get(Consultation, heard.about.activity_id)
    if row is not None and await cases.consented(db, row.id):
        await give_again(db, row, heard.recorded_at)
