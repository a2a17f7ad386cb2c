"""What rounds do when a consent changes: one on which a place on a list rests, or one that was taken there."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases.events import (
    ConsentChanged,
    ConsentPaperFiled,
    ConsentPaperGivenUp,
    ConsentRecorded,
    ConsentWithdrawn,
)
from telemed.history.consumers import Heard
from telemed.people.chart_tables import Admission
from telemed.rounds import asking, consents, rules, sharing
from telemed.rounds.engine import move
from telemed.rounds.lookup import changed
from telemed.rounds.model import RoundItem, RoundSession
from telemed.rounds.words import KIND, ItemAction, ItemState, RoundState

HEARS: Final = (ConsentRecorded, ConsentChanged, ConsentPaperFiled, ConsentPaperGivenUp, ConsentWithdrawn)
ENDED: Final = frozenset({RoundState.closed, RoundState.cancelled})
CONSENT_WITHDRAWN: Final = "consent_withdrawn"  # why somebody was taken off; pages say it in words


async def consents_changed(db: AsyncSession, heard: Heard) -> None:
    if heard.about.activity == KIND and heard.about.activity_id is not None:
        await _papers(db, heard.about.activity_id, heard.recorded_at)
    if isinstance(heard.event, ConsentWithdrawn):
        await _withdrawn(db, heard.event.id, heard.recorded_at)
    elif isinstance(heard.event, ConsentChanged):
        await _taught(db, heard.event.id, heard.recorded_at)


async def _papers(db: AsyncSession, item_id: UUID, now: datetime) -> None:
    """Of a consent that was taken at a list, its paper may have come, or have to."""
    of = select(RoundItem.session_id).where(RoundItem.id == item_id).scalar_subquery()
    session = (await db.exec(select(RoundSession).where(RoundSession.id == of).with_for_update())).one_or_none()
    if session is not None:
        await asking.of_papers(db, session, await db.get_one(RoundItem, item_id), now)
        changed(db, session, now, item_id)


async def _taught(db: AsyncSession, id: UUID, now: datetime) -> None:
    """Teaching may have been agreed to, or no more: students follow accordingly."""
    query = select(RoundItem, RoundSession).join(RoundSession, col(RoundSession.id) == RoundItem.session_id)
    query = query.where(RoundItem.consent_id == id, col(RoundSession.state).not_in(sorted(ENDED)))
    for item, session in (await db.exec(query.order_by(col(RoundSession.id)).with_for_update())).all():
        await sharing.with_students(db, None, session, item, now)
        changed(db, session, now, item.id)


async def _withdrawn(db: AsyncSession, id: UUID, now: datetime) -> None:
    """The hub sees the patient no more for any round, unless another consent of the stay covers it. Who was not visited
    is taken off the list; what was written of who was stays, and waits for nobody at the hub."""
    resting = select(RoundItem.session_id).where(RoundItem.consent_id == id)
    sessions = select(RoundSession).where(col(RoundSession.id).in_(resting)).order_by(col(RoundSession.id))
    for session in (await db.exec(sessions.with_for_update())).all():
        theirs = select(RoundItem).where(RoundItem.session_id == session.id, RoundItem.consent_id == id)
        for row in (await db.exec(theirs)).all():
            stay = await db.get_one(Admission, row.admission_id)
            covering = await consents.covering(db, stay, session.hub_id)
            if covering is not None:
                row.consent_id = covering.id
                if row.state in rules.ON_LIST and session.state not in ENDED:
                    # Taken at this list, the withdrawn one has ended what was given for the item.
                    put_forward = row.state is ItemState.proposed
                    await (sharing.with_lead if put_forward else sharing.with_hub)(db, None, session, row, now)
                continue
            await sharing.with_nobody(db, [row], now)
            if row.state is ItemState.proposed:  # put forward, and not any more
                row.case_id, row.consent_id, row.version = None, None, row.version + 1
            if (
                row.state is ItemState.deferred and session.state in rules.TAKES_ACTS
            ):  # the round would come back to them
                await move(db, None, session, row, ItemAction.skip, now, {"why": ""}, reason=CONSENT_WITHDRAWN)
            if row.state is ItemState.confirmed:
                become = {"why": CONSENT_WITHDRAWN}
                await move(db, None, session, row, ItemAction.remove, now, become, reason=CONSENT_WITHDRAWN)
            await asking.of_note(db, session, row, now)
            changed(db, session, now, row.id)
