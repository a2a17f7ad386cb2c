"""The working calendars of the hospitals: loads them, fills them from the library, changes them."""

from collections.abc import Collection
from datetime import date, time

import chinese_calendar  # type: ignore[import-untyped]
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.people.model import CalendarDay, DayKind, Hospital
from telemed.people.rules import WorkingTime

EVERYBODY = ""  # in place of a hospital


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
        )
        for each in (await db.exec(every)).all()
    }


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
