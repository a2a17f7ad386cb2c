"""值守: whoever is on duty says, once per shift and with a second factor, that what rings reaches them."""

from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import second_factor
from telemed.access.model import Actor, Role
from telemed.audit.service import record
from telemed.errors import Conflict
from telemed.rosters import handing_over, rules
from telemed.rosters.model import Away, Roster, Shift, Standby
from telemed.rosters.standby_schemas import AwayOut, OwnStandby, StandbyOut

RUNG: Final = (Role.expert, Role.coordinator, Role.duty_officer)  # at whom emergencies ring
SAID_FOR: Final = timedelta(hours=12)  # that the last one is over


def refuse_at_device(actor: Actor) -> None:
    """Raises Conflict at a device of the hospital, which signs people out once nobody touches it."""
    if actor.device_id is not None:
        said = "Stand by at your own computer or telephone: here you are signed out after some minutes."
        raise Conflict(said, reason="standby_at_device")


async def begin(db: AsyncSession, actor: Actor, now: datetime) -> None:
    """Until the end of their shift. Whoever stands by already goes on as they were."""
    if await _on(db, actor, now) is None:
        until = rules.stands_until(await _shifts(db, actor, now), now)
        row = Standby(hospital_id=actor.hospital_id, staff_id=actor.id, began_at=now, until=until)
        db.add(row)
        record(db, actor, "standby.began", str(row.id), now)
        await db.flush()


async def leave(db: AsyncSession, actor: Actor, now: datetime) -> None:
    """Before its end; nothing where they do not stand by. Two windows may have begun it in the same moment."""
    for row in await _standing(db, actor, now):
        row.left_at = now
        record(db, actor, "standby.left", str(row.id), now)
    await back(db, actor, now)


async def step_away(db: AsyncSession, actor: Actor, minutes: int, now: datetime) -> None:
    """For so long, at most until their standing by ends: a call that begins meanwhile rings at the others first.

    What rings already goes on in its order. Raises Conflict where they do not stand by.
    """
    on = await _on(db, actor, now)
    if on is None:
        raise Conflict("You do not stand by: begin to first.", reason="not_standing_by")
    await back(db, actor, now)
    until = min(now + timedelta(minutes=minutes), on.until)
    row = Away(hospital_id=actor.hospital_id, staff_id=actor.id, began_at=now, until=until)
    db.add(row)
    record(db, actor, "standby.away", str(row.id), now)
    await db.flush()


async def back(db: AsyncSession, actor: Actor, now: datetime) -> None:
    """They are called in their order again; nothing where they are not away."""
    query = select(Away).where(Away.hospital_id == actor.hospital_id, Away.staff_id == actor.id, col(Away.until) > now)
    for row in (await db.exec(query)).all():
        row.until = now
        record(db, actor, "standby.back", str(row.id), now)
    await db.flush()


async def away(db: AsyncSession, hospital_id: str, at: datetime) -> set[UUID]:
    """Who of this hospital was away at this moment."""
    return {each.staff_id for each in await _away(db, hospital_id, at)}


async def _away(db: AsyncSession, hospital_id: str, at: datetime) -> Sequence[Away]:
    query = select(Away).where(Away.hospital_id == hospital_id, col(Away.began_at) <= at, col(Away.until) > at)
    return (await db.exec(query.order_by(col(Away.until)))).all()


async def shift(db: AsyncSession, actor: Actor, now: datetime) -> tuple[datetime, set[UUID]]:
    """Since when they are on duty, and who was in that time on the same rosters, themselves included.

    Without a roster since half a day ago, by themselves.
    """
    on = rules.on_at(await _shifts(db, actor, now), now)
    since = min((each.starts for each in on), default=now - rules.UNROSTERED)
    return since, await _beside(db, actor, {each.roster_id for each in on}, since, now)


async def beside(db: AsyncSession, actor: Actor, since: datetime, now: datetime) -> set[UUID]:
    """Who has been on a roster since then on which they have been too, themselves included."""
    rosters = select(Shift.roster_id).where(Shift.staff_id == actor.id, *_during(since, now))
    return await _beside(db, actor, set((await db.exec(rosters)).all()), since, now)


async def _beside(db: AsyncSession, actor: Actor, rosters: Set[UUID], since: datetime, now: datetime) -> set[UUID]:
    on_them = select(Shift.staff_id).where(col(Shift.roster_id).in_(rosters), *_during(since, now))
    return {actor.id, *(await db.exec(on_them)).all()}


def _during(since: datetime, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(Shift.starts) > since - rules.LONGEST, col(Shift.starts) <= now, col(Shift.ends) > since


async def own(db: AsyncSession, actor: Actor, now: datetime) -> OwnStandby:
    on, shifts = await _on(db, actor, now), await _shifts(db, actor, now)
    query = select(Standby).where(Standby.staff_id == actor.id, col(Standby.until) > now - SAID_FOR)
    last = (await db.exec(query.order_by(col(Standby.began_at).desc()).limit(1))).first()
    there = select(Standby.staff_id).where(
        Standby.hospital_id == actor.hospital_id,
        Standby.staff_id != actor.id,
        col(Standby.until) > now,
        col(Standby.left_at).is_(None),
    )
    return OwnStandby(
        now=StandbyOut.model_validate(on) if on else None,
        last=StandbyOut.model_validate(last) if last and not on else None,
        proof="code" if await second_factor.enrolled(db, actor.id) else "password",
        until=rules.stands_until(shifts, now),
        rostered=bool(rules.on_at(shifts, now)),
        others=sorted(set((await db.exec(there)).all())),
        hand_overs=await handing_over.concerning(db, actor, now),
        away=[AwayOut.model_validate(each) for each in await _away(db, actor.hospital_id, now)],
    )


async def _on(db: AsyncSession, actor: Actor, now: datetime) -> Standby | None:
    return next(iter(await _standing(db, actor, now)), None)


async def _standing(db: AsyncSession, actor: Actor, now: datetime) -> Sequence[Standby]:
    """Those of this person that are not over, which ends last first."""
    query = select(Standby).where(
        Standby.staff_id == actor.id, col(Standby.until) > now, col(Standby.left_at).is_(None)
    )
    return (await db.exec(query.order_by(col(Standby.until).desc()))).all()


async def _shifts(db: AsyncSession, actor: Actor, now: datetime) -> list[Shift]:
    """Those of rosters that are kept, which have not ended and begin within the week."""
    query = (
        select(Shift)
        .join(Roster, col(Roster.id) == Shift.roster_id)
        .where(Shift.staff_id == actor.id, col(Shift.ends) > now, col(Shift.starts) <= now + rules.AHEAD)
        .where(col(Roster.closed_at).is_(None))
    )
    return list((await db.exec(query)).all())
