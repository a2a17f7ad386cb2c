"""The working calendars come from rows, which the library fills first."""

from datetime import date

from sqlmodel import select

from telemed.db import Database
from telemed.people.calendars import fill, working_times
from telemed.people.model import CalendarDay, DayKind
from tests.telemed.conftest import World


async def test_the_years_that_the_library_knows_are_entered_at_the_start(world: World, db: Database) -> None:
    async with db.read() as session:
        hub = (await working_times(session, ["ruijin"]))["ruijin"]
    assert not hub.works_on(date(2026, 10, 1))
    assert hub.works_on(date(2026, 10, 10))
    assert all(hub.works_on(each) is not (each.weekday() < 5) for each in hub.days)


async def test_a_hospital_s_own_day_wins_over_that_of_all(world: World, db: Database) -> None:
    async with db.write() as session:
        session.add(CalendarDay(hospital_id="wuxi", date=date(2026, 10, 1), kind=DayKind.work))
    async with db.read() as session:
        both = await working_times(session)
    assert both["wuxi"].works_on(date(2026, 10, 1))
    assert not both["ruijin"].works_on(date(2026, 10, 1))


async def test_what_somebody_has_entered_stays(db: Database) -> None:
    async with db.write() as session:
        for each in (await session.exec(select(CalendarDay))).all():
            await session.delete(each)
        session.add(CalendarDay(date=date(2026, 5, 1), kind=DayKind.off))
    await fill(db)
    async with db.read() as session:
        days = (await session.exec(select(CalendarDay))).all()
    assert [each.date for each in days if each.date.year == 2026] == [date(2026, 5, 1)]
    assert any(each.date.year == 2025 for each in days)
