"""Departments in the hands of their hospital's administrator, with the code of the national catalogue."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration import hospitals
from telemed.administration.place_schemas import DepartmentIn, DepartmentRow, DepartmentRows, SubjectOut
from telemed.administration.saving import Saved, audit, given_in, own_hospital, put, required, seen_by
from telemed.errors import Conflict, Invalid, NotFound
from telemed.people.model import Department, Staff
from telemed.people.specialties import BY_CODE, BY_SPECIALTY, OFFICES, SUBJECTS, Subject


async def listed(db: AsyncSession, by: Actor, hospital_id: str | None) -> DepartmentRows:
    seen = await seen_by(db, by)
    query = select(Department).where(col(Department.hospital_id).in_(seen & {hospital_id} if hospital_id else seen))
    counts: dict[UUID | None, int] = dict(
        (await db.exec(select(Staff.department_id, func.count()).group_by(col(Staff.department_id)))).all()
    )
    items = []
    for each in (await db.exec(query.order_by(col(Department.hospital_id), col(Department.name)))).all():
        row = DepartmentRow.model_validate(each)
        row.people = counts.get(each.id, 0)
        items.append(row)
    return DepartmentRows(items=items, subjects=[SubjectOut.model_validate(each) for each in (*SUBJECTS, *OFFICES)])


async def save(
    db: AsyncSession,
    by: Actor | None,
    hospital_id: str,
    new: DepartmentIn,
    now: datetime,
    *,
    id: UUID | None = None,
    version: int | None = None,
) -> Saved[Department]:
    """Makes or changes a department; without an id it is known by its name.

    Raises NotAllowed, NotFound, Stale, Invalid, Conflict (`department_name_taken`).
    """
    await own_hospital(db, by, hospital_id)
    await hospitals.hold(db, hospital_id)
    given = {"hospital_id": hospital_id} | with_specialty(given_in(new, "hospital_id"))
    row = await one(db, hospital_id, id) if id else await called(db, hospital_id, str(given.get("name", "")))
    required(given, "name", "specialty", is_new=row is None)
    if row is None:
        given.setdefault("name_en", BY_SPECIALTY[given["specialty"]].name_en)
    elif given.get("name", row.name) != row.name and await called(db, hospital_id, given["name"]) is not None:
        raise Conflict("There is a department of this name.", reason="department_name_taken", fields=["name"])
    saved = put(db, row, given, DepartmentRow.model_validate(row).model_dump() if row else {}, version, Department)
    await db.flush()
    audit(db, by, "department", saved.row.id, saved, now, hospital_id)
    return saved


async def one(db: AsyncSession, hospital_id: str, id: UUID) -> Department:
    row = await db.get(Department, id, with_for_update=True)
    if row is None or row.hospital_id != hospital_id:
        raise NotFound("There is no such department.")
    return row


async def called(db: AsyncSession, hospital_id: str, name: str) -> Department | None:
    """The hospital's department of this name, in either language, or of this code if no other has it."""
    d = Department
    query = select(d).where(d.hospital_id == hospital_id, (d.name == name) | (d.name_en == name))
    if (found := (await db.exec(query.order_by(col(d.id)))).first()) is not None or name not in BY_CODE:
        return found
    coded = (await db.exec(select(d).where(d.hospital_id == hospital_id, d.code == name))).all()
    return coded[0] if len(coded) == 1 else None


def with_specialty(given: dict[str, Any]) -> dict[str, Any]:
    """The code says the specialty; a specialty that is given says its code. Raises Invalid."""
    code, specialty = given.get("code"), given.get("specialty")
    if code and code not in BY_CODE:
        raise Invalid("The national catalogue has no such code.", reason="unknown_code", fields=["code"])
    if specialty is not None and specialty not in BY_SPECIALTY:
        raise Invalid("There is no such specialty.", reason="unknown_specialty", fields=["specialty"])
    if code and specialty and specialty != BY_CODE[code].specialty:
        raise _contradict(BY_CODE[code], BY_SPECIALTY[specialty])
    if code and not specialty:
        given["specialty"] = BY_CODE[code].specialty
    if specialty and code is None:
        given["code"] = BY_SPECIALTY[specialty].code
    return given


def _contradict(by_code: Subject, by_specialty: Subject) -> Invalid:
    """The specialty decides who is called, so nobody guesses which of the two was meant."""
    return Invalid(
        f"Code {by_code.code} is {by_code.name_en}, not {by_specialty.name_en}: make them agree, or give only one.",
        reason="code_contradicts_specialty",
        fields=["specialty"],
        code_said=by_code.code,
        by_code=by_code.name,
        by_code_en=by_code.name_en,
        by_specialty=by_specialty.name,
        by_specialty_en=by_specialty.name_en,
    )
