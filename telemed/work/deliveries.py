"""What goes out for a reached rung, by mail and to group robots: queued in the transaction that writes the notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.people.duty import departments
from telemed.people.model import Department, Hospital, Staff
from telemed.work.ladder import Reached
from telemed.work.model import RING, Channel, Deadline, Notice, Rung, To, When, WorkItem
from telemed.work.outgoing import Delivery, DeliveryState, NoticeChoice, Robot
from telemed.work.quiet import awake
from telemed.work.waiting import waited_for

STAT = "stat"


class Group(NamedTuple):
    """All with a role at a hospital, or of its department if one is named."""

    hospital_id: str
    role: str
    department_id: UUID | None = None

    def has(self, robot: Robot) -> bool:
        if robot.hospital_id != self.hospital_id:
            return False
        return robot.department_id == self.department_id if robot.department_id else robot.role == self.role


async def queue(
    db: AsyncSession, deadline: Deadline, reached: Reached, notices: Sequence[Notice], now: datetime
) -> None:
    """Queues what the rung's channels, the hospitals and the people themselves allow.

    What rings is said once to each, however often it rings: the message does not age while it rings.
    """
    told = await _already_told(db, deadline) if deadline.kind == RING else frozenset[UUID]()
    channels = reached.rung.channels
    if Channel.mail in channels:
        await _by_mail(db, deadline, reached, [each for each in notices if each.staff_id not in told], now)
    if Channel.robot in channels:
        for robot in await _robots(db, await _groups(db, deadline, reached.rung)):
            if robot.id not in told:
                db.add(_delivery(deadline, reached.when, Channel.robot, robot.id, now, now))


async def queue_for_calendar(db: AsyncSession, deadline: Deadline, who: UUID, now: datetime) -> None:
    """A mail that tells nobody of anything new but their calendar, of what this deadline told; not in quiet hours."""
    query = (
        select(NoticeChoice, Hospital.time_zone)
        .join(Staff, col(Staff.id) == NoticeChoice.staff_id)
        .join(Hospital, col(Hospital.id) == Staff.hospital_id)
        .where(NoticeChoice.staff_id == who, wants_mail())
    )
    if (found := (await db.exec(query)).first()) is not None:
        choice, zone = found
        at = awake(now, zone, choice.quiet_from, choice.quiet_until)
        row = _delivery(deadline, When.due, Channel.mail, who, now, at)
        row.for_calendar = True
        db.add(row)
        await db.flush()


async def _already_told(db: AsyncSession, deadline: Deadline) -> frozenset[UUID]:
    return frozenset((await db.exec(select(Delivery.to_id).where(Delivery.deadline_id == deadline.id))).all())


async def _by_mail(
    db: AsyncSession, deadline: Deadline, reached: Reached, notices: Sequence[Notice], now: datetime
) -> None:
    query = (
        select(NoticeChoice, Hospital.time_zone)
        .join(Staff, col(Staff.id) == NoticeChoice.staff_id)
        .join(Hospital, col(Hospital.id) == Staff.hospital_id)
        .where(col(NoticeChoice.staff_id).in_([each.staff_id for each in notices]), wants_mail())
    )
    choices = {choice.staff_id: (choice, zone) for choice, zone in (await db.exec(query)).all()}
    for notice in notices:
        if found := choices.get(notice.staff_id):
            choice, zone = found
            stat = deadline.urgency == STAT
            at = now if stat else awake(now, zone, choice.quiet_from, choice.quiet_until)
            row = _delivery(deadline, reached.when, Channel.mail, notice.staff_id, now, at)
            row.notice_id = notice.id
            db.add(row)


def wants_mail() -> ColumnElement[bool]:
    """For a query of choices and their hospitals."""
    return and_(col(NoticeChoice.email) != "", col(NoticeChoice.mail), col(Hospital.notice_mail))


async def _robots(db: AsyncSession, groups: Sequence[Group]) -> list[Robot]:
    """The robots of these groups, where their hospital allows robots."""
    hospitals = {each.hospital_id for each in groups}
    query = (
        select(Robot)
        .join(Hospital, col(Hospital.id) == Robot.hospital_id)
        .where(col(Robot.hospital_id).in_(hospitals), col(Hospital.notice_robots))
    )
    found = (await db.exec(query)).all() if groups else []
    return [each for each in found if any(group.has(each) for group in groups)]


async def _groups(db: AsyncSession, deadline: Deadline, rung: Rung) -> list[Group]:
    """Whom the rung tells as a group; what it tells people by name is no concern of their colleagues."""
    match rung.to:
        case To.role:
            return [Group(deadline.hub_id if rung.at_hub else deadline.hospital_id, rung.role)]
        case To.on_duty:
            of_these = select(Department.id).where(
                departments(deadline.hub_id, deadline.specialty, deadline.department_id)
            )
            return [Group(deadline.hub_id, Role.expert, id) for id in (await db.exec(of_these)).all()]
        case To.asked:
            asked = select(WorkItem).where(waited_for(deadline), col(WorkItem.staff_id).is_(None))
            found = (await db.exec(asked)).all()
            return [Group(each.hospital_id, each.role or "", each.department_id) for each in found]
        case To.owners:
            return []


def _delivery(deadline: Deadline, when: When, channel: Channel, to_id: UUID, now: datetime, at: datetime) -> Delivery:
    return Delivery(
        deadline_id=deadline.id,
        channel=channel,
        to_id=to_id,
        when=when,
        urgency=deadline.urgency,
        state=DeliveryState.queued,
        queued_at=now,
        at=at,
    )
