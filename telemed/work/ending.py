"""Ends deadlines or puts them off: one by one, or with the work that they wait for."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work import ladder, notices
from telemed.work.ladders import calendars_of, ladder_of
from telemed.work.model import WORK_DUE, Deadline, WorkItem
from telemed.work.waiting import waited_for


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


async def settle(db: AsyncSession, finished: Collection[WorkItem], now: datetime) -> None:
    """Ends the deadlines that have waited for these and for whose work nobody is asked any more.

    One of a hospital's work waits for the next that is due once the earlier is done.
    """
    d = Deadline
    of_activity = col(d.activity_id).in_({each.activity_id for each in finished if each.activity_id})
    of_hospital = col(d.hospital_id).in_({each.hospital_id for each in finished if each.activity_id is None})
    query = select(d).where(
        or_(of_activity, and_(col(d.activity_id).is_(None), of_hospital)), d.kind == WORK_DUE, col(d.done_at).is_(None)
    )
    for each in (await db.exec(query.order_by(col(d.id)).with_for_update())).all():
        left = (await db.exec(select(WorkItem.due_at).where(waited_for(each)))).all()
        dues = [due for due in left if due is not None]
        if not left:
            await end_one(db, each, now)
        elif dues and min(dues) > each.due_at:
            await move(db, each, min(dues), now)
