"""今日值班: who is on duty now at one's own hospital and its partners, with telephone numbers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people import service as people
from telemed.people.calendars import working_times
from telemed.people.model import Department, Hospital, Staff
from telemed.people.rules import Span
from telemed.rosters import rules
from telemed.rosters.choices import able, named
from telemed.rosters.duty import begun_of
from telemed.rosters.model import Roster, Shift
from telemed.rosters.schemas import Next, OnDutyHospital, OnDutyOut, OnDutyPerson, OnDutyRoster, OwnShift
from telemed.rosters.service import KEEPERS, kept_at

MOST_OWN = 10  # of a person's shifts


async def on_duty_now(db: AsyncSession, actor: Actor, now: datetime) -> OnDutyOut:
    own = await people.hospital(db, actor.hospital_id)
    hospitals = [own, *(each for each in await people.partners_of(db, own.id, now) if each.id != own.id)]
    shown = await _rosters(db, {each.id: each for each in hospitals}, now)
    return OnDutyOut(
        at=now,
        hospitals=[
            OnDutyHospital(
                id=each.id,
                name=each.name,
                name_en=each.name_en,
                phone=each.coordinator_phone,
                rosters=shown[each.id],
            )
            for each in hospitals
        ],
        mine=await shifts_of(db, actor.id, now),
        may_keep=actor.has(*KEEPERS),
    )


async def _rosters(db: AsyncSession, hospitals: Mapping[str, Hospital], now: datetime) -> dict[str, list[OnDutyRoster]]:
    """By hospital its rosters as they are now."""
    rosters = await kept_at(db, hospitals)
    names, begun = await named(db, rosters), await begun_of(db, [each.id for each in rosters])
    shifts = await _around(db, rosters, now)
    staff = await people.staff_by_id(db, {each.staff_id for each in shifts})
    departments = {each.id: each for each in await people.departments(db)}
    calendars = await working_times(db, hospitals)
    moment = Span(now, now + rules.MOMENT)
    shown: dict[str, list[OnDutyRoster]] = {each: [] for each in hospitals}
    for each in rosters:
        theirs = [one for one in shifts if one.roster_id == each.id]
        people_on = await _people(db, each, hospitals[each.hospital_id], theirs, staff, departments, now)
        name, name_en = names[each.id]
        expected = each.id in begun and bool(rules.covered(each, calendars[each.hospital_id], moment))
        shown[each.hospital_id].append(
            OnDutyRoster(
                id=each.id,
                kind=each.kind,
                subject=each.subject,
                name=name,
                name_en=name_en,
                people=people_on,
                gap=expected and not people_on,
                next=_next(theirs, staff, now),
            )
        )
    return shown


async def _around(db: AsyncSession, rosters: Sequence[Roster], now: datetime) -> list[Shift]:
    """What is on now, and what begins within the next week."""
    query = select(Shift).where(
        col(Shift.roster_id).in_([each.id for each in rosters]),
        col(Shift.starts) > now - rules.LONGEST,
        col(Shift.starts) <= now + rules.AHEAD,
        col(Shift.ends) > now,
    )
    return list((await db.exec(query)).all())


async def _people(
    db: AsyncSession,
    roster: Roster,
    hospital: Hospital,
    shifts: Iterable[Shift],
    staff: Mapping[UUID, Staff],
    departments: Mapping[UUID, Department],
    now: datetime,
) -> list[OnDutyPerson]:
    """Those who would be called now, each once, in their order."""
    on = rules.on_at(shifts, now)
    eligible = await able(db, hospital, roster) if on else set()
    found: dict[UUID, OnDutyPerson] = {}
    for each in on:
        if each.staff_id in eligible and each.staff_id not in found:
            of = staff[each.staff_id]
            department = departments.get(of.department_id) if of.department_id else None
            found[of.id] = OnDutyPerson(
                id=of.id,
                name=of.name,
                name_en=of.name_en,
                title=of.title,
                department=department.name if department else "",
                department_en=department.name_en if department else "",
                phone=of.phone,
                place=each.place,
                until=each.ends,
                note=each.note,
            )
    return list(found.values())


def _next(shifts: Iterable[Shift], staff: Mapping[UUID, Staff], now: datetime) -> Next | None:
    """The first who begin after now."""
    coming = sorted((each for each in shifts if each.starts > now), key=lambda each: (each.starts, each.place))
    if not coming:
        return None
    first = [staff[each.staff_id] for each in coming if each.starts == coming[0].starts]
    return Next(at=coming[0].starts, people=[each.name for each in first], people_en=[each.name_en for each in first])


async def shifts_of(db: AsyncSession, staff_id: UUID, now: datetime) -> list[OwnShift]:
    """A person's shifts that have not ended, the next first; the first few."""
    query = (
        select(Shift, Roster)
        .join(Roster, col(Roster.id) == Shift.roster_id)
        .where(Shift.staff_id == staff_id, col(Shift.ends) > now)
        .order_by(col(Shift.starts), col(Shift.id))
        .limit(MOST_OWN)
    )
    found = (await db.exec(query)).all()
    names = await named(db, list({roster.id: roster for _, roster in found}.values()))
    return [
        OwnShift(
            kind=roster.kind,
            subject=roster.subject,
            name=names[roster.id][0],
            name_en=names[roster.id][1],
            starts=shift.starts,
            ends=shift.ends,
            place=shift.place,
        )
        for shift, roster in found
    ]
