"""Asks the administrators of hubs to enter the public holidays of a year before it begins."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.db import Database
from telemed.people.calendars import working_times
from telemed.people.model import Hospital, HospitalKind
from telemed.people.rules import years_to_enter
from telemed.work import deadlines, ladders
from telemed.work.duty import on_duty
from telemed.work.ladders import rung
from telemed.work.model import WORK, To, When, WorkItem
from telemed.work.service import ask, finish

HOLIDAYS: Final = WORK.declare("holidays")
DAY: Final = 24 * 60
# Only administrators enter them, so nobody else is told; again each week while none has.
YEARS: Final = ladders.declare(
    "holidays",
    rung(When.before, 14 * DAY, To.asked),
    rung(When.due, 0, To.asked),
    rung(When.after, 7 * DAY, To.asked, again=True),
    asked=(HOLIDAYS,),
)
_NAMES: Final = UUID("6f9a8f43-7f0c-5b39-9a3e-6d0f1c1c5d52")  # of these ids, so that each year has one of its own


def about(hospital_id: str, year: int) -> UUID:
    return uuid5(_NAMES, f"{hospital_id}:{year}")


async def review_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """One look at all hubs; writes only where something has changed."""
    async with database.read() as db:
        new, over = await _changes(db, now)
    if new or over:
        async with database.write() as db:
            await review(db, now)
    return {}


async def review(db: AsyncSession, now: datetime, by: Actor | None = None) -> None:
    """Asks for the years that nobody has entered, and asks no more for those that somebody has."""
    new, over = await _changes(db, now)
    for hospital, zone, year in new:
        begins = datetime.combine(date(year, 1, 1), datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
        ask(
            db,
            HOLIDAYS,
            about(hospital, year),
            hospital,
            now,
            role=Role.administrator,
            due_at=begins,
            note={"year": year},
        )
        # One that has begun already is due now; who enters the next year is told of it too, when it is.
        await deadlines.begin_at_hospital(db, hospital, YEARS, max(begins, now), now, on_duty)
    for each in over:
        await finish(db, each.about_id, [HOLIDAYS], by, now)


async def _changes(db: AsyncSession, now: datetime) -> tuple[list[tuple[str, str, int]], list[WorkItem]]:
    """What is to be asked for: hub, its zone, year; and the items that ask for what is entered."""
    calendars = await working_times(db, await _hubs(db))
    wanted = {
        about(hospital, year): (hospital, calendars[hospital].zone, year)
        for hospital, years in years_to_enter(calendars, now).items()
        for year in years
    }
    asked = await _asked(db)
    open_ones = {each.about_id for each in asked}
    return (
        [each for id, each in wanted.items() if id not in open_ones],
        [each for each in asked if each.about_id not in wanted],
    )


async def _hubs(db: AsyncSession) -> Sequence[str]:
    return (await db.exec(select(Hospital.id).where(Hospital.kind == HospitalKind.hub))).all()


async def _asked(db: AsyncSession) -> list[WorkItem]:
    query = select(WorkItem).where(WorkItem.kind == HOLIDAYS, col(WorkItem.done_at).is_(None))
    return list((await db.exec(query)).all())
