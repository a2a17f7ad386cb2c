"""What is late at a hub: whom it waits for, how far it has climbed, and the coordinator's nudge."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, NotFound
from telemed.history.service import emit
from telemed.people import service as people
from telemed.work import ladder, notices
from telemed.work.deadlines import people_of
from telemed.work.events import DeadlineNudged
from telemed.work.ladder import Place, Reached, Whom
from telemed.work.ladders import ladder_of
from telemed.work.model import RING, Deadline, Rung, When, WorkItem
from telemed.work.ports import OnDuty
from telemed.work.schemas import WaitsFor

NUDGED_AGAIN: Final = timedelta(minutes=5)


async def at_hub(db: AsyncSession, actor: Actor, most: int, now: datetime) -> list[Deadline]:
    """The longest first. What rings has its own band."""
    query = select(Deadline).where(
        Deadline.partner_id == actor.hospital_id,
        col(Deadline.done_at).is_(None),
        Deadline.due_at <= now,
        Deadline.kind != RING,
    )
    return list((await db.exec(query.order_by(col(Deadline.due_at)).limit(most))).all())


async def climbed(db: AsyncSession, late: Collection[Deadline]) -> dict[UUID, int]:
    """How many others have been told, rung by rung, since it was due."""
    rungs = (await db.exec(select(Rung))).all()
    return {each.id: ladder.climbed(Place(each.rung, each.at), ladder.chosen(rungs, each)) for each in late}


async def waits_for(db: AsyncSession, activities: Collection[UUID]) -> dict[UUID, list[WaitsFor]]:
    """By activity, of whom something with a deadline is asked: a person, or a role where it is nobody in person."""
    query = select(WorkItem).where(
        col(WorkItem.activity_id).in_(activities), col(WorkItem.done_at).is_(None), col(WorkItem.due_at).is_not(None)
    )
    items = (await db.exec(query.order_by(col(WorkItem.due_at)))).all()
    staff = await people.staff_by_id(db, {each.staff_id for each in items if each.staff_id})
    found: dict[UUID, list[WaitsFor]] = {}
    for each in items:
        person = staff.get(each.staff_id) if each.staff_id else None
        who = WaitsFor(
            name=person.name if person else "",
            name_en=person.name_en if person else "",
            phone=person.phone if person else "",
            role="" if person else each.role or "",
            hospital_id=each.hospital_id,
        )
        if each.activity_id and who not in found.setdefault(each.activity_id, []):
            found[each.activity_id].append(who)
    return found


async def one(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Deadline:
    """Something late at this person's hub, locked. Raises NotFound."""
    query = select(Deadline).where(Deadline.id == id, Deadline.partner_id == actor.hospital_id, Deadline.due_at <= now)
    deadline = (await db.exec(query.with_for_update())).first()
    if deadline is None or deadline.done_at is not None:
        raise NotFound("It is not late, or no longer.", reason="not_late")
    return deadline


async def nudge(db: AsyncSession, actor: Actor, deadline: Deadline, now: datetime, on_duty: OnDuty) -> None:
    """Tells those of whom it is asked once more. Raises Conflict if that was done a moment ago."""
    if deadline.nudged_at and now - deadline.nudged_at < NUDGED_AGAIN:
        raise Conflict("They were reminded a moment ago.", reason="nudged", at=deadline.nudged_at.isoformat())
    rung = next(each for each in await ladder_of(db, deadline) if each.when is When.due)
    found = tuple(await people_of(db, deadline, Whom(rung, now), on_duty))
    deadline.nudged_at = now
    await notices.tell(db, deadline, _again(deadline, rung, found, now), now)
    emit(
        db,
        DeadlineNudged(deadline_id=deadline.id, kind=deadline.kind, people=found),
        notices.about(deadline),
        now,
        by=actor,
    )


def _again(deadline: Deadline, rung: Rung, found: tuple[UUID, ...], now: datetime) -> Reached:
    """What they are told counts as after the deadline."""
    return Reached(deadline.rung, rung, When.after, now, found, told=True)
