"""Whom somebody finds by name, at their own hospital and its partners, and whose telephone they are given."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.kit.paging import cursor, place
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.people.schemas import StaffFilter, StaffList, StaffOut
from telemed.rosters.model import Roster, Shift


async def find(db: AsyncSession, actor: Actor, by: StaffFilter, secret: bytes, now: datetime) -> StaffList:
    """By hospital and name, a page at a time. One who is asked for by id is named wherever they are, as records name
    them.
    """
    query = people.staff_query(by)
    if by.id is None:
        query = query.where(col(Staff.hospital_id).in_(await near(db, actor, now)))
    total = (await db.exec(select(func.count()).select_from(query.order_by(None).subquery()))).one()
    bound = f"{actor.id}|staff|{by.hospital_id}|{by.role}|{by.specialty}|{by.q}"
    if by.after and (last := await db.get(Staff, place(secret, bound, by.after))) is not None:
        query = query.where(people.after(last))
    found = (await db.exec(query.limit(by.limit + 1))).all()
    items = await shown(db, actor, found[: by.limit], now)
    more = len(found) > by.limit
    return StaffList(items=items, total=total, next=cursor(secret, bound, items[-1].id) if more else None)


async def near(db: AsyncSession, actor: Actor, now: datetime) -> list[str]:
    """The own hospital and those with which it has an agreement."""
    return [actor.hospital_id, *(each.id for each in await people.partners_of(db, actor.hospital_id, now))]


async def shown(db: AsyncSession, actor: Actor, found: Sequence[Staff], now: datetime) -> list[StaffOut]:
    """With the telephone of the own hospital's people, and of partners' on duty, as 今日值班 shows it."""
    others = {each.id: each.hospital_id for each in found if each.hospital_id != actor.hospital_id}
    partners = set(await near(db, actor, now)) if others else set()
    on_duty = await _on_duty(db, [id for id, hospital in others.items() if hospital in partners], now)
    hidden = others.keys() - on_duty
    return [
        StaffOut.model_validate(each).model_copy(update={"phone": ""} if each.id in hidden else {}) for each in found
    ]


async def _on_duty(db: AsyncSession, ids: Collection[UUID], now: datetime) -> set[UUID]:
    query = select(Shift.staff_id).join(Roster, col(Roster.id) == Shift.roster_id)
    query = query.where(col(Shift.staff_id).in_(ids), col(Shift.starts) <= now, col(Shift.ends) > now)
    return set((await db.exec(query.where(col(Roster.closed_at).is_(None)))).all())
