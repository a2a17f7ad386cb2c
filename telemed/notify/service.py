"""How a person is told outside the pages, and a hospital's group robots."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Actor, Role
from telemed.audit.service import changed, record
from telemed.errors import Invalid, NotFound, Stale
from telemed.kit.sealed import Seal, Unreadable
from telemed.notify.addresses import Address, keep, opened
from telemed.notify.allowed import Allowed, origin_of
from telemed.notify.outcome import NotSent
from telemed.notify.outside import Outside
from telemed.notify.schemas import AllowedIn, AllowedOut, ChoiceIn, ChoiceOut, RobotChange, RobotIn, RobotOut, Waiting
from telemed.people import service as people
from telemed.people.model import Department, Hospital, Staff
from telemed.work.model import Channel
from telemed.work.outgoing import Delivery, DeliveryState, NoticeChoice, Robot

SEALED = {"url", "secret"}
STALE = "It has changed since you read it."


async def choice(db: AsyncSession, actor: Actor, *, set_up: bool) -> ChoiceOut:
    """Whoever has chosen nothing yet reads version 0."""
    row = await db.get(NoticeChoice, actor.id) or NoticeChoice(staff_id=actor.id, version=0)
    hospital = await people.hospital(db, actor.hospital_id)
    kept = row.model_dump(exclude={"staff_id"})
    return ChoiceOut(**kept, allowed=hospital.notice_mail, set_up=set_up)


async def choose(db: AsyncSession, actor: Actor, version: int, new: ChoiceIn, now: datetime, *, set_up: bool) -> None:
    """Raises Stale."""
    await db.get_one(Staff, actor.id, with_for_update=True)  # two first choices at once: the second is stale
    row = await db.get(NoticeChoice, actor.id) or NoticeChoice(staff_id=actor.id, version=0)
    if row.version != version:
        raise Stale(STALE, current=(await choice(db, actor, set_up=set_up)).model_dump(mode="json"))
    row.sqlmodel_update(new.model_dump())
    row.version += 1
    db.add(row)
    record(db, actor, "notices.chosen", str(actor.id), now)  # without the address
    await db.flush()


async def own_address(db: AsyncSession, actor: Actor) -> tuple[str, str, str]:
    """This person's address, language and zone. Raises Invalid if they have no address."""
    row = await db.get(NoticeChoice, actor.id)
    if row is None or not row.email:
        raise Invalid("Enter an address first.", reason="no_address")
    account = await db.get_one(Account, actor.id)
    return row.email, account.language, (await people.hospital(db, actor.hospital_id)).time_zone


async def allow(db: AsyncSession, actor: Actor, version: int, new: AllowedIn, now: datetime) -> AllowedOut:
    """By which channels this administrator's hospital may be told. What is queued otherwise is withdrawn when due."""
    row = await db.get_one(Hospital, actor.hospital_id, with_for_update=True)
    if row.version != version:
        raise Stale(STALE, current=allowed(row).model_dump(mode="json"))
    before = {"notice_mail": row.notice_mail, "notice_robots": row.notice_robots}
    row.notice_mail, row.notice_robots = new.mail, new.robots
    row.version += 1
    after = {"notice_mail": row.notice_mail, "notice_robots": row.notice_robots}
    record(db, actor, "hospital.changed", row.id, now, change=changed(before, after))
    return allowed(row)


def allowed(row: Hospital) -> AllowedOut:
    return AllowedOut(version=row.version, mail=row.notice_mail, robots=row.notice_robots)


async def robots(db: AsyncSession, actor: Actor, seal: Seal) -> list[RobotOut]:
    query = select(Robot).where(Robot.hospital_id == actor.hospital_id).order_by(col(Robot.name), col(Robot.id))
    found = (await db.exec(query)).all()
    waiting = await _waiting(db, [each.id for each in found])
    last = await _last(db, [each.id for each in found])
    return [_shown(each, seal, waiting, last) for each in found]


async def add_robot(db: AsyncSession, actor: Actor, new: RobotIn, outside: Outside, now: datetime) -> RobotOut:
    """Raises Invalid for an address that the installation does not allow, NotFound for another's department."""
    await _fits(db, actor, new, outside.allowed)
    row = Robot(**new.model_dump(exclude=SEALED) | {"role": str(new.role or "")}, url="", hospital_id=actor.hospital_id)
    keep(row, Address(new.url, new.secret), outside.seal)
    db.add(row)
    record(db, actor, "robot.added", str(row.id), now, change=changed({}, _said(row)))
    await db.flush()
    return _shown(row, outside.seal, {}, {})


async def change_robot(
    db: AsyncSession, actor: Actor, id: UUID, version: int, new: RobotChange, outside: Outside, now: datetime
) -> RobotOut:
    row = await robot(db, actor, id, to_change=True)
    if row.version != version:
        raise Stale(STALE, current=_shown(row, outside.seal, {}, {}).model_dump(mode="json"))
    await _fits(db, actor, new, outside.allowed)
    before = _said(row)
    row.sqlmodel_update(new.model_dump(exclude=SEALED) | {"role": str(new.role or "")})
    keep(row, Address(new.url, new.secret), outside.seal)
    row.version += 1
    address = {"address_renewed": True} if new.url or new.secret else {}
    record(db, actor, "robot.changed", str(id), now, change=changed(before, _said(row) | address, name=row.name))
    await db.flush()
    return _shown(row, outside.seal, await _waiting(db, [id]), await _last(db, [id]))


async def remove_robot(db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
    """What waits for it is withdrawn when it is due."""
    row = await robot(db, actor, id, to_change=True)
    await db.delete(row)
    record(db, actor, "robot.removed", str(id), now, change=changed(_said(row), {}))


def _said(row: Robot) -> dict[str, Any]:
    """Without its address, which lets anybody write to the group."""
    return row.model_dump(include={"kind", "name", "role", "department_id"})


async def robot(db: AsyncSession, actor: Actor, id: UUID, *, to_change: bool = False) -> Robot:
    """Raises NotFound if it is not of this administrator's hospital."""
    row = await db.get(Robot, id, with_for_update=to_change)
    if row is None or row.hospital_id != actor.hospital_id:
        raise NotFound("There is no such robot.")
    return row


async def mail_waiting(db: AsyncSession, actor: Actor) -> Waiting:
    """The mails to people of this hospital that wait; those in their quiet hours do not count."""
    query = (
        select(func.count(col(Delivery.id)), func.min(col(Delivery.queued_at)), func.max(col(Delivery.why)))
        .join(Staff, col(Staff.id) == Delivery.to_id)
        .where(
            Delivery.state == DeliveryState.queued,
            Delivery.channel == Channel.mail,
            Staff.hospital_id == actor.hospital_id,
            Delivery.tries > 0,
        )
    )
    return _of(*(await db.exec(query)).one())


async def _fits(db: AsyncSession, actor: Actor, new: RobotIn, of: Allowed) -> None:
    if new.url and not of.has(new.url):
        raise Invalid(
            "Robots may only be at the addresses that this installation allows.",
            reason="robot_not_allowed",
            hosts=of.hosts,
        )
    if new.department_id is not None:
        department = await db.get(Department, new.department_id)
        if department is None or department.hospital_id != actor.hospital_id:
            raise NotFound("There is no such department.")


Last = dict[tuple[UUID, DeliveryState], datetime]


def _shown(row: Robot, seal: Seal, waiting: dict[UUID, Waiting], last: Last) -> RobotOut:
    """`host` is "" where the address cannot be read."""
    try:
        origin = origin_of(opened(row, seal).url)
    except Unreadable:
        origin = None
    return RobotOut(
        **row.model_dump(include={"id", "version", "kind", "name", "department_id"}),
        host=origin.host if origin else "",
        signed=row.secret != "",
        role=Role(row.role) if row.role else None,
        waiting=waiting.get(row.id) or Waiting(count=0, since=None, why=None),
        sent_at=last.get((row.id, DeliveryState.sent)),
        failed_at=last.get((row.id, DeliveryState.failed)),
    )


async def _waiting(db: AsyncSession, ids: Collection[UUID]) -> dict[UUID, Waiting]:
    counted = select(
        Delivery.to_id, func.count(col(Delivery.id)), func.min(col(Delivery.queued_at)), func.max(col(Delivery.why))
    ).where(Delivery.state == DeliveryState.queued, col(Delivery.to_id).in_(ids))
    return {
        id: _of(count, since, why)
        for id, count, since, why in (await db.exec(counted.group_by(col(Delivery.to_id)))).all()
    }


async def _last(db: AsyncSession, ids: Collection[UUID]) -> Last:
    done = (DeliveryState.sent, DeliveryState.failed)
    query = (
        select(Delivery.to_id, Delivery.state, func.max(col(Delivery.done_at)))
        .where(col(Delivery.to_id).in_(ids), col(Delivery.state).in_(done))
        .group_by(col(Delivery.to_id), col(Delivery.state))
    )
    return {(id, DeliveryState(state)): at for id, state, at in (await db.exec(query)).all() if at is not None}


def _of(count: int, since: datetime | None, why: str | None) -> Waiting:
    return Waiting(count=count, since=since, why=NotSent(why) if why else None)
