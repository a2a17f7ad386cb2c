"""What is late at a hub: whom it waits for, how far it has climbed, and the coordinator's nudge."""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import Conflict, NotFound
from telemed.history.service import emit
from telemed.people import service as people
from telemed.work import ladder, notices
from telemed.work.deadlines import awaited
from telemed.work.events import DeadlineNudged
from telemed.work.ladder import Place, Reached
from telemed.work.ladders import exceptions_at_once, ladder_of
from telemed.work.model import RING, Deadline, Rung, When, WorkItem
from telemed.work.schemas import WaitsFor, person
from telemed.work.waiting import numbers, waited_for_by

NUDGED_AGAIN: Final = timedelta(minutes=5)
PAGE: Final = 50


async def at_hub(db: AsyncSession, actor: Actor, now: datetime) -> AsyncIterator[Sequence[Deadline]]:
    """Page by page, the most pressing first: by urgency, then what is late since just now."""
    urgency = case({"stat": 0, "urgent": 1}, value=col(Deadline.urgency), else_=2)
    query = select(Deadline).where(_exception(actor, now))
    query = query.order_by(urgency, col(Deadline.due_at).desc(), col(Deadline.id)).limit(PAGE)
    skip = 0
    while page := (await db.exec(query.offset(skip))).all():
        yield page
        skip += PAGE


def _exception(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """For a query: late at this person's hub, or of a ladder that is an exception at once. What rings has its band."""
    return and_(
        col(Deadline.partner_id) == actor.hospital_id,
        col(Deadline.done_at).is_(None),
        or_(col(Deadline.due_at) <= now, col(Deadline.ladder).in_(exceptions_at_once())),
        col(Deadline.kind) != RING,
    )


async def among(db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Those of these deadlines that are late at this person's hub, whichever page they would stand on."""
    return set((await db.exec(select(Deadline.id).where(col(Deadline.id).in_(ids), _exception(actor, now)))).all())


async def climbed(db: AsyncSession, late: Collection[Deadline]) -> dict[UUID, int]:
    """How many others have been told, rung by rung, since it was due."""
    rungs = (await db.exec(select(Rung))).all()
    return {each.id: ladder.climbed(Place(each.rung, each.at), ladder.chosen(rungs, each)) for each in late}


class Waits(NamedTuple):
    """For whom a deadline waits: a person, or a role where it is nobody in person; and for which advice, if for any."""

    who: list[WaitsFor]
    advice: list[int]


async def waits_for(db: AsyncSession, late: Collection[Deadline]) -> dict[UUID, Waits]:
    """By deadline."""
    asked = await waited_for_by(db, late)
    owners = {UUID(id) for each in late for id in each.owners}
    named = {item.staff_id for items in asked.values() for item in items if item.staff_id}
    staff = await people.staff_by_id(db, owners | named)
    found: dict[UUID, Waits] = {}
    for each in late:
        who = [person(staff[UUID(id)]) for id in each.owners if UUID(id) in staff]
        for item in asked[each.id]:
            known = staff.get(item.staff_id) if item.staff_id else None
            who.append(person(known) if known else _role(item))
        found[each.id] = Waits([one for n, one in enumerate(who) if one not in who[:n]], numbers(asked[each.id]))
    return found


def _role(of: WorkItem) -> WaitsFor:
    return WaitsFor(name="", name_en="", phone="", role=of.role or "", hospital_id=of.hospital_id)


async def one(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Deadline:
    """An exception at this person's hub, locked. Raises NotFound."""
    query = select(Deadline).where(Deadline.id == id, _exception(actor, now))
    deadline = (await db.exec(query.with_for_update())).first()
    if deadline is None:
        raise NotFound("It is not late, or no longer.", reason="not_late")
    return deadline


async def nudge(db: AsyncSession, actor: Actor, deadline: Deadline, now: datetime) -> None:
    """Tells those for whom it waits once more. Raises Conflict if that was done a moment ago, or if it is nobody."""
    if deadline.nudged_at and now - deadline.nudged_at < NUDGED_AGAIN:
        raise Conflict("They were reminded a moment ago.", reason="nudged", at=deadline.nudged_at.isoformat())
    rung = next(each for each in await ladder_of(db, deadline) if each.when is When.due)
    found = tuple(await awaited(db, deadline))
    if not found:
        raise Conflict("There is nobody to remind.", reason="nobody_to_remind")
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
