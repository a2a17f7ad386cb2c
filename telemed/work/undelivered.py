"""Who was told and not reached: the mail was given up and they have not seen it, or it is an emergency, unseen."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people import service as people
from telemed.people.model import Staff
from telemed.work.deliveries import STAT
from telemed.work.model import RING, Deadline, Notice
from telemed.work.outgoing import Delivery, DeliveryState
from telemed.work.schemas import RungOut, WaitsFor

Missed = dict[UUID, tuple[Deadline, list[WaitsFor]]]
UNSEEN: Final = timedelta(seconds=60)  # an emergency's notice


async def at_hub(
    db: AsyncSession, actor: Actor, most: int, now: datetime
) -> dict[UUID, tuple[Deadline, list[WaitsFor]]]:
    """The open deadlines of this person's hub of which somebody was not reached, and whom to telephone."""
    query = (
        select(Deadline, Notice.staff_id)
        .join(Notice, col(Notice.deadline_id) == Deadline.id)
        .where(Deadline.partner_id == actor.hospital_id, col(Deadline.done_at).is_(None), _missed(now))
        .order_by(col(Deadline.due_at).desc(), col(Deadline.id), col(Notice.told_at))
    )
    found: dict[UUID, tuple[Deadline, list[UUID]]] = {}
    for deadline, staff_id in (await db.exec(query)).all():
        if deadline.id in found or len(found) < most:
            _, ids = found.setdefault(deadline.id, (deadline, []))
            ids.append(staff_id)
    staff = await people.staff_by_id(db, {id for _, ids in found.values() for id in ids})
    return {
        id: (deadline, [_person(staff[each]) for each in dict.fromkeys(ids)]) for id, (deadline, ids) in found.items()
    }


async def mark(db: AsyncSession, activity_id: UUID, rung: RungOut, now: datetime) -> RungOut:
    """Says of everybody at whom it rings or rang whether they were reached, and what became of their mail."""
    of_ring = select(Deadline.id).where(
        Deadline.activity_id == activity_id, Deadline.kind == RING, col(Deadline.done_at).is_(None)
    )
    missed = select(Notice.staff_id).join(Deadline, col(Deadline.id) == Notice.deadline_id)
    not_reached = set((await db.exec(missed.where(col(Deadline.id).in_(of_ring), _missed(now)))).all())
    mails = await _mails(db, (await db.exec(of_ring)).all())
    people = [
        each.model_copy(update={"undelivered": each.id in not_reached, "mail": mails.get(each.id)})
        for each in rung.people
    ]
    return rung.model_copy(update={"people": people})


async def _mails(db: AsyncSession, deadlines: Sequence[UUID]) -> dict[UUID, DeliveryState]:
    query = select(Delivery.to_id, Delivery.state).where(
        col(Delivery.deadline_id).in_(deadlines), Delivery.state != DeliveryState.withdrawn
    )
    return {id: DeliveryState(state) for id, state in (await db.exec(query)).all()}


def _missed(now: datetime) -> ColumnElement[bool]:
    """For a query of deadlines and notices: this person has seen none, passed none on, and was not reached."""
    other = aliased(Notice)
    noticed = select(other.id).where(
        other.deadline_id == Notice.deadline_id,
        other.staff_id == Notice.staff_id,
        or_(col(other.seen_at).is_not(None), col(other.passed_at).is_not(None)),
    )
    failed = select(Delivery.id).where(Delivery.notice_id == Notice.id, Delivery.state == DeliveryState.failed)
    unseen = and_(col(Deadline.urgency) == STAT, col(Notice.told_at) <= now - UNSEEN)
    return and_(~noticed.exists(), or_(failed.exists(), unseen))


def _person(of: Staff) -> WaitsFor:
    return WaitsFor(name=of.name, name_en=of.name_en, phone=of.phone, role="", hospital_id=of.hospital_id)
