"""The last actions of a consultation: sign, acknowledge, close, reopen, cancel, miss."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.consultations.accepting import written_at_once
from telemed.consultations.dues import watch_anew
from telemed.consultations.engine import act
from telemed.consultations.events import AdviceAnswer
from telemed.consultations.follow import UNTIL_SIGNED
from telemed.consultations.lookup import get
from telemed.consultations.model import Consultation
from telemed.consultations.ports import Opinions
from telemed.consultations.rules.guards import GuardInput
from telemed.consultations.schemas import Cancel
from telemed.consultations.sharing import give_again
from telemed.consultations.words import Action, Mode
from telemed.history.service import of_activity
from telemed.work import service as work

MADE_WRITTEN = "consultation.made_written"  # written down, as using the class is emitting it for docs/events.md


async def sign(db: AsyncSession, actor: Actor, row: Consultation, now: datetime, **signed: Any) -> None:
    """The meeting's opinion is complete and signed; `signed` are the fields of the event `Signed`."""
    undone = sorted({each.kind for each in await work.open_items(db, row.id, *UNTIL_SIGNED)})
    await act(db, actor, row, Action.sign, now, GuardInput(complete_opinion=True), undone=undone, **signed)


async def acknowledge(
    db: AsyncSession, actor: Actor, row: Consultation, answers: Sequence[AdviceAnswer], now: datetime
) -> None:
    """Every advice of the first signature is answered; the branch now executes what it adopted."""
    await act(db, actor, row, Action.acknowledge, now, GuardInput(every_advice_answered=True), answers=answers)
    await act(db, None, row, Action.execute, now)


async def close(db: AsyncSession, actor: Actor, row: Consultation, open_advice: int, now: datetime) -> None:
    """Closes it at the requesting doctor's click, if no advice is open."""
    await act(db, actor, row, Action.close, now, GuardInput(open_advice=open_advice))


async def close_when_done(db: AsyncSession, row: Consultation, now: datetime) -> None:
    """Closes it by itself, when every advice was adopted and executed."""
    await act(db, None, row, Action.close, now, GuardInput(all_adopted_and_done=True))


async def reopen(
    db: AsyncSession, actor: Actor, id: UUID, version: int, reason: str, opinions: Opinions, now: datetime
) -> Consultation:
    """Anew from naming a time or, if it was asked for in writing, from the answer."""
    row = await get(db, actor, id, now, version=version)
    if await _was_to_meet(db, row):
        row.mode = Mode.live
    await act(db, actor, row, Action.reopen, now, reason=reason)
    await give_again(db, row, opinions, now)
    await written_at_once(db, row, now)
    await watch_anew(db, row, now)  # the hub may know of it only from here on, if its grants had ended
    return row


async def cancel(db: AsyncSession, actor: Actor, id: UUID, version: int, why: Cancel, now: datetime) -> Consultation:
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.cancel, now, reason=why.reason or why.code, code=why.code)
    return row


async def miss(db: AsyncSession, actor: Actor, id: UUID, version: int, now: datetime) -> Consultation:
    """Nobody came, says a coordinator. The clock does the same after a while (`clock.py`)."""
    row = await get(db, actor, id, now, version=version)
    await act(db, actor, row, Action.miss, now)
    return row


async def _was_to_meet(db: AsyncSession, row: Consultation) -> bool:
    """Whether it was asked for live, and somebody made it written; of one asked for in writing the system does that."""
    events = await of_activity(db, row.id)
    return any(each.type == MADE_WRITTEN and each.actor_id is not None for each in events)
