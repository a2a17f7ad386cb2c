"""What rounds do when a consent is withdrawn on which a patient's place on their lists rests."""

from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.events import ConsentWithdrawn
from telemed.history.consumers import Heard
from telemed.people.chart_tables import Admission
from telemed.rounds import asking, consents, rules, sharing
from telemed.rounds.engine import move
from telemed.rounds.lookup import changed
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import ItemAction, ItemState, RoundState

HEARS: Final = (ConsentWithdrawn,)
ENDED: Final = frozenset({RoundState.closed, RoundState.cancelled})
CONSENT_WITHDRAWN: Final = "consent_withdrawn"  # why somebody was taken off; pages say it in words


async def consent_withdrawn(db: AsyncSession, heard: Heard) -> None:
    """The hub sees the patient no more for any round, unless another consent of the stay covers it. Who was not visited
    is taken off the list; what was written of who was stays, and waits for nobody at the hub."""
    if not isinstance(heard.event, ConsentWithdrawn):
        return
    now = heard.recorded_at
    resting = select(RoundItem.session_id).where(RoundItem.consent_id == heard.event.id)
    sessions = select(RoundSession).where(col(RoundSession.id).in_(resting)).order_by(col(RoundSession.id))
    for session in (await db.exec(sessions.with_for_update())).all():
        theirs = select(RoundItem).where(RoundItem.session_id == session.id, RoundItem.consent_id == heard.event.id)
        for row in (await db.exec(theirs)).all():
            stay = await db.get_one(Admission, row.admission_id)
            covering = await consents.covering(db, stay, session.hub_id)
            if covering is not None:
                row.consent_id = covering.id
                if row.state in rules.ON_LIST - {ItemState.proposed} and session.state not in ENDED:
                    # Taken at this list, the withdrawn one has ended what was given for the item.
                    await sharing.with_hub(db, None, session, row, now)
                continue
            await sharing.with_nobody(db, [row], now)
            if row.state is ItemState.confirmed:
                become = {"why": CONSENT_WITHDRAWN}
                await move(db, None, session, row, ItemAction.remove, now, become, reason=CONSENT_WITHDRAWN)
            await asking.of_note(db, session, row, now)
            changed(db, session, now, row.id)
