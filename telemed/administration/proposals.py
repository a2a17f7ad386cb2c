"""Roles that wait for a second person: another administrator of the hospital, or its medical office."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.administration.model import RoleProposal
from telemed.administration.saving import Result, Saved, audit
from telemed.administration.staffing import set_roles
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.people import service as people
from telemed.people.model import Staff

CONFIRMING = (Role.administrator, Role.reviewer)


def may_decide(by: Actor, proposal: RoleProposal, hospital_id: str) -> bool:
    """Neither who proposed it nor whose role it is."""
    second = by.id not in (proposal.proposed_by, proposal.staff_id)
    return second and by.hospital_id == hospital_id and by.has(*CONFIRMING)


async def waiting(db: AsyncSession, by: Actor) -> list[tuple[RoleProposal, Staff]]:
    """What waits at this person's hospital, the oldest first."""
    query = (
        select(RoleProposal, Staff)
        .join(Staff, col(Staff.id) == RoleProposal.staff_id)
        .where(Staff.hospital_id == by.hospital_id, col(RoleProposal.decided_at).is_(None))
    )
    return list((await db.exec(query.order_by(col(RoleProposal.id)))).all())


async def decide(db: AsyncSession, by: Actor, id: UUID, confirm: bool, now: datetime) -> None:
    """Confirms the role, which then holds, or refuses it. Raises NotFound, NotAllowed (`second_person`), Conflict."""
    row = await db.get(RoleProposal, id, with_for_update=True)
    person = await people.staff(db, row.staff_id) if row else None
    if row is None or person is None or person.hospital_id != by.hospital_id:
        raise NotFound("There is no such proposal.")
    if row.decided_at is not None:
        raise Conflict("It has been decided.", reason="decided")
    if not may_decide(by, row, person.hospital_id):
        raise NotAllowed("Somebody else must confirm this.", reason="second_person")
    row.decided_by, row.decided_at, row.confirmed = by.id, now, confirm
    had = await people.roles_of(db, person.id)
    has = had | {Role(row.role)} if confirm else had
    await set_roles(db, person.id, had, has)
    person.version += 1
    said = {"roles": sorted(has)} if confirm else {"refused": row.role}
    saved = Saved(person, Result.changed, {"roles": sorted(had)}, said)
    audit(db, by, "staff", person.id, saved, now, person.hospital_id)
