"""English names for departments and doctors that a record names in Chinese."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.model import Department, Staff

Departments = dict[tuple[str, str], str]  # (hospital, Chinese name) -> English name


async def departments_en(db: AsyncSession) -> Departments:
    """The English names of our departments, read once per transaction.

    A department that the hospital system calls otherwise has none.
    """
    if (known := db.info.get(departments_en)) is None:
        found = await db.exec(select(Department.hospital_id, Department.name, Department.name_en))
        known = db.info[departments_en] = {(hospital, name): english for hospital, name, english in found}
    departments: Departments = known
    return departments


async def staff_en(db: AsyncSession, hospital_id: str, names: Iterable[str]) -> dict[str, str]:
    """English names of a hospital's staff, by Chinese name; without names that two people spell differently."""
    wanted = {each for each in names if each}
    if not wanted:
        return {}
    query = select(Staff.name, Staff.name_en).where(Staff.hospital_id == hospital_id, col(Staff.name).in_(wanted))
    spelled: dict[str, set[str]] = {}
    for name, english in (await db.exec(query)).all():
        spelled.setdefault(name, set()).add(english)
    return {name: english.pop() for name, english in spelled.items() if len(english) == 1}
