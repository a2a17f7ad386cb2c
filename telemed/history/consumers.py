"""Consumers of news: each declares which events it hears, and gets them as their models."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.history.events import NEWS, About, News
from telemed.kit.events import Outbox

_ABOUT = TypeAdapter(About)
Handle = Callable[[AsyncSession, "Heard"], Awaitable[None]]


@dataclass(frozen=True)
class Heard:
    """An event as a consumer gets it. `occurred_at` may be earlier than `recorded_at`, if a leaf reported it late."""

    id: UUID
    event: News
    about: About
    recorded_at: datetime
    occurred_at: datetime


@dataclass(frozen=True)
class Consumer:
    """`hears`: events, or families of events. `handle` gets no others, and must bear a repeat."""

    name: str
    hears: tuple[type[News], ...]
    handle: Handle

    def concerns(self, kind: str) -> bool:
        return kind in NEWS and issubclass(NEWS[kind], self.hears)

    async def __call__(self, db: AsyncSession, row: Outbox) -> None:
        if self.concerns(row.type):
            await self.handle(db, heard(row))


def heard(row: Outbox) -> Heard:
    """The event of an outbox row. Raises for a row that cannot be read; the dispatcher then sets it aside."""
    kind = NEWS[row.type]
    about = {each.name: row.data.get(each.name) for each in fields(About)}
    occurred = row.data.get("occurred_at")
    return Heard(
        id=row.id,
        event=kind.model_validate({name: value for name, value in row.data.items() if name in kind.model_fields}),
        about=_ABOUT.validate_python(about),
        recorded_at=row.occurred_at,
        occurred_at=datetime.fromisoformat(occurred) if occurred else row.occurred_at,
    )
