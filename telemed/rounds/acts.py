"""What is done on the run-sheet, from whichever screen: taken once by its id, at the time at which it was done.

A cart that was offline sends its acts later: what was said or read back counts all the same.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, Invalid
from telemed.rounds import bed_acts, keeping, replacing, rules, session_acts, word_acts
from telemed.rounds.act_schemas import RoundActIn, RoundActOut
from telemed.rounds.doing import Doing
from telemed.rounds.lookup import get, held, item
from telemed.rounds.model import RoundAct, RoundSession
from telemed.rounds.words import ActKind, ItemAction, Outcome, RoundState, Who

EARLIEST: Final = timedelta(hours=1)  # before its booked time
MOVES: Final = frozenset({ActKind.present, ActKind.discuss, ActKind.defer, ActKind.skip})
NEEDS_TEXT: Final = frozenset({ActKind.say, ActKind.ask, ActKind.instruct, ActKind.read_back})
NEEDS_ITEM: Final = MOVES | {ActKind.identify, ActKind.say, ActKind.ask, ActKind.instruct, ActKind.keep}
KEPT_AFTER: Final = frozenset({ActKind.say, ActKind.ask, ActKind.read_back})  # of a round that has been ended


async def take(db: AsyncSession, actor: Actor, id: UUID, new: RoundActIn, now: datetime) -> RoundActOut:
    """Does it once: a repeat answers what came of it the first time.

    Raises NotFound for a session or bed that is not this person's to see, Conflict for what cannot be done now, and for
    an id under which something else was sent.
    """
    if new.kind is ActKind.instruct and new.instruction_id is not None:
        await replacing.lock_rounds(db, id, new.instruction_id)
    session = await get(db, actor, id, to_change=True)
    known = await db.get(RoundAct, new.id)
    said = new.model_dump(mode="json", exclude={"sent_at"})
    if known is not None:
        if (known.session_id, known.by, known.said) != (session.id, actor.id, said):
            raise Conflict("Another act has this id.", reason="act_taken")
        about = await word_acts.given_by(db, known) if new.kind is ActKind.instruct else new.instruction_id
        return RoundActOut(outcome=known.outcome, rev=session.rev, item_id=known.item_id, instruction_id=about)
    doing = Doing(db, actor, session, new, await held(db, session, actor), _occurred(session, new, now), now)
    _refuse(doing)
    if new.item_id is not None:
        doing.row = await item(db, actor, session, new.item_id, now)
    outcome = await DOES[new.kind](doing)
    db.add(
        RoundAct(
            id=new.id,
            session_id=session.id,
            item_id=doing.row.id if doing.row else None,
            kind=new.kind,
            outcome=outcome,
            by=actor.id,
            occurred_at=doing.at,
            recorded_at=now,
            said=said,
            text=new.text,
        )
    )
    await db.flush()
    return RoundActOut(
        outcome=outcome,
        rev=session.rev,
        item_id=doing.row.id if doing.row else None,
        instruction_id=doing.instruction.id if doing.instruction else None,
    )


def _occurred(session: RoundSession, new: RoundActIn, now: datetime) -> datetime:
    """When it was done: as long before now as the device says, whatever its clock shows."""
    ago = max(new.sent_at - new.occurred_at, timedelta(0))
    return max(min(now, now - ago), min(session.started_at or now, session.starts_at) - EARLIEST)


def _refuse(doing: Doing) -> None:
    new, state = doing.new, doing.session.state
    if new.kind in NEEDS_ITEM and new.item_id is None:
        raise Invalid("Say at which bed.", reason="item_needed")
    if new.kind in NEEDS_TEXT and not new.text:
        raise Invalid("Say something.", reason="text_needed")
    over = (
        (state is RoundState.completed and new.kind in KEPT_AFTER | MOVES)
        or (state is RoundState.signed and new.kind is ActKind.read_back)  # read back late, it is still to be executed
        or (state in rules.OVER and new.kind is ActKind.complete)  # ended already: by a colleague, or another window
    )
    if new.kind in MOVES:  # whoever may never do it leaves no trace of it either
        _refuse_never(ItemAction(new.kind), doing.held)
    if new.kind is not ActKind.start and state not in rules.TAKES_ACTS and not over:
        if state in rules.OVER | rules.NEVER:
            raise Conflict("The round is over.", reason="round_over", state=str(state))
        raise Conflict("The round is not going on.", reason="not_live", state=str(state))


def _refuse_never(action: ItemAction, held: frozenset[Who]) -> None:
    """Raises for whom no state of a bed lets do it."""
    who = frozenset[Who]().union(*(each.who for each in rules.ITEMS if each.action is action)) - {Who.system}
    if not who & held:
        rules.refuse_capacity(*who)


DOES: Final[Mapping[ActKind, Callable[[Doing], Awaitable[Outcome]]]] = {
    ActKind.start: session_acts.start,
    ActKind.pause: session_acts.pause,
    ActKind.resume: session_acts.resume,
    ActKind.complete: session_acts.complete,
    ActKind.hand_over: session_acts.hand_over,
    ActKind.present: bed_acts.present,
    ActKind.identify: bed_acts.identify,
    ActKind.discuss: bed_acts.discuss,
    ActKind.defer: bed_acts.defer,
    ActKind.skip: bed_acts.skip,
    ActKind.say: word_acts.say,
    ActKind.ask: word_acts.say,
    ActKind.instruct: word_acts.instruct,
    ActKind.read_back: word_acts.read_back,
    ActKind.keep: keeping.keep,
}
