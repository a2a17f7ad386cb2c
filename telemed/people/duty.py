"""Who has a role at a hospital; all experts of a specialty, for whom rosters say who comes first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Account, AccountRole, Role
from telemed.people.model import Department, Staff


async def on_duty(
    db: AsyncSession, hub_id: str, specialty: str, department_id: UUID | None, at: datetime
) -> Sequence[Sequence[UUID]]:
    """All experts of these departments, as one group."""
    of_these = select(Department.id).where(departments(hub_id, specialty, department_id))
    query = _holders(hub_id, Role.expert).where(col(Staff.department_id).in_(of_these))
    experts = (await db.exec(query)).all()
    return [experts] if experts else []


def departments(hub_id: str, specialty: str, department_id: UUID | None) -> ColumnElement[bool]:
    """For a query: this department of the hub, or where none is named all of the specialty, or simply all."""
    of_hub = col(Department.hospital_id) == hub_id
    if department_id is not None:
        return and_(of_hub, col(Department.id) == department_id)
    return and_(of_hub, col(Department.specialty) == specialty) if specialty else of_hub


async def holders(db: AsyncSession, hospital_id: str, role: str, department_id: UUID | None = None) -> Sequence[UUID]:
    """Everybody with this role at this hospital, and in this department if one is named, whose account is open."""
    query = _holders(hospital_id, role)
    if department_id is not None:
        query = query.where(Staff.department_id == department_id)
    return (await db.exec(query)).all()


async def held_at(db: AsyncSession, hospital_id: str) -> set[str]:
    """The roles that anybody has at this hospital whose account is open."""
    query = (
        select(AccountRole.role)
        .join(Account, col(Account.id) == AccountRole.account_id)
        .where(Account.hospital_id == hospital_id, col(Account.disabled_at).is_(None))
    )
    return set((await db.exec(query.distinct())).all())


def _holders(hospital_id: str, role: str) -> SelectOfScalar[UUID]:
    return (
        select(Staff.id)
        .join(AccountRole, col(AccountRole.account_id) == Staff.id)
        .join(Account, col(Account.id) == Staff.id)
        .where(Staff.hospital_id == hospital_id, AccountRole.role == role, col(Account.disabled_at).is_(None))
        .order_by(col(Staff.id))
    )
