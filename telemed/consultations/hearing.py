"""What consultations do on events of the features they build on."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.cases.events import (
    ConsentApproved,
    ConsentChanged,
    ConsentPaperFiled,
    ConsentRecorded,
    ConsentWithdrawn,
)
from telemed.consultations.lookup import locked
from telemed.consultations.model import Consultation
from telemed.consultations.ports import Opinions
from telemed.consultations.ringing import ring_until_taken
from telemed.consultations.rules.states import BEFORE_SUBMITTING, FINAL
from telemed.consultations.sharing import give_again
from telemed.consultations.work import ask_for_consents
from telemed.history.consumers import Heard
from telemed.work import deadlines
from telemed.work.model import RING

CONSENTS_CHANGED = (ConsentRecorded, ConsentChanged, ConsentPaperFiled, ConsentApproved, ConsentWithdrawn)


async def consents_changed(db: AsyncSession, heard: Heard, opinions: Opinions) -> None:
    """Asks for what the consents need now, as one may have been changed or withdrawn, and for nothing else.

    Gives the grants that ended with a withdrawn consent again, once another consent is in force.

    Without one nobody may see the case: a stat call is silent until then, or it would climb unseen.
    """
    id = heard.about.activity_id
    if id is None or await db.get(Consultation, id) is None:
        return
    row, now = await locked(db, id), heard.recorded_at
    if row.state not in BEFORE_SUBMITTING | FINAL:
        await ask_for_consents(db, row, now)
    if await cases.consented(db, row.id):
        await give_again(db, row, opinions, now)
        await ring_until_taken(db, row, now)
    elif isinstance(heard.event, ConsentWithdrawn):
        await deadlines.end(db, row.id, RING, now)
