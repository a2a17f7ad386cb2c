"""A signed opinion rests on images that are not the patient's any more: who reassesses it, or takes note of that.

The hub reassesses it as long as it may see the case, also once that is closed or archived. Where it may not, because
every consent was withdrawn or the case was called off after it was reopened, the branch takes note instead.
"""

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.cases import service as cases
from telemed.consultations import sharing
from telemed.consultations.asking import ask, of_requester
from telemed.consultations.expecting import begin_for_work, due_by
from telemed.consultations.ladders import REASSESSMENT, RECALL
from telemed.consultations.model import Consultation
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.states import CALLED_OFF
from telemed.consultations.rules.table import Move
from telemed.consultations.words import Reassessing
from telemed.work import service as work
from telemed.work.model import Outcome, WorkKind

K = WorkKind


async def who_reassesses(db: AsyncSession, row: Consultation) -> Reassessing:
    """Whether the hub may reassess its opinion now, or why not."""
    if row.state in CALLED_OFF:
        return Reassessing.called_off
    return Reassessing.no_consent if await cases.consent_gone(db, row.id) else Reassessing.hub


async def review(db: AsyncSession, row: Consultation, opinions: Opinions, now: datetime) -> None:
    """Asks whom it concerns now, and no one else; in the transaction of what has changed."""
    lost = await opinions.lost(db, row)
    if lost is None:
        await over(db, row, None, now, Outcome.withdrawn)
        return
    note = {"number": lost.number, "text": lost.studies}
    if await who_reassesses(db, row) is Reassessing.hub:
        await _ask_the_hub(db, row, opinions, note, now)
    else:
        await _ask_the_branch(db, row, note, now)


async def consents_changed(db: AsyncSession, row: Consultation, opinions: Opinions, now: datetime) -> None:
    """With a consent the hub is asked, also where the branch has taken note; without one the branch, unless it has."""
    asked = await work.open_items(db, row.id, K.reassess)
    if asked or await who_reassesses(db, row) is Reassessing.hub:
        await review(db, row, opinions, now)


async def over(
    db: AsyncSession, row: Consultation, by: Actor | None, now: datetime, outcome: Outcome = Outcome.done
) -> None:
    """An amendment was signed, or the images are the patient's again: nobody is asked, and what was opened closes."""
    asked = await work.open_items(db, row.id, K.reassess)
    await work.finish(db, row.id, [K.reassess, K.recall], by, now, outcome)
    if asked:
        await sharing.until_it_is_read_again(db, row, now)


async def called_off(db: AsyncSession, move: Move) -> None:
    """Withdraws all that is asked; of an opinion from before it was reopened the branch takes note then."""
    row, now = move.row, move.now
    asked = await work.open_items(db, row.id, K.reassess, K.recall)
    await work.withdraw(db, row.id, now)
    if asked:
        await _ask_the_branch(db, row, asked[0].note, now)


async def _ask_the_hub(
    db: AsyncSession, row: Consultation, opinions: Opinions, note: dict[str, Any], now: datetime
) -> None:
    """Asks the lead expert to amend it, and warns the requesting doctor."""
    await work.finish(db, row.id, [K.recall], None, now, Outcome.withdrawn)
    await sharing.until_reassessed(db, row, opinions, now)
    if asked := await work.open_items(db, row.id, K.reassess):
        work.restate(db, asked, note, now)
        return
    due = await due_by(db, row, REASSESSMENT, now)
    ask(db, row, K.reassess, row.hub_id, now, staff_id=row.lead_id, due_at=due, note=note)
    ask(db, row, K.reassess, row.branch_id, now, **await of_requester(db, row), due_at=due, note=note)
    await begin_for_work(db, row, REASSESSMENT, due, now)


async def _ask_the_branch(db: AsyncSession, row: Consultation, note: dict[str, Any], now: datetime) -> None:
    """Asks the requesting doctor to take note that it must not be relied on; others of the branch may."""
    await work.finish(db, row.id, [K.reassess], None, now, Outcome.withdrawn)
    if asked := await work.open_items(db, row.id, K.recall):
        work.restate(db, asked, note, now)
        return
    due = await due_by(db, row, RECALL, now)
    ask(db, row, K.recall, row.branch_id, now, **await of_requester(db, row), due_at=due, note=note)
    await begin_for_work(db, row, RECALL, due, now)
