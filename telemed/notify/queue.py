"""The queue of deliveries: takes what is due, finds to whom and in which words, and notes what became of it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.history.service import emit
from telemed.kit.failures import isolated
from telemed.notify.letters import Letters, Wording
from telemed.notify.outcome import FINAL, UNSENT, NotSent
from telemed.notify.ports import Letter, Post
from telemed.people.model import Hospital
from telemed.work.deliveries import STAT
from telemed.work.events import NoticeUndelivered
from telemed.work.ladders import only_telling
from telemed.work.model import RING, Channel, Deadline, Notice, When
from telemed.work.notices import about
from telemed.work.outgoing import Delivery, DeliveryState, Robot

AT_ONCE: Final = 50
LEASE: Final = timedelta(minutes=2)  # after it a message is sent again of which nothing was noted: we may have crashed
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)
GIVEN_UP: Final = timedelta(hours=24)
MOST_REPLACED: Final = 500  # more than a day of what is told again every few minutes
LEAST_TRIES: Final = 20  # before it is given up: after a jump of the clock the first try may come late
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


async def take(db: AsyncSession, channels: Collection[Channel], now: datetime, wording: Wording, *, mail: bool) -> Due:
    """Takes what is due, emergencies first, for as long as the lease; what nobody needs any more is withdrawn.

    What was tried least often goes first, so that letters at which the mail server hangs do not hold up the others.
    `mail`: there is a mail server.
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
            taken = await _take(db, id, now, wording, mail=mail)
        if id in due.failed:
            await _set_aside(db, id, now, due.failed)
        elif isinstance(taken, Letter):
            due.letters.append(taken)
        elif taken is not None:
            due.posts.append(taken)
    return due


async def _take(db: AsyncSession, id: UUID, now: datetime, wording: Wording, *, mail: bool) -> Letter | Post | None:
    """None: it is withdrawn. A mail that nobody need read may still be what its receiver's calendar needs."""
    each = await db.get_one(Delivery, id)
    deadline = await db.get_one(Deadline, each.deadline_id)
    by_mail, letters = each.channel is Channel.mail, Letters(db, wording, deadline, now)
    unneeded = NotSent.again if await _is_said_again(db, each) else None
    if unneeded is None and await _is_over(db, each, deadline, now):
        unneeded = None if by_mail and await wording.invitations.owed(db, each, deadline, now) else NotSent.over
        letters = replace(letters, only_calendar=True)
    if unneeded is not None:
        await _withdraw(db, each, unneeded, now, wording)
        return None
    each.tries += 1
    each.at = now + LEASE
    if by_mail:
        if mail and (letter := await letters.letter(each)) is not None:
            return letter
    elif (robot := await _robot(db, each.to_id)) is not None:
        return Post(each.id, robot, await letters.post(robot.hospital_id, each.when))
    await _withdraw(db, each, NotSent.not_set_up if by_mail and not mail else NotSent.unwanted, now, wording)
    return None


async def put_back(db: AsyncSession, ids: Collection[UUID], now: datetime, wording: Wording) -> None:
    """What was taken and yet not tried is due again after the first pause, and before what was tried."""
    await wording.invitations.became(db, ids, NotSent.away)
    of_these = col(Delivery.id).in_(ids), col(Delivery.state) == DeliveryState.queued
    query = update(Delivery).where(*of_these).values(tries=col(Delivery.tries) - 1, at=now + FIRST_PAUSE)
    await db.exec(query.execution_options(synchronize_session=False))


async def note(
    db: AsyncSession, became: Mapping[UUID, NotSent | None], now: datetime, wording: Wording
) -> dict[UUID, Exception]:
    """Notes what became of messages: sent, to be tried again after a pause, or failed.

    Returns the failures to do so; these messages are set aside, so that none is sent for ever.
    """
    failed: dict[UUID, Exception] = {}
    for id in sorted(became):
        async with isolated(db, DELIVERY, id, failed):
            await _note(db, id, became[id], now)
            await wording.invitations.became(db, [id], became[id])
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


async def _withdraw(db: AsyncSession, delivery: Delivery, why: NotSent, now: datetime, wording: Wording) -> None:
    assert why in UNSENT
    delivery.state, delivery.why, delivery.at, delivery.done_at = DeliveryState.withdrawn, why, None, now
    # If it is being tried still, by a process that has crashed since, nobody knows what became of that.
    await wording.invitations.became(db, [delivery.id], NotSent.slow)


async def _robot(db: AsyncSession, id: UUID) -> Robot | None:
    query = select(Robot).join(Hospital, col(Hospital.id) == Robot.hospital_id)
    return (await db.exec(query.where(Robot.id == id, col(Hospital.notice_robots)))).first()
