"""What consultations do on events of the features they build on."""

from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.cases import service as cases
from telemed.cases.events import (
    ConsentApproved,
    ConsentChanged,
    ConsentPaperFiled,
    ConsentRecorded,
    ConsentWithdrawn,
)
from telemed.consultations import reassessing, work
from telemed.consultations.arriving import arrive_if_redirected
from telemed.consultations.dues import watch_anew
from telemed.consultations.engine import act
from telemed.consultations.lookup import guard_input, locked
from telemed.consultations.model import Consultation
from telemed.consultations.owing import ask_for_consents, ask_to_renew, renewed
from telemed.consultations.ports import Opinions
from telemed.consultations.ringing import ring_at_lead_again, ring_until_taken
from telemed.consultations.rules.states import BEFORE_SIGNED, BEFORE_SUBMITTING, CALLED_OFF
from telemed.consultations.sharing import give_again
from telemed.consultations.words import Action, State, Urgency
from telemed.history.consumers import Heard
from telemed.kit.failures import isolated
from telemed.people.events import SettingsChanged
from telemed.work import deadlines
from telemed.work.model import RING, WorkKind

CONSENTS_CHANGED = (ConsentRecorded, ConsentChanged, ConsentPaperFiled, ConsentApproved, ConsentWithdrawn)
SETTINGS_CHANGED = (SettingsChanged,)


async def consents_changed(db: AsyncSession, heard: Heard, opinions: Opinions) -> None:
    """Asks for what the consents need now, as one may have been changed or withdrawn, and for nothing else.

    Gives the grants that ended with a withdrawn consent again, once another consent is in force, or the first ones of a
    hub to which it was redirected. A stat call waits for no tap: an emergency that is recorded is enough, as at first.

    Without one nobody of the hub may see the case: until then it is told nothing, a stat call is silent, or it would
    climb unseen, and who requested it is asked for another or to cancel.
    """
    id = heard.about.activity_id
    if id is None or await db.get(Consultation, id) is None:
        return
    row, now = await locked(db, id), heard.recorded_at
    open_ = row.state not in BEFORE_SUBMITTING | CALLED_OFF
    if open_:
        await ask_for_consents(db, row, now)
    if await _enough(db, row):
        await renewed(db, row, now)
        await arrive_if_redirected(db, row, now)
        await give_again(db, row, opinions, now)
        await ring_until_taken(db, row, now)
        await ring_at_lead_again(db, row, now)
    elif isinstance(heard.event, ConsentWithdrawn):
        await deadlines.end(db, row.id, RING, now)
        if open_ and row.state in BEFORE_SIGNED:
            await ask_to_renew(db, row, now)
    await reassessing.consents_changed(db, row, opinions, now)
    if open_:
        await watch_anew(db, row, now)


async def _enough(db: AsyncSession, row: Consultation) -> bool:
    """Whether the hub may see it, as far as the consents go."""
    return (
        not await cases.consent_gone(db, row.id) if row.urgency is Urgency.stat else await cases.consented(db, row.id)
    )


async def settings_changed(db: AsyncSession, heard: Heard) -> None:
    """The branch has switched endorsement or review on or off: what waits for its approval waits for what holds now."""
    waiting = select(Consultation.id).where(
        Consultation.branch_id == heard.about.hospital_id, Consultation.state == State.submitted
    )
    for id in (await db.exec(waiting.order_by(col(Consultation.id)))).all():
        async with isolated(db, "request that waits for its approval", id, {}):
            row = await locked(db, id)
            if row.state is State.submitted:
                await _wait_anew(db, row, heard.recorded_at)


async def _wait_anew(db: AsyncSession, row: Consultation, now: datetime) -> None:
    needs = await guard_input(db, row)
    if needs.needs_endorsement and not row.endorsed_at:
        await work.ask_instead(db, row, WorkKind.endorse, now)
    elif needs.needs_review:
        await work.ask_instead(db, row, WorkKind.review, now)
    else:
        await act(db, None, row, Action.approve, now)
