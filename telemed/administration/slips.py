"""One-time passwords for people who were chosen, a slip each: shown once, on paper or as a file, kept nowhere."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import one_time
from telemed.access.model import Account, Actor, Role
from telemed.administration.hospitals import administrators_by_hospital
from telemed.administration.saving import own_hospital
from telemed.administration.staff_schemas import Slip, Slips
from telemed.audit.service import changed, record
from telemed.errors import Conflict, NotAllowed
from telemed.people import service as people
from telemed.people.ended import end_all
from telemed.people.model import Department, HospitalKind, Staff


async def issue(db: AsyncSession, by: Actor, ids: Collection[UUID], now: datetime) -> Slips:
    """Takes the place of their passwords and ends their sign-ins. Raises NotFound, NotAllowed, Conflict (disabled)."""
    items = []
    for id in sorted(ids):
        person, account = await people.staff(db, id), await db.get_one(Account, id)
        await _may(db, by, person, account)
        if account.disabled_at is not None:
            raise Conflict("Who is disabled cannot sign in.", reason="disabled", name=person.name)
        department = await db.get(Department, person.department_id) if person.department_id else None
        items.append(
            Slip(
                id=id,
                name=person.name,
                number=person.number,
                department=department.name if department else "",
                username=account.username,
                password=await one_time.issue(db, id, now),
            )
        )
        await end_all(db, account, now)
        change = changed({}, {"one_time_until": now + one_time.VALID}, username=account.username)
        record(db, by, "account.one_time_issued", str(id), now, owner_id=person.hospital_id, change=change)
    return Slips(items=items, valid_until=now + one_time.VALID)


def may_issue(by: Actor, person: Staff, account: Account, roles: Collection[Role], *, hub: bool, only: bool) -> bool:
    """One's own people, but not oneself; a `hub`'s also a branch's `only` administrator without a password."""
    if by.hospital_id == person.hospital_id:
        return person.id != by.id
    return hub and only and not account.password_hash and set(roles) == {Role.administrator}


async def _may(db: AsyncSession, by: Actor, person: Staff, account: Account) -> None:
    hub = (await people.hospital(db, by.hospital_id)).kind is HospitalKind.hub
    only = (await administrators_by_hospital(db)).get(person.hospital_id) == 1
    if may_issue(by, person, account, await people.roles_of(db, person.id), hub=hub, only=only):
        return
    await own_hospital(db, by, person.hospital_id)
    raise NotAllowed("Change your own password on your own page.", reason="own_password")
