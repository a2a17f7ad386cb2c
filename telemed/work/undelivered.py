"""Who was told and not reached: by mail or in a group's chat, which was given up and is unseen; or of an emergency."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Actor
from telemed.kit.table import first_id
from telemed.people.model import Staff
from telemed.work.deliveries import STAT
from telemed.work.ladders import only_telling
from telemed.work.model import RING, Channel, Deadline, Notice
from telemed.work.outgoing import Delivery, DeliveryState, Robot
from telemed.work.schemas import RungOut, ToldPerson, WaitsFor, person

P = TypeVar("P", bound=ToldPerson)
UNSEEN: Final = timedelta(seconds=60)  # an emergency's notice
SHOWN: Final = timedelta(days=1)  # what only tells, since its mail was given up: nothing else ends it
TRIED: Final = timedelta(days=2)  # at most, quiet hours included, before a mail is given up


async def at_hospital(
    db: AsyncSession, actor: Actor, most: int, now: datetime
) -> dict[UUID, tuple[Deadline, list[WaitsFor]]]:
    """The deadlines of which somebody was not reached, the latest due first: those that are open, and those that only
    told and did so in vain. Of each, whom to telephone; then groups.

    A deadline of which a hub may know is that hub's. Any other is its own hospital's: of what has not been approved, of
    what ended before, and of the hospital's work that belongs to no activity.
    """
    found: dict[UUID, tuple[Deadline, list[Staff | Robot]]] = {}
    pairs: list[tuple[Deadline, Staff | Robot]] = []
    for theirs in _theirs(actor):
        open_ = and_(theirs, col(Deadline.done_at).is_(None))
        pairs += await _people(db, and_(open_, _missed(now)))
        pairs += await _groups(db, open_)
    of_either = or_(*_theirs(actor))
    pairs += await _people(db, and_(of_either, _told_in_vain(now)))
    pairs += await _groups(db, and_(of_either, _group_told_in_vain(now)))
    for deadline, who in sorted(pairs, key=lambda pair: pair[0].due_at, reverse=True):
        if deadline.id in found or len(found) < most:
            found.setdefault(deadline.id, (deadline, []))[1].append(who)
    return {id: (deadline, _each_once(missed)) for id, (deadline, missed) in found.items()}


async def _people(db: AsyncSession, which: ColumnElement[bool]) -> Sequence[tuple[Deadline, Staff]]:
    query = (
        select(Deadline, Staff)
        .join(Notice, col(Notice.deadline_id) == Deadline.id)
        .join(Staff, col(Staff.id) == Notice.staff_id)
        .where(which)
    )
    return (await db.exec(query.order_by(col(Deadline.id), col(Notice.told_at)))).all()


def _theirs(actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """For queries of deadlines, each of which has its index: those for which this person's hospital sees to it that
    people are reached, as their hub, and as the only one that knows of them.
    """
    partner = col(Deadline.partner_id)
    own = and_(partner.is_(None), col(Deadline.hospital_id) == actor.hospital_id)
    return partner == actor.hospital_id, own


async def _groups(db: AsyncSession, which: ColumnElement[bool]) -> Sequence[tuple[Deadline, Robot]]:
    """A group is reached by a later message of the same deadline too, or once a colleague who was told has seen it."""
    noticed = (
        select(Notice.id)
        .join(Staff, col(Staff.id) == Notice.staff_id)
        .where(Notice.deadline_id == Deadline.id, Staff.hospital_id == Robot.hospital_id, _noticed(Notice))
    )
    query = (
        select(Deadline, Robot)
        .join(Delivery, col(Delivery.deadline_id) == Deadline.id)
        .join(Robot, col(Robot.id) == Delivery.to_id)
        .where(
            which,
            Delivery.channel == Channel.robot,
            Delivery.state == DeliveryState.failed,
            ~_sent_later(),
            ~noticed.exists(),
        )
    )
    return (await db.exec(query.order_by(col(Deadline.id), col(Delivery.queued_at)))).all()


async def mark(db: AsyncSession, activity_id: UUID, rung: RungOut, now: datetime) -> RungOut:
    """Says of everybody at whom it rings or rang whether they were reached, and what became of their mail."""
    of_ring = select(Deadline.id).where(
        Deadline.activity_id == activity_id, Deadline.kind == RING, col(Deadline.done_at).is_(None)
    )
    people = await marked(db, (await db.exec(of_ring)).all(), rung.people, now)
    return rung.model_copy(update={"people": people})


async def marked(db: AsyncSession, deadlines: Sequence[UUID], told: Sequence[P], now: datetime) -> list[P]:
    """Says of everybody who was told of these whether they were reached, and what became of their mail."""
    missed = select(Notice.staff_id).join(Deadline, col(Deadline.id) == Notice.deadline_id)
    not_reached = set((await db.exec(missed.where(col(Deadline.id).in_(deadlines), _missed(now)))).all())
    mails = await _mails(db, deadlines)
    return [
        each.model_copy(update={"undelivered": each.id in not_reached, "mail": mails.get(each.id)}) for each in told
    ]


async def _mails(db: AsyncSession, deadlines: Sequence[UUID]) -> dict[UUID, DeliveryState]:
    query = select(Delivery.to_id, Delivery.state).where(
        col(Delivery.deadline_id).in_(deadlines), Delivery.state != DeliveryState.withdrawn
    )
    return {id: DeliveryState(state) for id, state in (await db.exec(query.order_by(col(Delivery.id)))).all()}


def _missed(now: datetime) -> ColumnElement[bool]:
    """For a query of deadlines and notices: this person has seen none, passed none on, and was not reached."""
    unseen = and_(col(Deadline.urgency) == STAT, col(Notice.told_at) <= now - UNSEEN)
    return and_(_unnoticed(), or_(_failed().exists(), unseen))


def _told_in_vain(now: datetime) -> ColumnElement[bool]:
    """For a query of deadlines and notices: nothing had to happen (`ladders.only_telling`), and the mail was given up.

    Those that have ended are many; the range of ids finds the new ones by their key.
    """
    return and_(
        col(Deadline.id) >= first_id(TRIED + SHOWN),
        col(Deadline.ladder).in_(only_telling()),
        col(Notice.ended_at).is_(None),  # what it said is so still
        _unnoticed(),
        _failed().where(col(Delivery.done_at) > now - SHOWN).exists(),
    )


def _group_told_in_vain(now: datetime) -> ColumnElement[bool]:
    """For a query of deadlines and deliveries: the same of a group."""
    still = select(Notice.id).where(Notice.deadline_id == Deadline.id, col(Notice.ended_at).is_(None))
    return and_(
        col(Deadline.id) >= first_id(TRIED + SHOWN),
        col(Deadline.ladder).in_(only_telling()),
        col(Delivery.done_at) > now - SHOWN,
        still.exists(),
    )


def _failed() -> SelectOfScalar[UUID]:
    given_up = Delivery.notice_id == Notice.id, Delivery.state == DeliveryState.failed
    return select(Delivery.id).where(*given_up, ~_sent_later())


def _sent_later() -> ColumnElement[bool]:
    """For a query of deliveries: a later one of the same deadline has reached the same person or group."""
    later = aliased(Delivery)
    same = later.deadline_id == Delivery.deadline_id, later.to_id == Delivery.to_id
    return select(later.id).where(*same, later.state == DeliveryState.sent, later.id > Delivery.id).exists()


def _unnoticed() -> ColumnElement[bool]:
    """This person has seen none of their notices of the deadline, and passed none on."""
    other = aliased(Notice)
    noticed = select(other.id).where(
        other.deadline_id == Notice.deadline_id, other.staff_id == Notice.staff_id, _noticed(other)
    )
    return ~noticed.exists()


def _noticed(of: type[Notice]) -> ColumnElement[bool]:
    return or_(col(of.seen_at).is_not(None), col(of.passed_at).is_not(None))


def _each_once(missed: Sequence[Staff | Robot]) -> list[WaitsFor]:
    return [_shown(each) for each in {each.id: each for each in missed}.values()]


def _shown(of: Staff | Robot) -> WaitsFor:
    if isinstance(of, Robot):
        return WaitsFor(name=of.name, name_en=of.name, phone="", role="", hospital_id=of.hospital_id)
    return person(of)
