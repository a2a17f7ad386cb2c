"""What readings do when a consent is withdrawn on which they rest, wherever they come from."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.cases import service as cases
from telemed.cases.events import ConsentWithdrawn
from telemed.history.consumers import Heard
from telemed.reading import consenting, rules, work
from telemed.reading.engine import act
from telemed.reading.from_consultations import consent_of
from telemed.reading.model import Reading
from telemed.reading.words import ReadingAction as Action

HEARS: Final = (ConsentWithdrawn,)


async def consent_withdrawn(db: AsyncSession, heard: Heard) -> None:
    """Ends what is not issued, unless another consent covers it; what is issued stays as it is."""
    id, now = heard.about.activity_id, heard.recorded_at
    if id is None or not isinstance(heard.event, ConsentWithdrawn):
        return
    theirs = select(Reading).where(or_(Reading.consultation_id == id, Reading.consent_id == heard.event.id))
    theirs = theirs.where(col(Reading.state).in_(rules.ENDS_WITH_CONSENT))
    for row in (await db.exec(theirs.order_by(col(Reading.id)).with_for_update())).all():
        covered_by = await _covering(db, row)
        if covered_by is not None:
            row.consent_id = covered_by if row.consent_id is not None else None
        elif row.consent_id is not None or await cases.consent_gone(db, id):
            await _end(db, row, now)


async def _covering(db: AsyncSession, row: Reading) -> UUID | None:
    """Of its consultation, or of the patient's present stay."""
    of_its_own = await consent_of(db, row.consultation_id) if row.consultation_id is not None else None
    return of_its_own or await consenting.covering(db, row.hub_id, row.patient_id)


async def _end(db: AsyncSession, row: Reading, now: datetime) -> None:
    """What was written is kept and not issued; nothing is due, and the hub no longer sees the study for it."""
    await act(db, None, row, Action.withdraw, now, {"due_at": None}, by_consent=True)
    await work.is_withdrawn(db, row, None, now, also=row.requester_id)
    await grants.end(db, row.id, now)
