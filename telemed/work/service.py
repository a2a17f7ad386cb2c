"""Creates and finishes work items, and finds those that wait for somebody."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, func, or_, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.history.events import About
from telemed.history.service import hint
from telemed.kit.activity import Activity
from telemed.people.duty import holders
from telemed.work.events import WorkChanged
from telemed.work.model import WORK, Outcome, WorkItem


def ask(
    db: AsyncSession,
    kind: str,
    about_id: UUID,
    hospital_id: str,
    now: datetime,
    *,
    staff_id: UUID | None = None,
    role: Role | None = None,
    department_id: UUID | None = None,
    due_at: datetime | None = None,
    activity: Activity | None = None,
    **more: Any,
) -> WorkItem:
    """Creates a work item, in the caller's transaction. `more`: case_id, patient_id, urgency, note."""
    item = WorkItem(
        kind=kind,
        about_id=about_id,
        hospital_id=hospital_id,
        staff_id=staff_id,
        role=role,
        department_id=department_id,
        due_at=due_at,
        activity=activity.kind if activity else None,
        activity_id=activity.id if activity else None,
        created_at=now,
        **more,
    )
    db.add(item)
    _hint(db, item, now)
    return item


async def finish(
    db: AsyncSession,
    about_id: UUID,
    kinds: Iterable[str],
    by: Actor | None,
    now: datetime,
    outcome: Outcome = Outcome.done,
    *,
    staff_id: UUID | None = None,
    role: Role | None = None,
) -> None:
    """Closes the open items of these kinds about it, of one person or role if given."""
    query = select(WorkItem).where(
        WorkItem.about_id == about_id, col(WorkItem.kind).in_(list(kinds)), col(WorkItem.done_at).is_(None)
    )
    if staff_id is not None:
        query = query.where(WorkItem.staff_id == staff_id)
    if role is not None:
        query = query.where(WorkItem.role == role)
    for item in (await db.exec(query)).all():
        item.done_at, item.done_by, item.outcome = now, by.id if by else None, outcome
        _hint(db, item, now)


def restate(db: AsyncSession, items: Iterable[WorkItem], note: dict[str, Any], now: datetime) -> None:
    """Changes the note of open items, where it says something else."""
    for item in items:
        if item.note != note:
            item.note = note
            _hint(db, item, now)


async def withdraw(db: AsyncSession, about_id: UUID, now: datetime) -> None:
    """Withdraws all open items about it."""
    await finish(db, about_id, WORK, None, now, Outcome.withdrawn)


def _open_to(actor: Actor) -> Subquery:
    """What waits for this person: their own items, and those of their roles at their hospital and, where an item names
    one, their department.
    """
    w = WorkItem
    every = select(w.id, w.due_at, w.kind, w.about_id).where(col(w.done_at).is_(None))
    own = every.where(w.staff_id == actor.id)
    of_role = every.where(
        col(w.staff_id).is_(None),
        col(w.hospital_id) == actor.hospital_id,
        col(w.role).in_(sorted(actor.roles)),
        or_(col(w.department_id).is_(None), col(w.department_id) == actor.department_id),
    )
    return union_all(own, of_role).subquery()


async def waiting_for(db: AsyncSession, actor: Actor, limit: int, kinds: Collection[str] = ()) -> list[WorkItem]:
    """The most pressing of what waits for this person, of these kinds if any are given.

    An item for two roles of this person is listed once.
    """
    both = _open_to(actor)
    pressing = select(both.c.id, both.c.kind, both.c.about_id)
    if kinds:
        pressing = pressing.where(both.c.kind.in_(kinds))
    pressing = pressing.order_by(both.c.due_at.is_(None), both.c.due_at, both.c.id).limit(limit * 2)
    once: dict[tuple[str, UUID], UUID] = {}
    for id, kind, about_id in await db.exec(pressing):
        once.setdefault((kind, about_id), id)
    ids = list(once.values())[:limit]
    found = {each.id: each for each in await db.exec(select(WorkItem).where(col(WorkItem.id).in_(ids)))}
    return [found[id] for id in ids]


async def count_waiting(db: AsyncSession, actor: Actor) -> dict[str, int]:
    """How many things of each kind wait for this person."""
    both = _open_to(actor)
    query = select(both.c.kind, func.count(both.c.about_id.distinct())).group_by(both.c.kind)
    return dict((await db.exec(query)).all())


async def open_items(db: AsyncSession, about_id: UUID, *kinds: str) -> list[WorkItem]:
    query = select(WorkItem).where(WorkItem.about_id == about_id, col(WorkItem.done_at).is_(None))
    if kinds:
        query = query.where(col(WorkItem.kind).in_(kinds))
    return list((await db.exec(query)).all())


async def asked_about(db: AsyncSession, activity_id: UUID, kinds: Collection[str]) -> list[UUID]:
    """Everybody of whom work of these kinds is asked about this activity, by name or by their role."""
    query = select(WorkItem).where(
        WorkItem.activity_id == activity_id, col(WorkItem.done_at).is_(None), col(WorkItem.kind).in_(kinds)
    )
    found: dict[UUID, None] = {}
    for item in (await db.exec(query)).all():
        if item.staff_id:
            found[item.staff_id] = None
        elif item.role:
            found |= dict.fromkeys(await holders(db, item.hospital_id, item.role, item.department_id))
    return list(found)


def _hint(db: AsyncSession, item: WorkItem, now: datetime) -> None:
    to = str(item.staff_id) if item.staff_id else f"role:{item.hospital_id}:{item.role}"
    about = About(
        item.hospital_id,
        case_id=item.case_id,
        patient_id=item.patient_id,
        activity=item.activity,
        activity_id=item.activity_id,
    )
    hint(db, WorkChanged(to=to, about_id=item.about_id), about, now)
