"""When people are on duty next, for lists of people."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.rosters.model import Roster, Shift
from telemed.rosters.schemas import Coming

AHEAD: Final = timedelta(days=7)


async def coming(db: AsyncSession, ids: Collection[UUID], now: datetime) -> dict[UUID, Coming]:
    """Of each person the shift that goes on now, or the next within a week; of several at once the one called first."""
    query = (
        select(Shift)
        .join(Roster, col(Roster.id) == Shift.roster_id)
        .where(col(Shift.staff_id).in_(ids), col(Shift.ends) > now, col(Shift.starts) < now + AHEAD)
        .where(col(Roster.closed_at).is_(None))
        .order_by(col(Shift.starts), col(Shift.place), col(Shift.id))
    )
    found: dict[UUID, Coming] = {}
    for each in await db.exec(query):
        found.setdefault(each.staff_id, Coming(starts=each.starts, ends=each.ends, place=each.place))
    return found
