"""Asks whoever keeps a roster to fill a gap of the next seven days, until somebody has."""

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.db import Database
from telemed.people.calendars import working_times
from telemed.people.duty import holders
from telemed.people.model import Hospital, HospitalKind
from telemed.people.rules import Span
from telemed.rosters import service as rosters
from telemed.rosters.choices import named
from telemed.rosters.duty import begun_of
from telemed.rosters.model import Roster, RosterKind
from telemed.work import deadlines, ladders
from telemed.work.duty import on_duty
from telemed.work.ladders import rung
from telemed.work.model import WORK, To, When, WorkItem
from telemed.work.service import ask, finish

GAP: Final = WORK.declare("roster_gap")
DAY: Final = 24 * 60
# Only its keepers fill it, so nobody else is told; meanwhile an emergency calls everybody at once.
GAPS: Final = ladders.declare(
    "roster_gap",
    rung(When.before, DAY, To.asked),
    rung(When.due, 0, To.asked),
    rung(When.after, DAY, To.asked, again=True),
    asked=(GAP,),
)


class Wanted(NamedTuple):
    """The next gap of a roster, and who fills it."""

    roster: Roster
    gap: Span
    role: Role
    department_id: UUID | None


async def review_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """One look at all rosters; writes only where something has changed."""
    async with database.read() as db:
        new, over = await _changes(db, now)
    if new or over:
        async with database.write() as db:
            await review(db, now)
    return {}


async def review(db: AsyncSession, now: datetime) -> None:
    """Asks for gaps that nobody is asked for, and asks no more for those that are filled."""
    new, over = await _changes(db, now)
    for each in over:
        await finish(db, each.about_id, [GAP], None, now)
    names = await named(db, [each.roster for each in new])
    for roster, gap, role, department_id in new:
        name, name_en = names[roster.id]
        note = {
            "kind": roster.kind,
            "subject": roster.subject,
            "name": name,
            "name_en": name_en,
            "starts": gap.start.isoformat(),
        }
        ask(
            db,
            GAP,
            roster.id,
            roster.hospital_id,
            now,
            role=role,
            department_id=department_id,
            due_at=gap.start,
            note=note,
        )
        await deadlines.begin_at_hospital(db, roster.hospital_id, GAPS, max(gap.start, now), now, on_duty)


async def _changes(db: AsyncSession, now: datetime) -> tuple[list[Wanted], list[WorkItem]]:
    """What is to be asked for, and the items of gaps that are filled or another's by now."""
    wanted = {each.roster.id: each for each in await _gaps(db, now)}
    query = select(WorkItem).where(WorkItem.kind == GAP, col(WorkItem.done_at).is_(None))
    asked = (await db.exec(query)).all()

    def stands(item: WorkItem) -> bool:
        """A gap that has begun is looked at from now on only, and is the same still."""
        of = wanted.get(item.about_id)
        since = datetime.fromisoformat(item.note["starts"])
        return of is not None and item.role == of.role and (since == of.gap.start or since <= of.gap.start <= now)

    standing = {each.about_id for each in asked if stands(each)}
    return [each for id, each in wanted.items() if id not in standing], [each for each in asked if not stands(each)]


async def _gaps(db: AsyncSession, now: datetime) -> list[Wanted]:
    """Of each roster that has begun the next gap within seven days."""
    hospitals = {each.id: each for each in (await db.exec(select(Hospital))).all()}
    kept = await rosters.kept_at(db, hospitals)
    begun = await begun_of(db, [each.id for each in kept])
    calendars = await working_times(db)
    found = []
    for roster in kept:
        hospital = hospitals[roster.hospital_id]
        gaps = await rosters.gaps_ahead(db, hospital, roster, calendars[hospital.id], now) if roster.id in begun else []
        if gaps:
            found.append(Wanted(roster, gaps[0], *await _keeper(db, roster, hospital)))
    return found


async def _keeper(db: AsyncSession, roster: Roster, hospital: Hospital) -> tuple[Role, UUID | None]:
    """A department's dispatcher, the hub's coordinators for experts and themselves, else the administrator."""
    if roster.kind is RosterKind.department:
        department = UUID(roster.subject)
        if await holders(db, hospital.id, Role.dispatcher, department):
            return Role.dispatcher, department
    at_centre = roster.kind is not RosterKind.role or roster.subject == Role.coordinator
    if hospital.kind is HospitalKind.hub and at_centre and await holders(db, hospital.id, Role.coordinator):
        return Role.coordinator, None
    return Role.administrator, None
