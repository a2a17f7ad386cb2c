"""All rosters of some hospitals, loaded once: many shifts are entered without asking the database about each.

A line is whoever has one place (顺位) of a roster from one moment on: somebody, or several who are called together.
What a line says takes the place of what was there; shifts that no line speaks of stay.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.people.model import Department, Hospital, HospitalKind, Staff
from telemed.rosters import rules, service
from telemed.rosters.model import Covers, Roster, RosterKind, Shift
from telemed.rosters.schemas import RosterIn, RosterSettings

LOOKS_BACK: Final = timedelta(days=62)  # a file of this month or the last may hold what is over
NEW: Final = RosterSettings(covers=Covers.always, day_starts="08:00", night_starts="18:00")


class Person(NamedTuple):
    """`open`: their account is not disabled."""

    id: UUID
    hospital_id: str
    number: str
    name: str
    department_id: UUID | None
    specialty: str
    roles: frozenset[Role]
    open: bool


@dataclass
class Kept:
    """A roster, or one that could be kept (`is_kept` False), with its shifts of these weeks and those to come."""

    roster: Roster
    hospital: Hospital
    is_kept: bool
    shifts: list[Shift] = field(default_factory=list)

    def at(self, starts: datetime, place: int) -> list[Shift]:
        return [each for each in self.shifts if (each.starts, each.place) == (starts, place)]


@dataclass
class Line:
    """What one place says from one moment on; nobody: it is taken out. `fault`: why it cannot be entered."""

    kept: Kept
    starts: datetime
    place: int
    ends: datetime
    people: list[UUID]
    note: str
    fault: str = ""
    person: UUID | None = None  # whom the fault is about

    def shifts(self) -> list[Shift]:
        return [
            Shift(
                roster_id=self.kept.roster.id,
                staff_id=each,
                starts=self.starts,
                ends=self.ends,
                place=self.place,
                note=self.note,
            )
            for each in self.people
        ]


@dataclass
class RosterBook:
    departments: list[Department]
    people: dict[UUID, Person]
    kept: dict[tuple[str, RosterKind, str], Kept]

    @staticmethod
    async def load(db: AsyncSession, hospitals: Sequence[Hospital], now: datetime, *, lock: bool) -> "RosterBook":
        """`lock`: nobody else changes these rosters until the transaction ends."""
        ids = [each.id for each in hospitals]
        of = select(Department).where(col(Department.hospital_id).in_(ids))
        departments = list((await db.exec(of.order_by(col(Department.name), col(Department.id)))).all())
        people = await _people(db, ids, {each.id: each.specialty for each in departments})
        query = select(Roster).where(col(Roster.hospital_id).in_(ids)).order_by(col(Roster.id))
        rows = (await db.exec(query.with_for_update() if lock else query)).all()
        known = {(each.hospital_id, each.kind, each.subject): each for each in rows}
        book = RosterBook(departments, people, {})
        for hospital in hospitals:
            for kind, subject in book._subjects(hospital):
                key = (hospital.id, kind, subject)
                row = known.get(key) or Roster(hospital_id=hospital.id, kind=kind, subject=subject, **NEW.model_dump())
                book.kept[key] = Kept(row, hospital, is_kept=key in known and row.closed_at is None)
        await book._load_shifts(db, now - LOOKS_BACK)
        return book

    def _subjects(self, hospital: Hospital) -> list[tuple[RosterKind, str]]:
        own = [each for each in self.departments if each.hospital_id == hospital.id]
        words = dict.fromkeys(each.specialty for each in own) if hospital.kind is HospitalKind.hub else ()
        return [
            *((RosterKind.specialty, each) for each in words),
            *((RosterKind.department, str(each.id)) for each in own),
            *((RosterKind.role, each) for each in rules.ROLES[hospital.kind]),
        ]

    async def _load_shifts(self, db: AsyncSession, since: datetime) -> None:
        by_id = {each.roster.id: each for each in self.kept.values()}
        query = select(Shift).where(col(Shift.roster_id).in_(by_id), col(Shift.starts) > since)
        for each in (await db.exec(query.order_by(col(Shift.starts), col(Shift.place), col(Shift.id)))).all():
            by_id[each.roster_id].shifts.append(each)

    def able(self, kept: Kept) -> set[UUID]:
        """Who can be put on it, as `choices.able` finds them."""
        return {each.id for each in self.people.values() if not self.why_not(kept, each)}

    def why_not(self, kept: Kept, person: Person) -> str:
        """Why somebody cannot be put on this roster: `elsewhere`, `disabled`, `role`, `department`, or ""."""
        roster = kept.roster
        if person.hospital_id != roster.hospital_id:
            return "elsewhere"
        if not person.open:
            return "disabled"
        if not person.roles & set(rules.roles_for(roster.kind, roster.subject, kept.hospital.kind)):
            return "role"
        there = {RosterKind.department: str(person.department_id), RosterKind.specialty: person.specialty}
        return "department" if there.get(roster.kind, roster.subject) != roster.subject else ""

    def judge(self, lines: Iterable[Line], now: datetime) -> None:
        """Sets the fault of each line that cannot be entered beside the others and what is there."""
        by_roster: dict[UUID, list[Line]] = defaultdict(list)
        for each in lines:
            by_roster[each.kept.roster.id].append(each)
        for some in by_roster.values():
            able = self.able(some[0].kept)
            while faulty := _faulty([each for each in some if not each.fault], able, now):
                for line, reason, person in faulty:
                    line.fault, line.person = line.fault or reason, line.person or person

    async def write(self, db: AsyncSession, by: Actor | None, lines: Iterable[Line], now: datetime) -> None:
        """Enters those without fault, roster by roster."""
        by_roster: dict[UUID, list[Line]] = defaultdict(list)
        for each in lines:
            if not each.fault:
                by_roster[each.kept.roster.id].append(each)
        for some in by_roster.values():
            kept = some[0].kept
            before, wanted, others = _beside(some)
            if {rules.said(each) for each in before} == {rules.said(each) for each in wanted}:
                continue
            if not kept.is_kept:
                new = RosterIn(**NEW.model_dump(), kind=kept.roster.kind, subject=kept.roster.subject)
                await service.keep(db, by, kept.roster, new, now)
            await service.replace(db, by, kept.roster, kept.hospital, before, wanted, others, None, now)


async def _people(db: AsyncSession, hospitals: Sequence[str], specialties: dict[UUID, str]) -> dict[UUID, Person]:
    roles: dict[UUID, set[Role]] = defaultdict(set)
    held = select(AccountRole.account_id, AccountRole.role).join(Account, col(Account.id) == AccountRole.account_id)
    for id, role in (await db.exec(held.where(col(Account.hospital_id).in_(hospitals)))).all():
        roles[id].add(Role(role))
    query = (
        select(Staff, col(Account.disabled_at))
        .join(Account, col(Account.id) == Staff.id)
        .where(col(Staff.hospital_id).in_(hospitals))
    )
    return {
        each.id: Person(
            each.id,
            each.hospital_id,
            each.number,
            each.name,
            each.department_id,
            specialties.get(each.department_id, "") if each.department_id else "",
            frozenset(roles[each.id]),
            disabled is None,
        )
        for each, disabled in (await db.exec(query)).all()
    }


def _beside(lines: Sequence[Line]) -> tuple[list[Shift], list[Shift], list[Shift]]:
    """Of one roster: what these lines replace, what they say, and the other shifts near them."""
    kept, slots = lines[0].kept, {(each.starts, each.place) for each in lines}
    first, last = min(each.starts for each in lines), max(each.ends for each in lines)
    before = [each for each in kept.shifts if (each.starts, each.place) in slots]
    others = [
        each
        for each in kept.shifts
        if (each.starts, each.place) not in slots and each.starts < last and each.ends > first
    ]
    return before, [shift for each in lines for shift in each.shifts()], others


def _faulty(lines: list[Line], able: Collection[UUID], now: datetime) -> list[tuple[Line, str, UUID | None]]:
    """What is wrong with lines of one roster that all would be entered together."""
    if not lines:
        return []
    before, wanted, others = _beside(lines)
    whose = [line for line in lines for _ in line.people]
    may = {*able, *(each.staff_id for each in before)}
    found: list[tuple[Line, str, UUID | None]] = [
        (whose[n], reason, wanted[n].staff_id) for n, reason in rules.faults(wanted, others, None, may)
    ]
    had, has = {rules.said(each) for each in before}, {rules.said(each) for each in wanted}
    over = {(each.starts, each.place) for each in wanted if rules.said(each) not in had and each.ends <= now}
    over |= {(each.starts, each.place) for each in before if rules.said(each) not in has and each.ends <= now}
    return found + [(each, "shift_over", None) for each in lines if (each.starts, each.place) in over]
