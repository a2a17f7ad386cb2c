"""When an activity moves or gets another participant, it is found anew who is reminded to co-sign its opinion."""

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities.events import OfActivity
from telemed.consultations.model import Consultation
from telemed.history.consumers import Heard
from telemed.opinions import asking

HEARS = (OfActivity,)


async def consume(db: AsyncSession, heard: Heard) -> None:
    row = await db.get(Consultation, heard.about.activity_id, with_for_update=True) if heard.about.activity_id else None
    if row is not None:
        await asking.review(db, row, heard.recorded_at)
