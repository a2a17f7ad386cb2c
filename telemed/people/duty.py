"""Who is on duty. There are no rosters yet, so all experts of a specialty are, at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from telemed.access.model import Account, AccountRole, Role
from telemed.people.model import Department, Staff


async def on_duty(db: AsyncSession, hub_id: str, specialty: str, at: datetime) -> Sequence[Sequence[UUID]]:
    """All experts of the specialty, or of all specialties if none is named, as one group."""
    query = _holders(hub_id, Role.expert)
    if specialty:
        query = query.join(Department, col(Department.id) == Staff.department_id).where(
            Department.specialty == specialty
        )
    experts = (await db.exec(query)).all()
    return [experts] if experts else []


async def holders(db: AsyncSession, hospital_id: str, role: str) -> Sequence[UUID]:
    """Everybody with this role at this hospital whose account is open."""
    return (await db.exec(_holders(hospital_id, role))).all()


def _holders(hospital_id: str, role: str) -> SelectOfScalar[UUID]:
    return (
        select(Staff.id)
        .join(AccountRole, col(AccountRole.account_id) == Staff.id)
        .join(Account, col(Account.id) == Staff.id)
        .where(Staff.hospital_id == hospital_id, AccountRole.role == role, col(Account.disabled_at).is_(None))
        .order_by(col(Staff.id))
    )
