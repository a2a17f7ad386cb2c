"""Creates and finishes work items, and finds those that wait for somebody."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from telemed.access.model import Actor, Role
from telemed.history.events import About
from telemed.history.service import hint
from telemed.kit.activity import Activity
from telemed.people.duty import holders
from telemed.work.ending import settle
from telemed.work.events import WorkChanged
from telemed.work.model import WORK, Deadline, Outcome, WorkItem
from telemed.work.waiting import waited_for


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
    note: Mapping[str, Any] | None = None,
) -> None:
    """Closes the open items of these kinds about it: of one person or role, or whose note says `note`, if given."""
    query = select(WorkItem).where(
        WorkItem.about_id == about_id, col(WorkItem.kind).in_(list(kinds)), col(WorkItem.done_at).is_(None)
    )
    if staff_id is not None:
        query = query.where(WorkItem.staff_id == staff_id)
    if role is not None:
        query = query.where(WorkItem.role == role)
    said = (note or {}).items()
    found = [each for each in (await db.exec(query)).all() if said <= each.note.items()]
    await finish_items(db, found, by, now, outcome)


async def finish_items(
    db: AsyncSession, items: Collection[WorkItem], by: Actor | None, now: datetime, outcome: Outcome = Outcome.done
) -> None:
    """Closes these; a deadline for whose work nobody is asked any more ends."""
    for item in items:
        item.done_at, item.done_by, item.outcome = now, by.id if by else None, outcome
        _hint(db, item, now)
    if items:
        await db.flush()
        await settle(db, items, now)


def restate(db: AsyncSession, items: Iterable[WorkItem], note: dict[str, Any], now: datetime) -> None:
    """Changes the note of open items, where it says something else."""
    for item in items:
        if item.note != note:
            item.note = note
            _hint(db, item, now)


async def hand_on(db: AsyncSession, about_id: UUID, kind: str, before: UUID, to: UUID, now: datetime) -> None:
    """What was asked of one person is asked of another instead, due when it was."""
    for item in await open_items(db, about_id, kind):
        if item.staff_id == before:
            _hint(db, item, now)  # also to whose home it leaves
            item.staff_id = to
            _hint(db, item, now)


def leave_to(db: AsyncSession, item: WorkItem, role: Role, now: datetime) -> None:
    """What was asked of one person is asked of all with this role instead, due when it was."""
    _hint(db, item, now)  # also to whose home it leaves
    item.staff_id, item.role = None, role
    _hint(db, item, now)


def give_to(db: AsyncSession, item: WorkItem, staff_id: UUID, now: datetime) -> None:
    """What was asked of all with a role, or of somebody else, is asked of this person instead, due when it was."""
    _hint(db, item, now)  # also to whose home it leaves
    item.staff_id, item.role = staff_id, None
    _hint(db, item, now)


def ask_role(db: AsyncSession, items: Iterable[WorkItem], role: Role, now: datetime) -> None:
    """What was asked of another role is asked of this one instead, due when it was."""
    for item in items:
        if item.role != role:
            _hint(db, item, now)  # also to whose home it leaves
            item.role = role
            _hint(db, item, now)


async def withdraw(db: AsyncSession, about_id: UUID, now: datetime) -> None:
    """Withdraws all open items about it."""
    await finish(db, about_id, WORK, None, now, Outcome.withdrawn)


def _open_to(actor: Actor) -> list[Select[UUID, datetime | None, str, UUID]]:
    """What waits for this person: their own items, and those of their roles at their hospital and, where an item names
    one, their department. One query each, which its index answers in the order of `PRESSING`.
    """
    w = WorkItem
    every = select(w.id, w.due_at, w.kind, w.about_id).where(col(w.done_at).is_(None))
    of_hospital = every.where(col(w.staff_id).is_(None), col(w.hospital_id) == actor.hospital_id)
    departments = {None, actor.department_id}
    return [
        every.where(w.staff_id == actor.id),
        *(
            of_hospital.where(col(w.role) == role, col(w.department_id) == department)
            for role in sorted(actor.roles)
            for department in departments
        ),
    ]


async def waiting_for(db: AsyncSession, actor: Actor, limit: int, kinds: Collection[str] = ()) -> list[WorkItem]:
    """The most pressing of what waits for this person, of these kinds if any are given; without a due it comes last.

    An item for two roles of this person is listed once.
    """
    once: dict[tuple[str, UUID], UUID] = {}
    for with_due in (True, False):
        if len(once) < limit:
            for id, kind, about_id in await db.exec(_pressing(actor, limit * 2, kinds, with_due)):
                once.setdefault((kind, about_id), id)
    ids = list(once.values())[:limit]
    found = {each.id: each for each in await db.exec(select(WorkItem).where(col(WorkItem.id).in_(ids)))}
    return [found[id] for id in ids]


def _pressing(actor: Actor, limit: int, kinds: Collection[str], with_due: bool) -> Select[UUID, str, UUID]:
    w = WorkItem
    having = [col(w.due_at).is_not(None) if with_due else col(w.due_at).is_(None)]
    if kinds:
        having.append(col(w.kind).in_(kinds))
    first = [each.where(*having).order_by(col(w.due_at), col(w.id)).limit(limit).subquery() for each in _open_to(actor)]
    every = union_all(*(select(*each.c) for each in first)).subquery()
    return select(every.c.id, every.c.kind, every.c.about_id).order_by(every.c.due_at, every.c.id).limit(limit)


async def count_waiting(db: AsyncSession, actor: Actor) -> dict[str, int]:
    """How many things of each kind wait for this person."""
    w = WorkItem
    counts = (each.with_only_columns(col(w.kind), func.count()).group_by(col(w.kind)) for each in _open_to(actor))
    every = union_all(*counts).subquery()
    found = (await db.exec(select(*every.c))).all()
    waiting = dict(found)
    if len(waiting) < len(found):  # asked of two of their roles: slower to count each thing once, and rarely needed
        twice = [kind for kind, times in Counter(kind for kind, _ in found).items() if times > 1]
        both = union_all(*(each.where(col(w.kind).in_(twice)) for each in _open_to(actor))).subquery()
        once = select(both.c.kind, func.count(both.c.about_id.distinct())).group_by(both.c.kind)
        waiting |= dict((await db.exec(once)).all())
    return waiting


async def open_items(db: AsyncSession, about_id: UUID, *kinds: str) -> list[WorkItem]:
    query = select(WorkItem).where(WorkItem.about_id == about_id, col(WorkItem.done_at).is_(None))
    if kinds:
        query = query.where(col(WorkItem.kind).in_(kinds))
    return list((await db.exec(query)).all())


async def earliest_due(db: AsyncSession, activity_id: UUID, *kinds: str) -> datetime | None:
    """When the first open thing of these kinds about this activity or a part of it is due."""
    query = select(col(WorkItem.due_at)).where(
        WorkItem.activity_id == activity_id,
        col(WorkItem.kind).in_(kinds),
        col(WorkItem.done_at).is_(None),
        col(WorkItem.due_at).is_not(None),
    )
    return (await db.exec(query.order_by(col(WorkItem.due_at)).limit(1))).first()


async def any_open(db: AsyncSession, activity_id: UUID) -> bool:
    """Whether anything is asked about this activity or a part of it."""
    query = select(WorkItem.id).where(WorkItem.activity_id == activity_id, col(WorkItem.done_at).is_(None))
    return (await db.exec(query.limit(1))).first() is not None


async def asked_by(db: AsyncSession, deadline: Deadline) -> list[UUID]:
    """Everybody of whom the work is asked that this deadline waits for, by name or by their role."""
    found: dict[UUID, None] = {}
    for item in (await db.exec(select(WorkItem).where(waited_for(deadline)))).all():
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
