"""The paper of a registration (备案): a PDF or picture, for whoever may see the registration."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.administration.proposals import CONFIRMING
from telemed.administration.saving import Result, Saved, audit
from telemed.errors import NotFound
from telemed.files import service as files
from telemed.files.model import File
from telemed.people.model import Registration, Staff

LARGEST: Final = 10 * 2**20


async def file_of(db: AsyncSession, by: Actor, staff_id: UUID, id: UUID) -> File:
    """For the person, and for administrators and medical office at either end. Raises NotFound."""
    row, _ = await _one(db, by, staff_id, id, own=True)
    found = await db.get(File, row.file_id) if row.file_id else None
    if found is None:
        raise NotFound("This registration has no file.")
    return found


async def put(db: AsyncSession, by: Actor, staff_id: UUID, id: UUID, file_id: UUID, now: datetime) -> Registration:
    """Attaches the upload; one that was there goes. Raises NotFound, TooLarge."""
    row, person = await _one(db, by, staff_id, id)
    new = await files.take(db, by, file_id, LARGEST)
    new.staff_id, new.hospital_id = person.id, person.hospital_id
    await _replace(db, by, row, person, new, now)
    return row


async def remove(db: AsyncSession, by: Actor, staff_id: UUID, id: UUID, now: datetime) -> Registration:
    """Raises NotFound."""
    row, person = await _one(db, by, staff_id, id)
    if row.file_id is not None:
        await _replace(db, by, row, person, None, now)
    return row


async def _replace(
    db: AsyncSession, by: Actor, row: Registration, person: Staff, new: File | None, now: datetime
) -> None:
    old = await db.get(File, row.file_id) if row.file_id else None
    row.file_id = new.id if new else None
    before, after = ({"hospital_id": row.hospital_id, "file": each.name if each else None} for each in (old, new))
    if old is not None:
        await db.delete(old)  # its bytes go with the next sweep
    person.version += 1
    await db.flush()
    audit(db, by, "registration", person.id, Saved(row, Result.changed, before, after), now, person.hospital_id)


async def _one(
    db: AsyncSession, by: Actor, staff_id: UUID, id: UUID, *, own: bool = False
) -> tuple[Registration, Staff]:
    """`own`: the person themself may too."""
    row = await db.get(Registration, id, with_for_update=not own)
    person = await db.get(Staff, staff_id, with_for_update=not own)
    if row is None or person is None or row.staff_id != staff_id:
        raise NotFound("There is no such registration.")
    office = bool(by.roles & frozenset[Role](CONFIRMING)) and by.hospital_id in (person.hospital_id, row.hospital_id)
    if not office and not (own and by.id == staff_id):
        raise NotFound("There is no such registration.")
    return row, person
