"""Moves a reading along one line of the transition table; nothing else writes `state`."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.audit.service import record
from telemed.history.service import emit
from telemed.reading import rules
from telemed.reading.events import OF_ACTION, OfReading
from telemed.reading.lookup import about, title_of
from telemed.reading.model import Reading
from telemed.reading.words import ReadingAction as Action


async def act(
    db: AsyncSession,
    actor: Actor | None,
    row: Reading,
    action: Action,
    now: datetime,
    become: Mapping[str, Any] = MappingProxyType({}),
    *,
    reason: str = "",
    alone: bool = False,
    **data: Any,
) -> None:
    """Takes the action in the caller's transaction. `become`: the columns that change beside the state; `data`: the
    fields of the action's event; `alone`: what `lookup.alone` says. Raises what `rules.transition` raises.
    """
    source = row.state
    title = await title_of(db, actor) if actor else None
    line = rules.transition(row, action, actor, now, reason, title, alone=alone)
    row.sqlmodel_update(dict(become))
    row.version += 1
    row.state, row.state_since = line.target, now
    if reason:
        data["reason"] = reason
    said(db, actor, row, OF_ACTION[action], now, source=source, **data)
    record(db, actor, f"reading.{action}", str(row.id), now, reason=reason or None)
    await db.flush()


def said(
    db: AsyncSession, actor: Actor | None, row: Reading, event: type[OfReading], now: datetime, **data: Any
) -> None:
    """Emits an event about the reading as it is now."""
    told = event(
        target=row.state,
        urgency=row.urgency,
        due_at=row.due_at,
        reader_id=row.reader_id,
        rev=row.version,
        **data,
    )
    emit(db, told, about(row), now, by=actor)
