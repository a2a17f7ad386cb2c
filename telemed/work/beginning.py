"""Begins the deadline of work that is due at a moment, once for all of it."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work import deadlines
from telemed.work.duty import on_duty
from telemed.work.model import WORK_DUE, Deadline


async def begin_for_work(db: AsyncSession, deadline: Deadline, now: datetime) -> None:
    """Of an activity's work that has been asked for and is due at this moment; what is due at another has another.

    `deadline` is not saved: where one of its ladder and moment runs, whoever is asked only now is told instead.
    """
    if deadline.activity_id is None:
        raise ValueError("work that belongs to no activity has one deadline for all of it")
    for each in await deadlines.running(db, deadline.activity_id, WORK_DUE):
        if (each.ladder, each.due_at) == (deadline.ladder, deadline.due_at):
            return await deadlines.tell_newly_asked(db, each, now)
    await deadlines.begin(db, deadline, now, on_duty)
