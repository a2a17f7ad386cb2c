"""Work that follows from what stands in the database: asked of whoever it is for, and of nobody once it is over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.work import deadlines
from telemed.work.duty import on_duty
from telemed.work.model import WorkItem
from telemed.work.service import ask, finish_items, restate


class Key(NamedTuple):
    """Of whom what is asked by when; with another due it is asked anew. `hospital_id`: whose work it is."""

    about_id: UUID
    hospital_id: str
    staff_id: UUID | None
    role: Role | None
    due_at: datetime


Wanted = Mapping[Key, dict[str, Any]]
"""All that is to be asked at this moment, each with its note."""


@dataclass(frozen=True)
class Changes:
    new: Sequence[Key]
    over: Sequence[WorkItem]
    moved: Sequence[WorkItem]  # whose note says something else by now

    def __bool__(self) -> bool:
        return bool(self.new or self.over or self.moved)


async def compared(db: AsyncSession, kind: str, wanted: Wanted) -> Changes:
    """What is asked of this kind, against what should be."""
    query = select(WorkItem).where(WorkItem.kind == kind, col(WorkItem.done_at).is_(None))
    asked = {_key(each): each for each in (await db.exec(query)).all()}
    return Changes(
        [each for each in wanted if each not in asked],
        [item for key, item in asked.items() if key not in wanted],
        [item for key, item in asked.items() if key in wanted and item.note != wanted[key]],
    )


async def bring_about(
    db: AsyncSession, kind: str, ladder: str, wanted: Wanted, now: datetime, by: Actor | None = None
) -> None:
    """Asks what nobody is asked yet, takes back what is over, and says anew what has changed.

    `by`: by whose act it is over, if anybody's.
    """
    found = await compared(db, kind, wanted)
    await finish_items(db, found.over, by, now)
    for item in found.moved:
        restate(db, [item], wanted[_key(item)], now)
    for key in sorted(found.new, key=lambda each: each.due_at):
        of, note = key._asdict(), wanted[key]
        ask(db, kind, of.pop("about_id"), of.pop("hospital_id"), now, note=note, **of)
        await deadlines.begin_at_hospital(db, key.hospital_id, ladder, max(key.due_at, now), now, on_duty)


def keys(about_id: UUID, due_at: datetime, of: Iterable[tuple[str, UUID | None, Role | None]]) -> list[Key]:
    """`of`: hospital with a person or a role."""
    return [Key(about_id, hospital_id, staff_id, role, due_at) for hospital_id, staff_id, role in of]


def _key(item: WorkItem) -> Key:
    due = item.due_at if item.due_at is not None else item.created_at
    return Key(item.about_id, item.hospital_id, item.staff_id, Role(item.role) if item.role else None, due)
