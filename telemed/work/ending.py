"""Ends deadlines: one by one, or those that wait for work alone when it is done."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work import notices
from telemed.work.ladders import kinds_asked
from telemed.work.model import WORK_DUE, Deadline, WorkItem


async def end_one(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    deadline.done_at = now
    await notices.end(db, deadline, now)


async def settle(db: AsyncSession, activities: Collection[UUID], now: datetime) -> None:
    """Ends the deadlines of these activities for whose work nobody is asked any more."""
    query = select(Deadline).where(
        col(Deadline.activity_id).in_(activities), Deadline.kind == WORK_DUE, col(Deadline.done_at).is_(None)
    )
    found = (await db.exec(query.order_by(col(Deadline.id)).with_for_update())).all()
    if not found:
        return
    open_ones = select(WorkItem.activity_id, WorkItem.kind).where(
        col(WorkItem.activity_id).in_(activities), col(WorkItem.done_at).is_(None)
    )
    waiting = set((await db.exec(open_ones)).all())
    for each in found:
        if not any((each.activity_id, kind) in waiting for kind in kinds_asked(each.ladder)):
            await end_one(db, each, now)
