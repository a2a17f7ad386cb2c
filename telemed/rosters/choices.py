"""Of whom a hospital can keep a roster, what each is called, and who can be put on it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Role
from telemed.people.duty import departments, held_at, holders
from telemed.people.model import Department, Hospital, HospitalKind, Staff
from telemed.rosters.model import Roster, RosterKind
from telemed.rosters.rules import ROLES, roles_for
from telemed.rosters.schemas import Subject


async def subjects(db: AsyncSession, hospital: Hospital) -> list[Subject]:
    """Where somebody could be on duty: at the hub its experts' specialties and departments, at a branch its departments
    with clinicians; and the roles that somebody has.
    """
    rows = await _departments(db, [hospital.id])
    staffed = await _staffed(db, hospital)
    there = [each for each in rows if each.id in staffed]
    found = [
        Subject(kind=RosterKind.department, subject=str(each.id), name=each.name, name_en=each.name_en)
        for each in there
    ]
    if hospital.kind is HospitalKind.hub:
        words = dict.fromkeys(each.specialty for each in there)
        found = [_of_specialty(each, there) for each in words] + found
    held = await held_at(db, hospital.id)
    roles = [each for each in ROLES[hospital.kind] if each in held]
    return found + [Subject(kind=RosterKind.role, subject=each, name="", name_en="") for each in roles]


def _of_department(row: Department) -> Subject:
    return Subject(kind=RosterKind.department, subject=str(row.id), name=row.name, name_en=row.name_en)


def _of_specialty(word: str, rows: Sequence[Department]) -> Subject:
    name, name_en = _together([each for each in rows if each.specialty == word])
    return Subject(kind=RosterKind.specialty, subject=word, name=name, name_en=name_en)


def _together(rows: Sequence[Department]) -> tuple[str, str]:
    names, names_en = (dict.fromkeys(each) for each in zip(*((row.name, row.name_en) for row in rows), strict=True))
    return "、".join(names), ", ".join(names_en)


async def named(db: AsyncSession, rosters: Sequence[Roster]) -> dict[UUID, tuple[str, str]]:
    """By roster what its department or specialty is called; a role is called by whoever shows it."""
    rows = await _departments(db, {each.hospital_id for each in rosters})
    found = {}
    for each in rosters:
        of = [row for row in rows if row.hospital_id == each.hospital_id and _is_of(row, each)]
        found[each.id] = _together(of) if of else ("", "")
    return found


def _is_of(row: Department, roster: Roster) -> bool:
    if roster.kind is RosterKind.department:
        return str(row.id) == roster.subject
    return roster.kind is RosterKind.specialty and row.specialty == roster.subject


async def able(db: AsyncSession, hospital: Hospital, roster: Roster) -> set[UUID]:
    """Who can be put on it: with the right, in the department or specialty, with an open account."""
    found = set[UUID]()
    for role in roles_for(roster.kind, roster.subject, hospital.kind):
        found.update(await holders(db, hospital.id, role))
    match roster.kind:
        case RosterKind.role:
            return found
        case RosterKind.department:
            of = departments(hospital.id, "", UUID(roster.subject))
        case RosterKind.specialty:
            of = departments(hospital.id, roster.subject, None)
    query = select(Staff.id).where(col(Staff.department_id).in_(select(Department.id).where(of)))
    return found & set((await db.exec(query)).all())


async def _departments(db: AsyncSession, hospitals: Sequence[str] | set[str]) -> list[Department]:
    query = select(Department).where(col(Department.hospital_id).in_(hospitals))
    return list((await db.exec(query.order_by(col(Department.name), col(Department.id)))).all())


async def _staffed(db: AsyncSession, hospital: Hospital) -> set[UUID | None]:
    """The departments in which somebody can be on duty."""
    roles: tuple[Role, ...] = roles_for(RosterKind.department, "", hospital.kind)
    able = {each for role in roles for each in await holders(db, hospital.id, role)}
    query = select(Staff.department_id).where(Staff.hospital_id == hospital.id, col(Staff.id).in_(able))
    return set((await db.exec(query.distinct())).all())
