"""Acts that move the round from bed to bed.

If the lead has gone on meanwhile, the lead's bed stays: what came later from a cart is kept as overtaken.
"""

from collections.abc import Mapping
from typing import Final

from sqlmodel import col, select

from telemed.activities import participants
from telemed.errors import Conflict
from telemed.rounds import identity, rules, stays
from telemed.rounds.doing import Doing, keep
from telemed.rounds.engine import move
from telemed.rounds.lookup import items
from telemed.rounds.model import RoundAct, RoundItem
from telemed.rounds.sessions import leaving
from telemed.rounds.words import ActKind, ItemAction, ItemState, Outcome, RoundRole, RoundState, Who

LED: Final = (RoundRole.lead, RoundRole.former_lead)


async def present(doing: Doing) -> Outcome:
    """The round goes to this bed: whoever lies there is to be identified anew."""
    row, session = doing.item, doing.session
    if row.state is ItemState.presenting:
        return Outcome.already
    if session.state is RoundState.completed or await overtaken(doing):
        return _overtake(doing)
    if session.state is RoundState.paused and doing.at >= session.state_since:  # before: a cart sends it late
        raise Conflict("The round is paused.", reason="paused")
    await stays.refuse_gone(doing.db, session, row, doing.at)
    become: dict[str, object] = {
        "presented_at": doing.at,
        "left_at": None,
        "identified": None,
        "identified_at": None,
        "identified_by": [],
        "wrong_band_at": None,
        "why": "",
    }
    rules.line(rules.ITEMS, ItemAction.present, row.state, doing.held)  # before the bed that is presented is left
    await _leave_current(doing)
    await _move(doing, row, ItemAction.present, become)
    return Outcome.done


async def _leave_current(doing: Doing) -> None:
    for each in await items(doing.db, doing.session.id):
        if each.state is ItemState.presenting:
            await _move(doing, each, ItemAction.discuss, leaving(each, doing.at))


async def overtaken(doing: Doing) -> bool:
    """Whether who led the round then went to another bed after this was done, by somebody who is not the lead."""
    if Who.lead in doing.held:
        return False
    theirs = {each.staff_id for each in await participants.of(doing.db, doing.session.id) if each.role in LED}
    query = select(RoundAct.id).where(RoundAct.session_id == doing.session.id, RoundAct.kind == ActKind.present)
    later = query.where(col(RoundAct.by).in_(theirs), col(RoundAct.occurred_at) > doing.at)
    return (await doing.db.exec(later.limit(1))).first() is not None


def _came_since(doing: Doing) -> bool:
    """Whether the round came to this bed after this was done there, by somebody who is not the lead."""
    row = doing.item
    came = row.presented_at if row.state is ItemState.presenting else None
    return Who.lead not in doing.held and came is not None and came > doing.at


def _overtake(doing: Doing) -> Outcome:
    keep(doing, overtaken=True)
    return Outcome.overtaken


async def discuss(doing: Doing) -> Outcome:
    row = doing.item
    if row.state in rules.VISITED:
        return Outcome.already
    if doing.session.state is RoundState.completed or _came_since(doing):
        return _overtake(doing)
    if doing.session.state is not RoundState.converted and row.state is not ItemState.presenting:
        raise Conflict("The round is not at this bed.", reason="not_at_bed", state=str(row.state))
    if row.state is not ItemState.presenting:  # a visit that took place is ended, wherever they are now
        await stays.refuse_gone(doing.db, doing.session, row, doing.at)
    await _move(doing, row, ItemAction.discuss, leaving(row, doing.at))
    return Outcome.done


async def defer(doing: Doing) -> Outcome:
    return await _put_off(doing, ItemAction.defer, ItemState.deferred)


async def skip(doing: Doing) -> Outcome:
    return await _put_off(doing, ItemAction.skip, ItemState.skipped)


async def _put_off(doing: Doing, action: ItemAction, target: ItemState) -> Outcome:
    row = doing.item
    if row.state is target:
        return Outcome.already
    seen = row.state in rules.VISITED and Who.lead not in doing.held
    if doing.session.state is RoundState.completed or seen or _came_since(doing):
        return _overtake(doing)
    await _move(doing, row, action, leaving(row, doing.at) | {"why": doing.new.reason})
    return Outcome.done


async def _move(doing: Doing, row: RoundItem, action: ItemAction, become: Mapping[str, object]) -> None:
    reason = doing.new.reason if action in (ItemAction.defer, ItemAction.skip) else ""
    await move(doing.db, doing.actor, doing.session, row, action, doing.now, become, reason=reason, at=doing.at)


async def identify(doing: Doing) -> Outcome:
    """What was read or said before the round came to the bed, or back to it, says nothing of who lies there now."""
    came = doing.item.presented_at
    if doing.item.state is ItemState.presenting and came is not None and came > doing.at:
        return _overtake(doing)
    return await identity.identify(
        doing.db, doing.actor, doing.session, doing.item, doing.held, doing.new, doing.now, at=doing.at
    )
