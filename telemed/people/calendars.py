"""The working calendars of the hospitals: loads them, fills them from the library, changes them."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import NamedTuple

import chinese_calendar  # type: ignore[import-untyped]
from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.errors import Conflict
from telemed.people.model import CalendarDay, DayKind, Hospital, HospitalKind
from telemed.people.rules import WorkingTime, week_of

EVERYBODY = ""  # in place of a hospital


class DayChange(NamedTuple):
    """What a day was when it was read, and what it becomes; None: as on others of its weekday."""

    date: date
    before: DayKind | None
    kind: DayKind | None
    name: str = ""


async def working_times(db: AsyncSession, ids: Collection[str] | None = None) -> dict[str, WorkingTime]:
    """The calendars of these hospitals, or of all; a hospital's own days win over those of all."""
    every, named = select(Hospital), select(CalendarDay)
    if ids is not None:
        every = every.where(col(Hospital.id).in_(ids))
        named = named.where(col(CalendarDay.hospital_id).in_([EVERYBODY, *ids]))
    days: dict[str, dict[date, bool]] = {}
    for each in (await db.exec(named)).all():
        days.setdefault(each.hospital_id, {})[each.date] = each.kind is DayKind.work
    return {
        each.id: WorkingTime(
            each.time_zone,
            time.fromisoformat(each.work_starts),
            time.fromisoformat(each.work_ends),
            days.get(EVERYBODY, {}) | days.get(each.id, {}),
            week_of(each.week),
            {day.year for day in days.get(EVERYBODY, {})},
        )
        for each in (await db.exec(every)).all()
    }


async def years_entered(db: AsyncSession) -> list[int]:
    """The years whose public holidays somebody has entered, for all hospitals."""
    year = func.extract("year", col(CalendarDay.date))
    query = select(year).where(CalendarDay.hospital_id == EVERYBODY).distinct()
    return sorted(int(each) for each in (await db.exec(query)).all())


async def fill(database: Database, since: int = 2025) -> None:
    """Enters the years that the library knows and of which nobody has entered a day, for all hospitals."""
    async with database.read() as db:
        rows = (await db.exec(select(CalendarDay).where(CalendarDay.hospital_id == EVERYBODY))).all()
    entered = {each.date.year for each in rows}
    known = {each: DayKind.off for each in chinese_calendar.holidays if each.weekday() < 5}
    known |= {each: DayKind.work for each in chinese_calendar.workdays if each.weekday() >= 5}
    new = [
        CalendarDay(date=day, kind=kind) for day, kind in known.items() if day.year >= since and day.year not in entered
    ]
    if new:
        async with database.write() as db:
            db.add_all(new)


async def days_of(db: AsyncSession, hospital_id: str, first: date, last: date) -> list[CalendarDay]:
    """The days that are entered for this hospital alone, or for all (EVERYBODY)."""
    d = CalendarDay
    query = select(d).where(d.hospital_id == hospital_id, col(d.date) >= first, col(d.date) <= last)
    return list((await db.exec(query.order_by(col(d.date)))).all())


async def change_days(db: AsyncSession, hospital_id: str, changes: Sequence[DayChange]) -> dict[date, DayChange]:
    """Enters, changes and takes out days; returns what they were, without those that were none.

    Raises Conflict if one is no longer what it was when it was read.
    """
    await _lock(db, hospital_id)
    dates = [each.date for each in changes]
    found = {each.date: each for each in await days_of(db, hospital_id, min(dates), max(dates))}
    kinds = {each: row.kind for each, row in found.items()}
    if moved := sorted(each.date for each in changes if kinds.get(each.date) is not each.before):
        raise Conflict("Somebody else changed these days.", reason="days_changed", dates=[str(day) for day in moved])
    was = {day: DayChange(day, None, row.kind, row.name) for day, row in found.items() if day in set(dates)}
    for each in changes:
        row = found.get(each.date)
        if each.kind is None:
            if row is not None:
                await db.delete(row)
        elif row is None:
            db.add(CalendarDay(hospital_id=hospital_id, date=each.date, kind=each.kind, name=each.name))
        else:
            row.kind, row.name = each.kind, each.name
    await db.flush()
    return was


async def _lock(db: AsyncSession, hospital_id: str) -> None:
    """Lets one after the other change the days of a hospital; a day not entered yet has no row that could be locked.

    For the days of all the first hub's row stands. Whoever refers to the hospital meanwhile is not held up.
    """
    one = select(Hospital.id).order_by(col(Hospital.id)).limit(1).with_for_update(key_share=True)
    is_theirs = col(Hospital.kind) == HospitalKind.hub if hospital_id == EVERYBODY else col(Hospital.id) == hospital_id
    (await db.exec(one.where(is_theirs))).one()
