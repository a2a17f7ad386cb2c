"""Reads and changes the participants of activities."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.activities.model import Answer, Participant
from telemed.kit.activity import Activity


async def of(db: AsyncSession, activity_id: UUID) -> list[Participant]:
    query = select(Participant).where(Participant.activity_id == activity_id)
    return list((await db.exec(query.order_by(col(Participant.id)))).all())


async def of_many(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, list[Participant]]:
    """The participants of each of these activities, in the order of `of`."""
    query = select(Participant).where(col(Participant.activity_id).in_(ids)).order_by(col(Participant.id))
    out: dict[UUID, list[Participant]] = {}
    for each in (await db.exec(query)).all():
        out.setdefault(each.activity_id, []).append(each)
    return out


async def of_one(db: AsyncSession, staff_id: UUID, ids: Collection[UUID]) -> list[Participant]:
    """This person's participations in these activities."""
    query = select(Participant).where(Participant.staff_id == staff_id, col(Participant.activity_id).in_(ids))
    return list((await db.exec(query)).all())


async def one(db: AsyncSession, activity_id: UUID, staff_id: UUID) -> Participant | None:
    query = select(Participant).where(Participant.activity_id == activity_id, Participant.staff_id == staff_id)
    return (await db.exec(query)).one_or_none()


async def present_in(db: AsyncSession, staff_id: UUID) -> set[UUID]:
    """The activities in whose room this person is."""
    query = select(Participant.activity_id).where(Participant.staff_id == staff_id, col(Participant.present))
    return set((await db.exec(query)).all())


async def in_rooms(db: AsyncSession, staff_id: UUID) -> set[UUID]:
    """The activities in whose room this person is, or before whose door they wait."""
    there = or_(col(Participant.present), col(Participant.waiting))
    return set((await db.exec(select(Participant.activity_id).where(Participant.staff_id == staff_id, there))).all())


async def complete(db: AsyncSession, activity_id: UUID, essential: Collection[str]) -> bool:
    """Whether all of these roles are in the room."""
    return {each.role for each in await of(db, activity_id) if each.present} >= set(essential)


async def put(db: AsyncSession, activity: Activity, staff_id: UUID, role: str, *, required: bool = True) -> Participant:
    """Gives the person this role; a new participant is invited."""
    found = await one(db, activity.id, staff_id)
    if found is None:
        found = Participant(
            activity=activity.kind, activity_id=activity.id, staff_id=staff_id, role=role, answer=Answer.invited
        )
        db.add(found)
    found.role, found.required = role, required
    await db.flush()
    return found


async def replace(db: AsyncSession, activity: Activity, staff_id: UUID, role: str, former: str) -> Participant:
    """Makes the person the only one in this role. Their predecessor gets the role `former` if they had come already."""
    for each in await of(db, activity.id):
        if each.role == role and each.staff_id != staff_id:
            if each.joined_at is None:
                await db.delete(each)
            else:
                each.role, each.required = former, False
    return await put(db, activity, staff_id, role)


async def everybody_left(db: AsyncSession, activity_id: UUID, now: datetime) -> None:
    """Marks everybody as left when a room ends, because it does not report each one."""
    for person in await of(db, activity_id):
        if person.present:
            person.left_at = now
        person.present, person.waiting = False, False


def all_accepted(found: list[Participant]) -> bool:
    return all(each.answer is Answer.accepted for each in found if each.required)
