"""The queue of deliveries: takes what is due, finds to whom and in which words, and notes what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account
from telemed.activities.kinds import Kinds
from telemed.history.service import emit
from telemed.kit.clock import day_in
from telemed.kit.failures import isolated
from telemed.notify import message
from telemed.notify.message import Message
from telemed.notify.outcome import FINAL, UNSENT, NotSent
from telemed.notify.ports import Letter, Post
from telemed.notify.words import is_due
from telemed.people.calendars import years_entered
from telemed.people.model import Hospital, Staff
from telemed.work.deliveries import STAT, wants_mail
from telemed.work.events import NoticeUndelivered
from telemed.work.ladders import only_telling
from telemed.work.model import RING, Channel, Deadline, Notice, When
from telemed.work.notices import about
from telemed.work.outgoing import Delivery, DeliveryState, NoticeChoice, Robot

AT_ONCE: Final = 50
LEASE: Final = timedelta(minutes=2)  # after it a message is sent again of which nothing was noted: we may have crashed
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)
GIVEN_UP: Final = timedelta(hours=24)
MOST_REPLACED: Final = 500  # more than a day of what is told again every few minutes
LEAST_TRIES: Final = 20  # before it is given up: after a jump of the clock the first try may come late
CHINESE: Final = "zh-CN"
DELIVERY: Final = "delivery"


class Due(NamedTuple):
    """`failed`: what could not be read or put into words; it is set aside."""

    letters: list[Letter]
    posts: list[Post]
    failed: dict[UUID, Exception]


async def anything_due(db: AsyncSession, channels: Collection[Channel], now: datetime) -> bool:
    return (await db.exec(select(Delivery.id).where(*_due(channels, now)).limit(1))).first() is not None


def _due(channels: Collection[Channel], now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Delivery.state) == DeliveryState.queued, col(Delivery.at) <= now, col(Delivery.channel).in_(channels)


async def take(
    db: AsyncSession, channels: Collection[Channel], now: datetime, origin: str, kinds: Kinds, *, mail: bool
) -> Due:
    """Takes what is due, emergencies first, for as long as the lease; what nobody needs any more is withdrawn.

    What was tried least often goes first, so that letters at which the mail server hangs do not hold up the others.
    `origin`: of the pages. `mail`: there is a mail server.
    """
    stat_first = case({STAT: 0}, value=col(Delivery.urgency), else_=1)
    query = (
        select(Delivery.id)
        .where(*_due(channels, now))
        .order_by(stat_first, col(Delivery.tries), col(Delivery.at), col(Delivery.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    due = Due([], [], {})
    for id in (await db.exec(query)).all():
        taken: Letter | Post | None = None
        async with isolated(db, DELIVERY, id, due.failed):
            taken = await _take(db, id, now, origin, kinds, mail=mail)
        if id in due.failed:
            await _set_aside(db, id, now, due.failed)
        elif isinstance(taken, Letter):
            due.letters.append(taken)
        elif taken is not None:
            due.posts.append(taken)
    return due


async def _take(
    db: AsyncSession, id: UUID, now: datetime, origin: str, kinds: Kinds, *, mail: bool
) -> Letter | Post | None:
    """None: it is withdrawn."""
    each = await db.get_one(Delivery, id)
    deadline = await db.get_one(Deadline, each.deadline_id)
    unneeded = NotSent.again if await _is_said_again(db, each) else None
    if unneeded is None and await _is_over(db, each, deadline, now):
        unneeded = NotSent.over
    if unneeded is not None:
        _withdraw(each, unneeded, now)
        return None
    each.tries += 1
    each.at = now + LEASE
    where = _Where(db, origin, kinds, deadline, each.when)
    if each.channel is Channel.mail:
        if mail and (letter := await where.letter(each)) is not None:
            return letter
    elif (robot := await _robot(db, each.to_id)) is not None:
        return Post(each.id, robot, await where.post(robot.hospital_id))
    _withdraw(each, NotSent.not_set_up if each.channel is Channel.mail and not mail else NotSent.unwanted, now)
    return None


async def put_back(db: AsyncSession, ids: Collection[UUID], now: datetime) -> None:
    """What was taken and yet not tried is due again after the first pause, and before what was tried."""
    of_these = col(Delivery.id).in_(ids), col(Delivery.state) == DeliveryState.queued
    query = update(Delivery).where(*of_these).values(tries=col(Delivery.tries) - 1, at=now + FIRST_PAUSE)
    await db.exec(query.execution_options(synchronize_session=False))


async def note(db: AsyncSession, became: Mapping[UUID, NotSent | None], now: datetime) -> dict[UUID, Exception]:
    """Notes what became of messages: sent, to be tried again after a pause, or failed.

    Returns the failures to do so; these messages are set aside, so that none is sent for ever.
    """
    failed: dict[UUID, Exception] = {}
    for id in sorted(became):
        async with isolated(db, DELIVERY, id, failed):
            await _note(db, id, became[id], now)
        if id in failed:
            await _set_aside(db, id, now, failed)
    return failed


async def _note(db: AsyncSession, id: UUID, why: NotSent | None, now: datetime) -> None:
    each = await db.get(Delivery, id, with_for_update=True)
    if each is None or each.state is not DeliveryState.queued:
        return
    each.why = why or ""
    if why is None:
        each.state, each.at, each.done_at = DeliveryState.sent, None, now
    elif why in FINAL or await _given_up(db, each, now):
        each.state, each.at, each.done_at = DeliveryState.failed, None, now
        deadline = await db.get_one(Deadline, each.deadline_id)
        said = NoticeUndelivered(
            deadline_id=deadline.id, kind=deadline.kind, channel=each.channel, to_id=each.to_id, why=why
        )
        emit(db, said, about(deadline), now)
    else:
        each.at = now + pause_after(each.tries)


async def _given_up(db: AsyncSession, each: Delivery, now: datetime) -> bool:
    """It is tried for as long as its receiver is not reached: with the earlier ones whose place it has taken, or of
    what is told again each hour nothing would ever be given up.
    """
    earlier = select(Delivery).where(*_same(each), col(Delivery.id) < each.id).order_by(col(Delivery.id).desc())
    replaced = takewhile(lambda one: one.why == NotSent.again, (await db.exec(earlier.limit(MOST_REPLACED))).all())
    chain = [each, *replaced]
    since, tries = min(one.queued_at for one in chain), sum(one.tries for one in chain)
    return now - since >= GIVEN_UP and tries >= LEAST_TRIES


def _same(of: Delivery) -> tuple[ColumnElement[bool], ...]:
    """For a query of what tells the same receiver of the same deadline in the same way."""
    return (
        col(Delivery.deadline_id) == of.deadline_id,
        col(Delivery.channel) == of.channel,
        col(Delivery.to_id) == of.to_id,
    )


async def _set_aside(db: AsyncSession, id: UUID, now: datetime, failed: dict[UUID, Exception]) -> None:
    """Without reading it, which may be what fails."""
    values = {"state": DeliveryState.failed, "why": NotSent.fault, "at": None, "done_at": now}
    async with isolated(db, DELIVERY, id, failed):
        query = update(Delivery).where(col(Delivery.id) == id).values(values)
        await db.exec(query.execution_options(synchronize_session=False))


def pause_after(tries: int) -> timedelta:
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(tries - 1, 10)))


async def _is_said_again(db: AsyncSession, delivery: Delivery) -> bool:
    """By a later message, which says it as it is now."""
    later = select(Delivery.id).where(*_same(delivery), col(Delivery.id) > delivery.id)
    return (await db.exec(later.limit(1))).first() is not None


async def _is_over(db: AsyncSession, delivery: Delivery, deadline: Deadline, now: datetime) -> bool:
    """It has been dealt with, or seen on a page; it reminds of a moment that is past, or tells what is so no longer."""
    if deadline.done_at is not None and deadline.ladder not in only_telling():
        return True
    if delivery.when is When.before and deadline.due_at <= now:
        return True
    if delivery.notice_id is None:
        return deadline.kind != RING and await _nobody_need_see_it(db, delivery)
    notice = await db.get(Notice, delivery.notice_id)
    if notice is None:
        return False
    ended = deadline.kind != RING and notice.ended_at is not None  # what rings at others by now may still be taken
    return notice.seen_at is not None or notice.passed_at is not None or ended


async def _nobody_need_see_it(db: AsyncSession, to_group: Delivery) -> bool:
    """What the people of the group were told with it has ended: it was put off, or is so no longer."""
    told_with = Notice.deadline_id == to_group.deadline_id, Notice.told_at == to_group.queued_at
    ended = (await db.exec(select(Notice.ended_at).where(*told_with))).all()
    return bool(ended) and None not in ended


def _withdraw(delivery: Delivery, why: NotSent, now: datetime) -> None:
    assert why in UNSENT
    delivery.state, delivery.why, delivery.at, delivery.done_at = DeliveryState.withdrawn, why, None, now


async def _robot(db: AsyncSession, id: UUID) -> Robot | None:
    query = select(Robot).join(Hospital, col(Hospital.id) == Robot.hospital_id)
    return (await db.exec(query.where(Robot.id == id, col(Hospital.notice_robots)))).first()


@dataclass(frozen=True)
class _Where:
    """Finds to whom a message goes and in which words: as of now, and not of when it was queued."""

    db: AsyncSession
    origin: str
    kinds: Kinds
    deadline: Deadline
    when: When

    async def letter(self, delivery: Delivery) -> Letter | None:
        """None if this person does not want mail any more."""
        query = (
            select(NoticeChoice.email, Account.language, Hospital.time_zone)
            .join(Staff, col(Staff.id) == NoticeChoice.staff_id)
            .join(Account, col(Account.id) == Staff.id)
            .join(Hospital, col(Hospital.id) == Staff.hospital_id)
            .where(NoticeChoice.staff_id == delivery.to_id, wants_mail(), col(Account.disabled_at).is_(None))
        )
        found = (await self.db.exec(query)).first()
        if found is None:
            return None
        email, language, zone = found
        return Letter(delivery.id, email, language, await self._message(language, zone))

    async def post(self, hospital_id: str) -> Message:
        return await self._message(CHINESE, (await self.db.get_one(Hospital, hospital_id)).time_zone)

    async def _message(self, language: str, zone: str) -> Message:
        kind = self.kinds.get(self.deadline.activity)
        path = kind.page.format(id=self.deadline.activity_id) if kind else "/"
        guessed = await self._guessed(zone)
        return message.of_deadline(self.deadline, self.when, language, zone, self.origin + path, guessed=guessed)

    async def _guessed(self, zone: str) -> list[int]:
        """The years that what is due touches and whose public holidays nobody has entered, as the pages say too."""
        due = self.deadline
        if due.activity_id is None or due.urgency == STAT or not is_due(due.kind, due.ladder):
            return []
        touched = {day_in(zone, due.began_at).year, day_in(zone, due.due_at).year}
        return sorted(touched.difference(await years_entered(self.db)))
