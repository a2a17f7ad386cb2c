"""Hospitals and their settings, departments, staff, agreements; patients are in `patients.py`."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Account, AccountRole, Actor, Role
from telemed.audit.service import changed, record
from telemed.errors import NotFound, Stale
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.clock import day_in
from telemed.kit.table import new_id
from telemed.people import staff_search
from telemed.people.events import SettingsChanged
from telemed.people.model import (
    Agreement,
    Department,
    Hospital,
    HospitalKind,
    Staff,
)
from telemed.people.schemas import HospitalOut, HospitalSettings, StaffSought


async def hospitals(db: AsyncSession) -> list[Hospital]:
    return list((await db.exec(select(Hospital).order_by(col(Hospital.kind).desc(), col(Hospital.id)))).all())


Zones = Mapping[str, str]  # hospital -> its time zone


async def zones(db: AsyncSession) -> Zones:
    """The time zones of all hospitals, read once per transaction."""
    if (known := db.info.get(zones)) is None:
        known = db.info[zones] = dict((await db.exec(select(Hospital.id, Hospital.time_zone))).all())
    found: Zones = known
    return found


async def departments(db: AsyncSession) -> list[Department]:
    return list((await db.exec(select(Department).order_by(col(Department.hospital_id), col(Department.name)))).all())


async def hospital(db: AsyncSession, id: str) -> Hospital:
    if (found := await db.get(Hospital, id)) is None:
        raise NotFound("There is no such hospital.")
    return found


async def change_settings(
    db: AsyncSession, actor: Actor, id: str, version: int, new: HospitalSettings, now: datetime
) -> Hospital:
    """Changes a hospital's settings, by its own administrator only, because they keep its patients safe.

    Requests that wait for their approval hear of it.
    """
    if id != actor.hospital_id:
        raise NotFound("There is no such hospital.")
    row = await hospital(db, id)
    await db.refresh(row, with_for_update=True)
    if row.version != version:
        current = HospitalOut.model_validate(row).model_dump(mode="json")
        raise Stale("It has changed since you read it.", current=current)
    switched = (row.endorsement, row.review) != (new.endorsement, new.review)
    before = row.model_dump(include=set(new.model_dump()))
    row.sqlmodel_update(new.model_dump())
    row.version += 1
    record(db, actor, "hospital.changed", id, now, change=changed(before, new.model_dump()))
    if switched:
        emit(db, SettingsChanged(endorsement=row.endorsement, review=row.review), About(id), now, by=actor)
    return row


async def staff(db: AsyncSession, id: UUID) -> Staff:
    if (found := await db.get(Staff, id)) is None:
        raise NotFound("There is no such person.")
    return found


async def staff_by_id(db: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, Staff]:
    if not (wanted := set(ids)):
        return {}
    found = await db.exec(select(Staff).where(col(Staff.id).in_(wanted)))
    return {each.id: each for each in found}


async def find_staff(db: AsyncSession, by: StaffSought) -> list[Staff]:
    """All of them, for a use case that needs them; people find each other by `rosters/directory.py`."""
    return list((await db.exec(staff_query(by))).all())


def staff_query(by: StaffSought) -> SelectOfScalar[Staff]:
    """By hospital, then as their names are spelled."""
    query = select(Staff).order_by(col(Staff.hospital_id), col(Staff.pinyin), col(Staff.id))
    if by.hospital_id:
        query = query.where(Staff.hospital_id == by.hospital_id)
    if by.role:
        query = query.join(AccountRole, col(AccountRole.account_id) == Staff.id).where(AccountRole.role == by.role)
    if by.specialty:
        query = query.join(Department, col(Department.id) == Staff.department_id).where(
            Department.specialty == by.specialty
        )
    if by.id:
        query = query.where(Staff.id == by.id)
    for word in by.q.lower().split():
        query = query.where(staff_search.called(word))
    return query


def after(last: Staff) -> ColumnElement[bool]:
    """For a query: who comes after this person in the order of `staff_query`."""
    hospital, spelled, id = col(Staff.hospital_id), col(Staff.pinyin), col(Staff.id)
    later = or_(spelled > last.pinyin, and_(spelled == last.pinyin, id > last.id))
    return or_(hospital > last.hospital_id, and_(hospital == last.hospital_id, later))


async def called(db: AsyncSession, q: str, hospitals: Collection[str], most: int) -> list[Staff]:
    """Staff of these hospitals whose account is open, by characters, letters or initials of their name."""
    wanted = "".join(q.lower().split())
    working = select(Staff).join(Account, col(Account.id) == Staff.id).where(col(Account.disabled_at).is_(None))
    working = working.where(col(Staff.hospital_id).in_(hospitals))
    found = await db.exec(working.order_by(col(Staff.hospital_id), col(Staff.pinyin)))
    return [each for each in found if wanted and _is_called(each, wanted)][:most]


def _is_called(row: Staff, wanted: str) -> bool:
    spelled, english = row.pinyin.lower().split(), row.name_en.lower().split()
    written = ["".join(spelled), "".join(each[0] for each in spelled), "".join(english), *english]
    return wanted in row.name or any(each.startswith(wanted) for each in written)


async def roles_of(db: AsyncSession, staff_id: UUID) -> frozenset[Role]:
    return frozenset(Role(r) for r in await db.exec(select(AccountRole.role).where(AccountRole.account_id == staff_id)))


async def actor(db: AsyncSession, staff_id: UUID) -> Actor:
    """A person with the roles that they have now, at no browser; for questions that no request of theirs asks."""
    account = await db.get_one(Account, staff_id)
    roles = await roles_of(db, staff_id)
    return Actor(account.id, new_id(), account.hospital_id, account.name, roles, account.department_id)


@dataclass(frozen=True)
class Author:
    """A person as the history names them."""

    id: UUID
    name: str
    hospital_id: str
    roles: frozenset[Role]


async def author(db: AsyncSession, staff_id: UUID) -> Author:
    person = await staff(db, staff_id)
    return Author(person.id, person.name, person.hospital_id, await roles_of(db, staff_id))


async def department_of(db: AsyncSession, hospital_id: str, specialty: str) -> UUID | None:
    """The hospital's department of this specialty, the first if there are several."""
    query = select(Department.id).where(Department.hospital_id == hospital_id, Department.specialty == specialty)
    return (await db.exec(query.order_by(col(Department.id)).limit(1))).first()


async def hubs_of(db: AsyncSession, branch_id: str, service: str, now: datetime) -> list[Hospital]:
    """The hubs whose agreement with the branch covers the service today."""
    hubs = [each for each in await hospitals(db) if each.kind is HospitalKind.hub]
    return [each for each in hubs if await agreement(db, branch_id, each.id, service, now)]


async def partners_of(db: AsyncSession, hospital_id: str, now: datetime) -> list[Hospital]:
    """The hospitals with which this one has an agreement, for whatever service, today or later."""
    today = day_in((await hospital(db, hospital_id)).time_zone, now)
    query = select(Agreement.branch_id, Agreement.hub_id).where(col(Agreement.valid_until) >= today)
    pairs = [set(each) for each in (await db.exec(query)).all()]
    theirs = {other for pair in pairs if hospital_id in pair for other in pair - {hospital_id}}
    return [each for each in await hospitals(db) if each.id in theirs]


async def agreement(db: AsyncSession, branch_id: str, hub_id: str, service: str, now: datetime) -> Agreement | None:
    """The agreement that covers the service today, by the branch's calendar, if there is one."""
    today = day_in((await hospital(db, branch_id)).time_zone, now)
    query = select(Agreement).where(
        Agreement.branch_id == branch_id,
        Agreement.hub_id == hub_id,
        col(Agreement.valid_from) <= today,
        col(Agreement.valid_until) >= today,
    )
    return next((each for each in (await db.exec(query)).all() if service in each.services), None)
