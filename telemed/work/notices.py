"""Who is told that a rung was reached, who has seen it, and who lets the next be rung."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.errors import NotFound
from telemed.history.events import About
from telemed.history.service import emit, hint
from telemed.people.model import Staff
from telemed.work import acts, deliveries
from telemed.work.events import NoticeChanged, NoticeSeen, ToldSeen
from telemed.work.ladder import Reached
from telemed.work.ladders import kinds_asked
from telemed.work.model import OPEN, RING, Deadline, Device, Notice, WorkItem


async def tell(db: AsyncSession, deadline: Deadline, reached: Reached, now: datetime) -> None:
    """Tells the people of this rung. Other notices stand until the deadline ends.

    It rings at one rung at a time, and at its owners, who are to come themselves, until they do.
    """
    if deadline.kind == RING:
        await end(db, deadline, now, besides=deadline.owners)
    told = [
        Notice(
            deadline_id=deadline.id,
            n=reached.n,
            kind=deadline.kind,
            ladder=deadline.ladder,
            when=reached.when,
            due_at=deadline.due_at,
            staff_id=each,
            activity=deadline.activity,
            activity_id=deadline.activity_id,
            told_at=now,
        )
        for each in reached.people
    ]
    db.add_all(told)
    for each in told:
        _hint(db, deadline, each.staff_id, now)
    await deliveries.queue(db, deadline, reached, told, now)


async def end(
    db: AsyncSession, deadline: Deadline, now: datetime, *, at: str | None = None, besides: Collection[str] = ()
) -> None:
    """Those of everybody, or only of the people at this hospital, `besides` those of these people."""
    query = select(Notice).where(Notice.deadline_id == deadline.id, col(Notice.ended_at).is_(None))
    if at is not None:
        query = query.where(col(Notice.staff_id).in_(select(Staff.id).where(Staff.hospital_id == at)))
    for each in (await db.exec(query)).all():
        if str(each.staff_id) not in besides:
            end_one(db, deadline, each, now)


def end_one(db: AsyncSession, deadline: Deadline, notice: Notice, now: datetime) -> None:
    notice.ended_at = now
    _hint(db, deadline, notice.staff_id, now)


async def end_of(
    db: AsyncSession,
    activity_id: UUID,
    kind: str,
    now: datetime,
    staff_id: UUID | None = None,
    *,
    but: ColumnElement[bool] | None = None,
) -> bool:
    """Those of this kind about this activity, of everybody or of one person: they say what is so no longer.

    `but`: these stand. Returns whether there were any.
    """
    query = select(Notice).where(Notice.activity_id == activity_id, Notice.kind == kind, col(Notice.ended_at).is_(None))
    if staff_id is not None:
        query = query.where(Notice.staff_id == staff_id)
    if but is not None:
        query = query.where(~but)
    found = (await db.exec(query)).all()
    for each in found:
        end_one(db, await db.get_one(Deadline, each.deadline_id), each, now)
    return bool(found)


async def rung_last(db: AsyncSession, deadline: Deadline) -> list[Notice]:
    """What those of the last rung that was told were told."""
    last = select(func.max(Notice.n)).where(Notice.deadline_id == deadline.id).scalar_subquery()
    query = select(Notice).where(Notice.deadline_id == deadline.id, col(Notice.n) == last)
    return list((await db.exec(query.order_by(col(Notice.id)))).all())


async def told(db: AsyncSession, deadline: Deadline) -> list[tuple[int, UUID]]:
    """At which rung whom, since it has its present due."""
    of_it = Notice.deadline_id == deadline.id, Notice.due_at == deadline.due_at
    return list((await db.exec(select(Notice.n, Notice.staff_id).where(*of_it))).all())


async def of(db: AsyncSession, deadline: Deadline) -> list[Notice]:
    """What each person was last told of it, the latest rung first: a ladder that repeats makes the list no longer."""
    last = select(Notice.staff_id, func.max(Notice.n).label("n")).where(Notice.deadline_id == deadline.id)
    each = last.group_by(col(Notice.staff_id)).subquery()
    query = select(Notice).join(each, and_(col(Notice.staff_id) == each.c.staff_id, col(Notice.n) == each.c.n))
    query = query.where(Notice.deadline_id == deadline.id)
    return list((await db.exec(query.order_by(col(Notice.n).desc(), col(Notice.id)))).all())


async def times(db: AsyncSession, deadline: Deadline) -> dict[UUID, int]:
    """How often each person was told of it."""
    query = select(Notice.staff_id, func.count()).where(Notice.deadline_id == deadline.id)
    return dict((await db.exec(query.group_by(col(Notice.staff_id)))).all())


async def ringing(db: AsyncSession, actor: Actor) -> dict[UUID, datetime]:
    """The activities that ring at this person just now, and since when."""
    query = select(Notice.activity_id, Notice.told_at).where(
        Notice.staff_id == actor.id, Notice.kind == RING, col(Notice.ended_at).is_(None)
    )
    return {id: at for id, at in (await db.exec(query)).all() if id is not None}


async def rang(db: AsyncSession, people: Collection[UUID], since: datetime) -> Sequence[Deadline]:
    """What has rung at any of these people since this moment, each once however often it rang, as it began."""
    told = select(Notice.deadline_id).where(
        col(Notice.staff_id).in_(people), col(Notice.told_at) >= since, Notice.kind == RING
    )
    query = select(Deadline).where(col(Deadline.id).in_(told))
    return (await db.exec(query.order_by(col(Deadline.began_at), col(Deadline.id)))).all()


async def first_of_work(db: AsyncSession, found: Iterable[Notice]) -> dict[UUID, UUID]:
    """By notice of work that belongs to no activity and still waits: what the first of that work is about."""
    waits = [each for each in found if each.activity_id is None and each.ended_at is None]
    query = select(Deadline).where(col(Deadline.id).in_({each.deadline_id for each in waits}))
    of = {each.id: each for each in (await db.exec(query)).all()} if waits else {}
    first: dict[tuple[str, str], UUID | None] = {}
    for hospital, ladder in sorted({(each.hospital_id, each.ladder) for each in of.values()}):
        theirs = select(WorkItem.about_id).where(
            WorkItem.hospital_id == hospital, col(WorkItem.kind).in_(kinds_asked(ladder)), OPEN
        )
        by_due = theirs.order_by(col(WorkItem.due_at), col(WorkItem.id)).limit(1)
        first[hospital, ladder] = (await db.exec(by_due)).first()
    about = {each.id: first[of[each.deadline_id].hospital_id, each.ladder] for each in waits}
    return {notice: id for notice, id in about.items() if id is not None}


async def last_ring(db: AsyncSession, person: UUID, since: datetime) -> dict[UUID, Notice]:
    """The last time that each deadline has rung at this person since this moment."""
    mine = (Notice.staff_id == person, col(Notice.told_at) >= since, Notice.kind == RING)
    last = select(Notice.deadline_id, func.max(Notice.n).label("n")).where(*mine).group_by(col(Notice.deadline_id))
    each = last.subquery()
    on = and_(col(Notice.deadline_id) == each.c.deadline_id, col(Notice.n) == each.c.n)
    return {found.deadline_id: found for found in await db.exec(select(Notice).join(each, on).where(*mine))}


async def seen(db: AsyncSession, actor: Actor, activity_id: UUID, device: Device, now: datetime) -> None:
    """Notes that a ringing is on this person's screen; a second screen changes nothing."""
    deadline, notice = await ringing_me(db, actor, activity_id)
    if notice.seen_at is None:
        notice.seen_at, notice.seen_on = now, device
        said = NoticeSeen(deadline_id=deadline.id, kind=deadline.kind, person_id=actor.id, device=device)
        emit(db, said, about(deadline), now, by=actor)


async def ringing_me(db: AsyncSession, actor: Actor, activity_id: UUID) -> tuple[Deadline, Notice]:
    """What rings at this person for this activity, both locked. Raises NotFound if nothing does, or no longer.

    Everybody locks the deadline before they change its notices, so the notice is read again under that lock.
    """
    query = select(Notice).where(
        Notice.activity_id == activity_id,
        Notice.staff_id == actor.id,
        Notice.kind == RING,
        col(Notice.ended_at).is_(None),
    )
    if found := (await db.exec(query)).first():
        await acts.lock(db, await db.get_one(Deadline, found.deadline_id))
        deadline = await db.get_one(Deadline, found.deadline_id, with_for_update=True, populate_existing=True)
        still = query.where(Notice.deadline_id == deadline.id).execution_options(populate_existing=True)
        if notice := (await db.exec(still)).first():
            return deadline, notice
    raise NotFound("You are not rung, or no longer.", reason="not_rung")


async def latest(db: AsyncSession, actor: Actor, most: int, activity_id: UUID | None = None) -> list[Notice]:
    """What this person was told, or only of this activity, the latest first; what rings stands in its own band.

    What they had not seen when they were told again stands there once.
    """
    query = select(Notice).where(Notice.staff_id == actor.id, Notice.kind != RING, ~_told_again())
    if activity_id is not None:
        query = query.where(Notice.activity_id == activity_id)
    return list((await db.exec(query.order_by(col(Notice.told_at).desc(), col(Notice.id).desc()).limit(most))).all())


async def count_new(db: AsyncSession, actor: Actor) -> int:
    """How many of them this person has not seen and should still see."""
    query = select(func.count()).where(
        Notice.staff_id == actor.id,
        Notice.kind != RING,
        col(Notice.ended_at).is_(None),
        col(Notice.seen_at).is_(None),
        ~_told_again(),
    )
    return (await db.exec(query)).one()


def _told_again() -> ColumnElement[bool]:
    """For a query of notices: the same person was told again before they had seen this one."""
    later = aliased(Notice)
    unseen = or_(col(Notice.seen_at).is_(None), col(Notice.seen_at) >= later.told_at)
    theirs = later.deadline_id == Notice.deadline_id, later.staff_id == Notice.staff_id
    return select(later.id).where(*theirs, later.id > Notice.id, unseen).exists()


async def read(
    db: AsyncSession, actor: Actor, until: UUID, device: Device, now: datetime, activity_id: UUID | None = None
) -> None:
    """Notes that this person has seen everything up to and with the notice `until`, in the order of `latest`.

    Or only what is of this activity. The pages of each activity are told once, however many of its notices these were.
    """
    last = await db.get(Notice, until)
    if last is None:
        return
    earlier = (col(Notice.told_at) < last.told_at) | ((col(Notice.told_at) == last.told_at) & (col(Notice.id) <= until))
    query = select(Notice).where(
        Notice.staff_id == actor.id, Notice.kind != RING, col(Notice.seen_at).is_(None), earlier
    )
    if activity_id is not None:
        query = query.where(Notice.activity_id == activity_id)
    found = (await db.exec(query)).all()
    for each in found:
        each.seen_at, each.seen_on = now, device
    current = {each.deadline_id for each in found if each.activity_id is not None and each.ended_at is None}
    told_of = (await db.exec(select(Deadline).where(col(Deadline.id).in_(current)))).all()
    for deadline in {each.activity_id: each for each in told_of}.values():
        hint(db, ToldSeen(), about(deadline), now)


def about(deadline: Deadline) -> About:
    return About(
        deadline.hospital_id,
        partner_id=deadline.partner_id,
        case_id=deadline.case_id,
        activity=deadline.activity,
        activity_id=deadline.activity_id,
    )


def _hint(db: AsyncSession, deadline: Deadline, staff_id: UUID, now: datetime) -> None:
    hint(db, NoticeChanged(to=str(staff_id), about_id=deadline.activity_id or deadline.id), about(deadline), now)
