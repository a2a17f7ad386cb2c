"""The demonstration's rosters: who is on duty at the hub and the branches, from yesterday on for two weeks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from telemed.access.model import Role
from telemed.db import Database
from telemed.demo.foundation import Foundation
from telemed.demo.images.person import ZONE
from telemed.people.rules import Span
from telemed.rosters import service
from telemed.rosters.model import Covers, RosterKind
from telemed.rosters.schemas import PlanIn, RosterIn, ShiftIn

DAY_STARTS, NIGHT_STARTS = "08:00", "18:00"
DAYS = 15
ALONE = 3  # days, with yesterday, in which the one cardiologist who can sign in is on duty alone
DAY, NIGHT, BOTH = (0,), (1,), (0, 1)


class Duty(NamedTuple):
    """Somebody's part of a roster: in which shifts, in which place, on which days of a turn of so many."""

    username: str
    shifts: tuple[int, ...] = BOTH
    place: int = 1
    turn: tuple[int, int] = (0, 1)


class RosterText(NamedTuple):
    keeper: str
    kind: RosterKind
    subject: str  # of a department its specialty
    duties: tuple[Duty, ...]
    covers: Covers = Covers.always


ROSTERS = (
    RosterText(
        "coordinator",
        RosterKind.specialty,
        "cardiology",
        (
            Duty("cardiologist", turn=(0, 2)),
            Duty("expert", place=2, turn=(0, 2)),
            Duty("expert", turn=(1, 2)),
            Duty("cardiologist", place=2, turn=(1, 2)),
        ),
    ),
    RosterText("coordinator", RosterKind.specialty, "respiratory", (Duty("expert2"),)),
    RosterText("admin", RosterKind.role, Role.duty_officer, (Duty("duty"),)),
    RosterText("admin", RosterKind.role, Role.coordinator, (Duty("coordinator", DAY),), Covers.working),
    RosterText("wuxi.admin", RosterKind.role, Role.duty_officer, (Duty("wuxi.duty"),)),
    RosterText(
        "wuxi.admin",
        RosterKind.department,
        "cardiology",
        (Duty("wuxi.doctor", DAY), Duty("wuxi.chief", NIGHT)),
    ),
    RosterText("jiashan.admin", RosterKind.department, "general_medicine", (Duty("jiashan.doctor"),)),
)
FIRST_DAYS = (Duty("expert"),)  # of cardiology: an emergency rings at once at somebody who can be looked at


async def keep_rosters(database: Database, made: Foundation, now: datetime) -> None:
    first = now.astimezone(ZONE).date() - timedelta(days=1)
    for each in ROSTERS:
        keeper = made.actors[each.keeper]
        of_department = each.kind is RosterKind.department
        subject = str(made.departments[keeper.hospital_id, each.subject]) if of_department else each.subject
        async with database.write() as db:
            new = RosterIn(
                kind=each.kind, subject=subject, covers=each.covers, day_starts=DAY_STARTS, night_starts=NIGHT_STARTS
            )
            roster = await service.make(db, keeper, new, now)
            shifts = [
                ShiftIn(staff_id=made.actors[duty.username].id, starts=start, ends=end, place=duty.place)
                for n in range(DAYS)
                for duty in _on(each, n)
                for start, end in _spans(first + timedelta(days=n), duty)
                if end > now
            ]
            await service.save(
                db, keeper, roster.id, roster.version, PlanIn(first=first, days=DAYS, shifts=shifts), now
            )


def _spans(day: date, duty: Duty) -> Iterator[Span]:
    begins, night = (datetime.combine(day, time.fromisoformat(each), ZONE) for each in (DAY_STARTS, NIGHT_STARTS))
    halves = (Span(begins, night), Span(night, begins + timedelta(days=1)))
    yield from (halves[each] for each in duty.shifts)


def _on(roster: RosterText, n: int) -> Iterator[Duty]:
    if roster.subject == "cardiology" and roster.kind is RosterKind.specialty and n < ALONE:
        yield from FIRST_DAYS
        return
    yield from (each for each in roster.duties if n % each.turn[1] == each.turn[0])
