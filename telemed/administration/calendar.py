"""Working hours and holidays in the hands of administrators: a hub's enters what holds for all, each the own days."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration import years
from telemed.administration.calendar_schemas import (
    CalendarYear,
    ChangeOut,
    DayOut,
    DaysIn,
    HoursIn,
    HoursKept,
    ListIn,
    ListOut,
    RefusedOut,
)
from telemed.audit.service import changed, record
from telemed.errors import Conflict, Invalid, NotAllowed, Stale
from telemed.kit.clock import day_in
from telemed.people import day_files
from telemed.people import service as people
from telemed.people.calendars import EVERYBODY, DayChange, change_days, days_of, working_times
from telemed.people.model import CalendarDay, Hospital, HospitalKind
from telemed.people.rules import ever_together, week_of

HOURS: Final = {"work_starts", "work_ends", "week", "single_signature"}


async def calendar(db: AsyncSession, actor: Actor, year: int, now: datetime) -> CalendarYear:
    hospital = await people.hospital(db, actor.hospital_id)
    first, last = date(year, 1, 1), date(year, 12, 31)
    return CalendarYear(
        year=year,
        this_year=day_in(hospital.time_zone, now).year,
        years=sorted((await working_times(db, [hospital.id]))[hospital.id].years),
        of_all=[_day(each) for each in await days_of(db, EVERYBODY, first, last)],
        own=[_day(each) for each in await days_of(db, hospital.id, first, last)],
        may_edit_all=hospital.kind is HospitalKind.hub,
        hours=_hours(hospital),
    )


async def change(db: AsyncSession, actor: Actor, new: DaysIn, now: datetime) -> None:
    """Enters days, for all or for one's own hospital; a year that is entered waits for nobody any more."""
    whose = await _whose(db, actor, of_all=new.of_all)
    if len({each.date for each in new.days}) < len(new.days):
        raise Invalid("A day is named twice.", reason="day_twice")
    entered = [DayChange(each.date, each.before, each.kind, each.name) for each in new.days]
    was = await change_days(db, whose, entered)
    change = changed(_said(was.values()), _said(entered))
    record(db, actor, "calendar.changed", whose or "all", now, change=change)
    await years.review(db, now, by=actor)


async def read(db: AsyncSession, actor: Actor, new: ListIn) -> ListOut:
    """What a list would change; nothing is written."""
    whose = await _whose(db, actor, of_all=new.of_all)
    listed = await asyncio.to_thread(day_files.read, new.text)  # a long calendar file takes most of a second
    dates = [each.date for each in listed.entries]
    known = {each.date: each for each in await days_of(db, whose, min(dates), max(dates))} if dates else {}
    found = [
        ChangeOut(line=line, date=day, kind=kind, name=name, before=known[day].kind if day in known else None)
        for line, day, kind, name in listed.entries
    ]
    changes = [each for each in found if each.before != each.kind or known[each.date].name != each.name]
    return ListOut(
        changes=changes,
        same=len(found) - len(changes),
        refused=[RefusedOut(line=line, text=text, reason=why) for line, text, why in listed.refused],
        more_refused=listed.more_refused,
    )


async def change_hours(db: AsyncSession, actor: Actor, version: int, new: HoursIn, now: datetime) -> HoursKept:
    """The hours of one's own hospital. Raises Stale, and Conflict if they meet those of a partner no longer."""
    row = (await db.exec(select(Hospital).where(col(Hospital.id) == actor.hospital_id).with_for_update())).one()
    if row.version != version:
        raise Stale("It has changed since you read it.", current=_hours(row).model_dump(mode="json"))
    await _refuse_never_together(db, row.id, new, now)
    before = row.model_dump(include=HOURS)
    row.work_starts, row.work_ends, row.week = new.starts, new.ends, new.week
    if new.single_signature is not None:
        row.single_signature = new.single_signature
    row.version += 1
    record(db, actor, "hours.changed", row.id, now, change=changed(before, row.model_dump(include=HOURS)))
    return _hours(row)


async def _refuse_never_together(db: AsyncSession, hospital_id: str, new: HoursIn, now: datetime) -> None:
    """Where two hospitals with an agreement never work at the same time, nothing between them is due in working time.

    Two whose hours do not meet already are not held to it: one of them must begin to mend it.
    """
    partners = await people.partners_of(db, hospital_id, now)
    calendars = await working_times(db, {hospital_id, *(each.id for each in partners)})
    was = calendars[hospital_id]
    becomes = replace(
        was, starts=time.fromisoformat(new.starts), ends=time.fromisoformat(new.ends), week=week_of(new.week)
    )
    lost = [
        each
        for each in partners
        if ever_together(was, calendars[each.id], now) and not ever_together(becomes, calendars[each.id], now)
    ]
    if lost:
        raise Conflict(
            "These hours never meet those of a hospital with which there is an agreement.",
            reason="no_common_hours",
            hospitals="、".join(each.name for each in lost),
            hospitals_en=", ".join(each.name_en for each in lost),
        )


async def _whose(db: AsyncSession, actor: Actor, *, of_all: bool) -> str:
    """Whose days they are. Raises NotAllowed."""
    if not of_all:
        return actor.hospital_id
    if (await people.hospital(db, actor.hospital_id)).kind is not HospitalKind.hub:
        raise NotAllowed("Only the hub's administrator enters the days of all.", reason="hub_administrator")
    return EVERYBODY


def _said(days: Iterable[DayChange]) -> dict[str, dict[str, str]]:
    """By date; a day that is taken out is none."""
    return {str(each.date): {"kind": each.kind, "name": each.name} for each in days if each.kind is not None}


def _day(row: CalendarDay) -> DayOut:
    return DayOut(date=row.date, kind=row.kind, name=row.name)


def _hours(row: Hospital) -> HoursKept:
    return HoursKept(
        version=row.version,
        starts=row.work_starts,
        ends=row.work_ends,
        week=row.week,
        single_signature=row.single_signature,
    )
