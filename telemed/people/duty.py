"""Who has a role at a hospital; all experts of a specialty, for whom rosters say who comes first."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Account, AccountRole, Role
from telemed.people.model import Department, Staff


class Experts(NamedTuple):
    """Departments with their specialties, and their experts whose accounts are open."""

    specialties: Mapping[UUID, str]
    experts: Sequence[UUID]


async def on_duty(
    db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None, at: datetime
) -> Sequence[Sequence[UUID]]:
    """All experts of these departments, as one group."""
    experts = (await experts_of(db, hub_id, specialty, department_id)).experts
    return [experts] if experts else []


async def experts_of(db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None) -> Experts:
    """These departments and their experts, in one query: an emergency waits for it."""
    experts = _holders(hub_id, [Role.expert]).add_columns(col(Staff.department_id)).subquery()
    query = (
        select(Department.id, Department.specialty, experts.c.id)
        .outerjoin(experts, experts.c.department_id == Department.id)
        .where(departments(hub_id, specialty, department_id))
        .order_by(experts.c.id)
    )
    found = (await db.exec(query)).all()
    return Experts({id: of for id, of, _ in found}, [each for _, _, each in found if each is not None])


def departments(hub_id: str, specialty: str, department_id: UUID | None) -> ColumnElement[bool]:
    """For a query: this department of the hub, or where none is named all of the specialty, or simply all."""
    of_hub = col(Department.hospital_id) == hub_id
    if department_id is not None:
        return and_(of_hub, col(Department.id) == department_id)
    return and_(of_hub, col(Department.specialty) == specialty) if specialty else of_hub


async def holders(db: AsyncSession, hospital_id: str, role: str, department_id: UUID | None = None) -> Sequence[UUID]:
    """Everybody with this role at this hospital, and in this department if one is named, whose account is open."""
    query = _holders(hospital_id, [role])
    if department_id is not None:
        query = query.where(Staff.department_id == department_id)
    return (await db.exec(query)).all()


async def holders_of_any(db: AsyncSession, hospital_id: str, roles: Collection[str]) -> Sequence[UUID]:
    """Everybody with one of these roles at this hospital whose account is open, each once."""
    return (await db.exec(_holders(hospital_id, roles).distinct())).all()


async def held_at(db: AsyncSession, hospital_id: str) -> set[str]:
    """The roles that anybody has at this hospital whose account is open."""
    query = (
        select(AccountRole.role)
        .join(Account, col(Account.id) == AccountRole.account_id)
        .where(Account.hospital_id == hospital_id, col(Account.disabled_at).is_(None))
    )
    return set((await db.exec(query.distinct())).all())


def _holders(hospital_id: str, roles: Collection[str]) -> SelectOfScalar[UUID]:
    return (
        select(Staff.id)
        .join(AccountRole, col(AccountRole.account_id) == Staff.id)
        .join(Account, col(Account.id) == Staff.id)
        .where(Staff.hospital_id == hospital_id, col(AccountRole.role).in_(roles), col(Account.disabled_at).is_(None))
        .order_by(col(Staff.id))
    )
