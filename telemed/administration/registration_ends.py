"""备案 that ends within 60 days is asked to be renewed: by the person, by who keeps them, and by the branch."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from telemed.access.model import Account, Actor, Role
from telemed.administration import asking
from telemed.administration.asking import Key, keys
from telemed.administration.rules import WARNED_BEFORE, is_ending
from telemed.consultations.model import Consultation
from telemed.consultations.rules.states import BOOKED
from telemed.db import Database
from telemed.kit.clock import day_in
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.people.model import Registration, Staff
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import WORK, To, When

ENDING: Final = WORK.declare("registration")
DAY: Final = 24 * 60
ENDINGS: Final = ladders.declare(
    "registration",
    rung(When.before, 30 * DAY, To.asked),  # it has stood on their home pages for a month
    rung(When.before, 14 * DAY, To.asked),
    rung(When.before, 7 * DAY, To.asked),
    rung(When.due, 0, To.asked),
    rung(When.after, 7 * DAY, To.asked, again=True),
    asked=(ENDING,),
)
ASKED_AFTER: Final = timedelta(days=30)  # then whoever let it end meant to, unless sessions are booked


class Session(NamedTuple):
    """A booked consultation, without its patient."""

    number: str
    starts_at: datetime


async def review_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """One look at all registrations; writes only where something has changed."""
    async with database.read() as db:
        changed = await asking.compared(db, ENDING, await wanted(db, now))
    if changed:
        async with database.write() as db:
            await review(db, now)
    return {}


async def review(db: AsyncSession, now: datetime, by: Actor | None = None) -> None:
    await asking.bring_about(db, ENDING, ENDINGS, await wanted(db, now), now, by)


def end_of(registration: Registration, zone: str) -> datetime:
    """The midnight after its last day, at the hospital where it holds."""
    return datetime.combine(registration.valid_until + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


async def wanted(db: AsyncSession, now: datetime) -> dict[Key, dict[str, Any]]:
    zones, found = await people.zones(db), dict[Key, dict[str, Any]]()
    last = await _ending(db, now.date() + timedelta(days=1))
    sessions = await led_after(db, [each for each, _ in last], zones)
    offices: dict[str, Role] = {}
    for each, person in last:
        touched = len(sessions[each.id])
        if not _is_asked(each, day_in(zones[each.hospital_id], now), touched):
            continue
        if each.hospital_id not in offices:
            offices[each.hospital_id] = await _office(db, each.hospital_id)
        of = [
            (person.hospital_id, person.id, None),
            (person.hospital_id, None, Role.administrator),
            (each.hospital_id, None, offices[each.hospital_id]),
        ]
        note = {
            "staff_id": str(person.id),
            "name": person.name,
            "name_en": person.name_en,
            "hospital": each.hospital_id,
            "until": each.valid_until.isoformat(),
            "touched": touched,
        }
        found |= dict.fromkeys(keys(each.id, end_of(each, zones[each.hospital_id]), of), note)
    return found


def _is_asked(each: Registration, today: date, touched: int) -> bool:
    return is_ending(each.valid_until, today) and (touched > 0 or each.valid_until + ASKED_AFTER >= today)


async def _ending(db: AsyncSession, today: date) -> Sequence[tuple[Registration, Staff]]:
    """Of everybody who has not left, the last registration at each hospital, if it ends within 60 days or has ended."""
    query = last_ones().where(col(Registration.valid_until) < today + WARNED_BEFORE)
    return (await db.exec(query.order_by(col(Registration.id)))).all()


def last_ones() -> Select[Registration, Staff]:
    """For a query: of everybody who has not left, at each hospital the registration that ends last."""
    r, other = Registration, aliased(Registration)
    ends_later = or_(
        col(other.valid_until) > col(r.valid_until),
        and_(col(other.valid_until) == col(r.valid_until), col(other.valid_from) > col(r.valid_from)),
    )
    of_same = (col(other.staff_id) == col(r.staff_id)) & (col(other.hospital_id) == col(r.hospital_id))
    return (
        select(Registration, Staff)
        .join(Staff, col(Staff.id) == col(r.staff_id))
        .join(Account, col(Account.id) == col(Staff.id))
        .where(col(Account.disabled_at).is_(None), ~exists().where(of_same, ends_later))
    )


async def led_after(
    db: AsyncSession, registrations: Collection[Registration], zones: Mapping[str, str]
) -> dict[UUID, list[Session]]:
    """By registration, what is booked at its hospital under this person's lead after its end, the next first."""
    c = Consultation
    booked = (
        select(c.lead_id, c.branch_id, c.number, c.starts_at)
        .where(col(c.state).in_(BOOKED), col(c.lead_id).in_({each.staff_id for each in registrations}))
        .order_by(col(c.starts_at), col(c.id))
    )
    rows = (await db.exec(booked)).all() if registrations else []
    return {
        each.id: [
            Session(number or "", starts)
            for lead, branch, number, starts in rows
            if (lead, branch) == (each.staff_id, each.hospital_id)
            and starts is not None
            and day_in(zones[branch], starts) > each.valid_until
        ]
        for each in registrations
    }


async def _office(db: AsyncSession, hospital_id: str) -> Role:
    """Who renews it at the branch: the medical office, or where there is none the administrator."""
    return Role.reviewer if await holders(db, hospital_id, Role.reviewer) else Role.administrator
