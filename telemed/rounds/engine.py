"""Moves sessions, items and instructions along their transition tables; nothing else writes their states."""

from collections.abc import Collection, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.history.service import Author, emit
from telemed.rounds import asking, rules
from telemed.rounds.events import MOVED, InstructionMoved, ItemMoved
from telemed.rounds.lookup import about, about_item, changed, held
from telemed.rounds.model import Instruction, RoundItem, RoundSession
from telemed.rounds.words import InstructionAction, ItemAction, RoundAction, Who

NOTHING: Mapping[str, Any] = MappingProxyType({})


async def act(
    db: AsyncSession,
    actor: Actor | None,
    row: RoundSession,
    action: RoundAction,
    now: datetime,
    become: Mapping[str, Any] = NOTHING,
    *,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Takes an action on the session, whose row the caller has locked. `become`: the columns that change beside.

    `at`: when it occurred, if that was before `now`. Raises what `rules.line` raises.
    """
    source = row.state
    line = rules.line(rules.SESSIONS, action, source, await held(db, row, actor), reason)
    row.sqlmodel_update(dict(become))
    row.version += 1
    row.state, row.state_since = line.target, at or now
    told = MOVED[action](source=source, target=row.state, lead_id=row.lead_id, reason=reason)
    emit(db, told, about(row), now, by=actor, at=at)
    record(db, actor, f"round.{action}", str(row.id), now, reason=reason or None)
    changed(db, row, now)
    await db.flush()
    await asking.of_session(db, row, now, actor)


async def move(
    db: AsyncSession,
    actor: Actor | None,
    session: RoundSession,
    row: RoundItem,
    action: ItemAction,
    now: datetime,
    become: Mapping[str, Any] = NOTHING,
    *,
    reason: str = "",
    at: datetime | None = None,
) -> None:
    """Takes an action on one patient of the list. The caller has locked the session."""
    source = row.state
    line = rules.line(rules.ITEMS, action, source, await held(db, session, actor), reason)
    row.sqlmodel_update(dict(become))
    row.version += 1
    row.state, row.state_since = line.target, at or now
    told = ItemMoved(
        session_id=session.id, item_id=row.id, action=action, source=source, target=row.state, reason=reason
    )
    emit(db, told, about_item(session, row), now, by=actor, at=at)
    record(db, actor, f"round_item.{action}", str(row.id), now, reason=reason or None, owner_id=session.branch_id)
    changed(db, session, now, row.id, actor)
    await db.flush()


async def progress(
    db: AsyncSession,
    actor: Actor | None,
    session: RoundSession,
    item: RoundItem,
    row: Instruction,
    action: InstructionAction,
    now: datetime,
    become: Mapping[str, Any] = NOTHING,
    *,
    reason: str = "",
    at: datetime | None = None,
    by: Author | None = None,
    may: Collection[Who] | None = None,
) -> None:
    """Takes an action on an instruction, whose row the caller has locked.

    `may`: in which capacities, where these are not of its own round.
    """
    source = row.state
    may = await held(db, session, actor) if may is None else may
    line = rules.line(rules.INSTRUCTIONS, action, source, may, reason)
    row.sqlmodel_update(dict(become))
    row.version += 1
    row.state = line.target
    told = InstructionMoved(
        session_id=session.id,
        item_id=item.id,
        id=row.id,
        kind=row.kind,
        action=action,
        source=source,
        target=row.state,
        due_at=row.due_at,
        reason=reason,
        replaced_by=row.replaced_by,
    )
    emit(db, told, about_item(session, item), now, by=by or actor, at=at)
    record(db, actor, f"instruction.{action}", str(row.id), now, reason=reason or None, owner_id=session.branch_id)
    changed(db, session, now, item.id, actor)
    await db.flush()
    await asking.of_instruction(db, session, item, row, now, actor)
