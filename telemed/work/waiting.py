"""Which work a deadline waits for."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work.ladders import kinds_asked
from telemed.work.model import WORK_DUE, Deadline, WorkItem, WorkKind


def waited_for(deadline: Deadline) -> ColumnElement[bool]:
    """For a query of work items: those that are open and of its ladder's kinds, of its activity; or where it has none
    of its hospital, if they belong to none either.

    Of an activity's work with a moment of its own only what is due at that moment: whose own is not late is not told.
    """
    w = WorkItem
    of_hospital = and_(col(w.activity_id).is_(None), col(w.hospital_id) == deadline.hospital_id)
    return and_(
        of_hospital if deadline.activity_id is None else col(w.activity_id) == deadline.activity_id,
        col(w.done_at).is_(None),
        col(w.kind).in_(kinds_asked(deadline.ladder)),
        col(w.due_at) == deadline.due_at if _at_its_moment(deadline) else true(),
    )


async def waited_for_by(db: AsyncSession, deadlines: Collection[Deadline]) -> dict[UUID, list[WorkItem]]:
    """By deadline of an activity, what it waits for, the first due first."""
    query = select(WorkItem).where(
        col(WorkItem.activity_id).in_({each.activity_id for each in deadlines}), col(WorkItem.done_at).is_(None)
    )
    items = (await db.exec(query.order_by(col(WorkItem.due_at), col(WorkItem.id)))).all()
    return {each.id: [item for item in items if _waits(each, item)] for each in deadlines}


def _waits(deadline: Deadline, item: WorkItem) -> bool:
    """The same of one that is open and of an activity."""
    due = not _at_its_moment(deadline) or item.due_at == deadline.due_at
    return item.activity_id == deadline.activity_id and item.kind in kinds_asked(deadline.ladder) and due


def _at_its_moment(deadline: Deadline) -> bool:
    return deadline.kind == WORK_DUE and deadline.activity_id is not None


def numbers(items: Collection[WorkItem]) -> list[int]:
    """The numbers of the advice that is to be carried out, as the opinion has them."""
    return sorted(int(each.note["n"]) for each in items if each.kind == WorkKind.execute and "n" in each.note)
