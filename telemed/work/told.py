"""Who was told of what an activity waits for, whether they have seen it, and what became of their mail."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people import service as people
from telemed.people.model import Department
from telemed.work import notices, undelivered
from telemed.work.ladders import only_telling
from telemed.work.model import RING, Deadline, Notice
from telemed.work.schemas import ToldOf, ToldPerson
from telemed.work.waiting import numbers, waited_for_by


async def of(db: AsyncSession, actor: Actor, activity_id: UUID, now: datetime) -> list[ToldOf]:
    """Of each open deadline whom it told besides this person, the first due first; of what only tells, for a day.

    What rings has its own (`rings`).
    """
    lately = and_(col(Deadline.ladder).in_(only_telling()), col(Deadline.done_at) > now - undelivered.SHOWN)
    query = select(Deadline).where(
        Deadline.activity_id == activity_id, Deadline.kind != RING, or_(col(Deadline.done_at).is_(None), lately)
    )
    deadlines = (await db.exec(query.order_by(col(Deadline.due_at), col(Deadline.id)))).all()
    asked = await waited_for_by(db, deadlines)
    found: list[ToldOf] = []
    for deadline in deadlines:
        still = [each for each in await notices.of(db, deadline) if each.ended_at is None and each.staff_id != actor.id]
        if still:
            told = await undelivered.marked(db, [deadline.id], await shown(db, still), now)
            advice = numbers(asked[deadline.id])
            found.append(ToldOf(ladder=deadline.ladder, due_at=deadline.due_at, advice=advice, people=told))
    return found


async def shown(db: AsyncSession, told: Sequence[Notice]) -> list[ToldPerson]:
    staff = await people.staff_by_id(db, {each.staff_id for each in told})
    ids = {each.department_id for each in staff.values()}
    departments = {
        each.id: each for each in (await db.exec(select(Department).where(col(Department.id).in_(ids)))).all()
    }
    out = []
    for each in told:
        person = staff[each.staff_id]
        department = departments.get(person.department_id) if person.department_id else None
        out.append(
            ToldPerson(
                id=person.id,
                name=person.name,
                name_en=person.name_en,
                hospital_id=person.hospital_id,
                department=department.name if department else "",
                department_en=department.name_en if department else "",
                phone=person.phone,
                told_at=each.told_at,
                seen_at=each.seen_at,
                seen_on=each.seen_on,
            )
        )
    return out
