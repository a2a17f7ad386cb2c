"""English names of what stands in records as Chinese text: a department of the hospital system, a doctor by name."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.people.model import Department, Staff

Departments = dict[tuple[str, str], str]  # (hospital, its name) -> its English name


async def departments_en(db: AsyncSession) -> Departments:
    """Every department known here; what the hospital system calls otherwise has no English name.

    Read once a transaction, however many rows of a page ask.
    """
    if (known := db.info.get(departments_en)) is None:
        found = await db.exec(select(Department.hospital_id, Department.name, Department.name_en))
        known = db.info[departments_en] = {(hospital, name): english for hospital, name, english in found}
    departments: Departments = known
    return departments


async def staff_en(db: AsyncSession, hospital_id: str, names: Iterable[str]) -> dict[str, str]:
    """Staff of that hospital by their Chinese name; a name that two spell differently is nobody's."""
    wanted = {each for each in names if each}
    if not wanted:
        return {}
    query = select(Staff.name, Staff.name_en).where(Staff.hospital_id == hospital_id, col(Staff.name).in_(wanted))
    spelled: dict[str, set[str]] = {}
    for name, english in (await db.exec(query)).all():
        spelled.setdefault(name, set()).add(english)
    return {name: english.pop() for name, english in spelled.items() if len(english) == 1}
