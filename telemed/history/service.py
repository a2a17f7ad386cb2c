"""Writes an event to the log and the outbox in one call; reads what happened to an activity."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.history.events import About, Event, Hint
from telemed.history.model import EventRow
from telemed.kit.events import Outbox, publish
from telemed.kit.table import new_id


class Author(Protocol):
    """The person who caused an event: the caller, or somebody whose earlier decision led to it."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def hospital_id(self) -> str: ...
    @property
    def roles(self) -> frozenset[Role]: ...


def emit(
    db: AsyncSession,
    event: Event,
    about: About,
    now: datetime,
    *,
    by: Author | None = None,
    role: str = "",
    at: datetime | None = None,
) -> UUID:
    """Writes an event to the log and to the outbox, under one id, in the caller's transaction. Returns the id.

    `at`: when it occurred, if that was before `now`, the time of recording. `by`: None for the system.
    """
    id, data = new_id(), event.model_dump(mode="json")
    db.add(
        EventRow(
            id=id,
            type=event.type,
            occurred_at=at or now,
            recorded_at=now,
            actor_id=by.id if by else None,
            actor_name=by.name if by else "",
            actor_role=role or (" ".join(sorted(by.roles)) if by else ""),
            actor_hospital=by.hospital_id if by else "",
            data=data,
            **asdict(about),
        )
    )
    told = _flat(about) | data | {"occurred_at": (at or now).isoformat()}
    db.add(Outbox(id=id, type=event.type, data=told, occurred_at=now))
    return id


def hint(db: AsyncSession, news: Hint, about: About, now: datetime) -> None:
    """Adds a hint to the outbox, in the caller's transaction."""
    publish(db, news.type, _flat(about) | news.model_dump(mode="json"), now)


def _flat(about: About) -> dict[str, Any]:
    plain: dict[str, Any] = to_jsonable_python(asdict(about))
    return plain


async def of_activity(db: AsyncSession, activity_id: UUID) -> list[EventRow]:
    """The events of an activity, in the order in which they occurred."""
    query = select(EventRow).where(EventRow.activity_id == activity_id)
    return list((await db.exec(query.order_by(col(EventRow.occurred_at), col(EventRow.id)))).all())
