"""Ends deadlines or puts them off: one by one, or with the work that they wait for."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work import ladder, notices
from telemed.work.ladders import calendars_of, kinds_asked, ladder_of
from telemed.work.model import WORK_DUE, Deadline, WorkItem


async def end_one(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    deadline.done_at = now
    await notices.end(db, deadline, now)


async def move(db: AsyncSession, deadline: Deadline, due_at: datetime, now: datetime) -> None:
    """Puts it off, or forward: its ladder begins anew, and what was told of the former moment is of no concern."""
    await notices.end(db, deadline, now)
    deadline.began_at, deadline.due_at = now, due_at
    await place(db, deadline)


async def place(db: AsyncSession, deadline: Deadline) -> None:
    """Puts it at the beginning of its ladder."""
    rungs = await ladder_of(db, deadline)
    calendars = await calendars_of(db, deadline, rungs)
    deadline.rung, deadline.at = ladder.begin(deadline.began_at, deadline.due_at, rungs, calendars)


async def settle(db: AsyncSession, activities: Collection[UUID], now: datetime) -> None:
    """Ends the deadlines of these activities for whose work nobody is asked any more.

    One of several things that are due at different times waits for the next of them once the earlier are done.
    """
    query = select(Deadline).where(
        col(Deadline.activity_id).in_(activities), Deadline.kind == WORK_DUE, col(Deadline.done_at).is_(None)
    )
    found = (await db.exec(query.order_by(col(Deadline.id)).with_for_update())).all()
    if not found:
        return
    earliest = (
        select(WorkItem.activity_id, WorkItem.kind, func.min(col(WorkItem.due_at)))
        .where(col(WorkItem.activity_id).in_(activities), col(WorkItem.done_at).is_(None))
        .group_by(col(WorkItem.activity_id), col(WorkItem.kind))
    )
    waiting = {(activity_id, kind): due for activity_id, kind, due in (await db.exec(earliest)).all()}
    for each in found:
        asked = [key for kind in kinds_asked(each.ladder) if (key := (each.activity_id, kind)) in waiting]
        dues = [due for key in asked if (due := waiting[key])]
        if not asked:
            await end_one(db, each, now)
        elif dues and min(dues) > each.due_at:
            await move(db, each, min(dues), now)
