"""Roles that wait for a second person: another administrator of the hospital, or its medical office."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Account, Actor, Role
from telemed.administration import asking
from telemed.administration.asking import Key, keys
from telemed.administration.model import RoleProposal
from telemed.administration.saving import Result, Saved, audit
from telemed.administration.staffing import set_roles
from telemed.db import Database
from telemed.errors import Conflict, NotAllowed, NotFound
from telemed.people import service as people
from telemed.people.duty import holders
from telemed.people.model import Staff
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import WORK, To, When

CONFIRMING: Final = (Role.administrator, Role.reviewer)
CONFIRM: Final = WORK.declare("confirm_role")
DAY: Final = 24 * 60
CONFIRMATION: Final = ladders.declare(
    "confirm_role", rung(When.due, 0, To.asked), rung(When.after, DAY, To.asked, again=True), asked=(CONFIRM,)
)
WITHIN: Final = timedelta(days=1)


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
    await set_roles(db, person, had, has, now)
    person.version += 1
    said = {"roles": sorted(has)} if confirm else {"refused": row.role}
    saved = Saved(person, Result.changed, {"roles": sorted(had)}, said)
    audit(db, by, "staff", person.id, saved, now, person.hospital_id)
    await review(db, now, by)


async def review_all(database: Database, now: datetime) -> dict[UUID, Exception]:
    """One look at all that is proposed; writes only where somebody else is to be asked."""
    async with database.read() as db:
        changed = await asking.compared(db, CONFIRM, await wanted(db))
    if changed:
        async with database.write() as db:
            await review(db, now)
    return {}


async def review(db: AsyncSession, now: datetime, by: Actor | None = None) -> None:
    """Asks everybody who may decide, by name: neither who proposed it nor whose role it is."""
    await asking.bring_about(db, CONFIRM, CONFIRMATION, await wanted(db), now, by)


async def wanted(db: AsyncSession) -> dict[Key, dict[str, Any]]:
    query = (
        select(RoleProposal, Staff)
        .join(Staff, col(Staff.id) == col(RoleProposal.staff_id))
        .join(Account, col(Account.id) == col(Staff.id))
        .where(col(RoleProposal.decided_at).is_(None), col(Account.disabled_at).is_(None))
    )
    found: dict[Key, dict[str, Any]] = {}
    for each, person in (await db.exec(query)).all():
        hospital = person.hospital_id
        second = {id for role in CONFIRMING for id in await holders(db, hospital, role)}
        of = [(hospital, id, None) for id in second - {each.proposed_by, each.staff_id}]
        note = {"staff_id": str(person.id), "name": person.name, "name_en": person.name_en, "role": each.role}
        found |= dict.fromkeys(keys(each.id, each.proposed_at + WITHIN, of), note)
    return found
