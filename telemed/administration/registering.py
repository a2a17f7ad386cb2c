"""备案 in the hands of a person's own hospital: where else they may practise, and from when until when.

The branch where they are registered renews it too.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.administration import staffing
from telemed.administration.saving import Result, Saved, audit, changes, own_hospital
from telemed.administration.staff_schemas import RegistrationIn
from telemed.errors import Invalid, NotFound
from telemed.files.model import File
from telemed.people import service as people
from telemed.people.model import Registration, Staff


async def save(
    db: AsyncSession, by: Actor | None, staff_id: UUID, new: RegistrationIn, now: datetime
) -> Saved[Registration]:
    """Enters a registration, or changes the one that begins on the same day there. Raises NotFound, Invalid."""
    person = await people.staff(db, staff_id)
    if by is None or by.hospital_id != new.hospital_id or not await _is_registered(db, staff_id, new.hospital_id):
        await own_hospital(db, by, person.hospital_id)
    await people.hospital(db, new.hospital_id)
    check(new, person.hospital_id)
    r = Registration
    same = select(r).where(r.staff_id == staff_id, r.hospital_id == new.hospital_id, r.valid_from == new.valid_from)
    saved = put(db, by, person, (await db.exec(same.with_for_update())).first(), new, now)
    await db.flush()
    return saved


def put(
    db: AsyncSession, by: Actor | None, person: Staff, row: Registration | None, new: RegistrationIn, now: datetime
) -> Saved[Registration]:
    """Writes it into the row that begins on the same day there, or into a new one; the caller flushes."""
    given = new.model_dump()
    if row is None:
        row = Registration(staff_id=person.id, **given)
        saved = Saved(row, Result.new, {}, changes({}, given)[1])
    else:
        before, after = changes(row.model_dump(), given)
        row.sqlmodel_update(given)
        saved = Saved(row, Result.changed if after else Result.same, before, after)
    db.add(row)
    _done(db, by, person, saved, now)
    return saved


async def _is_registered(db: AsyncSession, staff_id: UUID, hospital_id: str) -> bool:
    """Whether this person is or was registered there: who is to be for the first time, their own hospital says."""
    query = select(Registration.id).where(Registration.staff_id == staff_id, Registration.hospital_id == hospital_id)
    return (await db.exec(query.limit(1))).first() is not None


def check(new: RegistrationIn, home: str) -> None:
    """`home`: the person's own hospital. Raises Invalid."""
    if new.hospital_id == home:
        raise Invalid("Nobody needs one at their own hospital.", reason="own_hospital", fields=["hospital_id"])
    if new.valid_until < new.valid_from:
        raise Invalid("It ends before it begins.", reason="ends_before_it_begins", fields=["valid_until"])


async def remove(db: AsyncSession, by: Actor, staff_id: UUID, id: UUID, now: datetime) -> None:
    """Takes out what was entered by mistake; the audit keeps it."""
    row = await db.get(Registration, id, with_for_update=True)
    person = await staffing.one(db, by.hospital_id, staff_id)
    if row is None or row.staff_id != staff_id:
        raise NotFound("There is no such registration.")
    if row.file_id is not None and (file := await db.get(File, row.file_id)) is not None:
        await db.delete(file)
    await db.delete(row)
    _done(db, by, person, Saved(row, Result.changed, row.model_dump(mode="json"), {}), now)
    await db.flush()


def _done(db: AsyncSession, by: Actor | None, person: Staff, saved: Saved[Registration], now: datetime) -> None:
    if saved.result is not Result.same:
        person.version += 1
    audit(db, by, "registration", person.id, saved, now, person.hospital_id)
