"""At whom something rang: since when and how often, how soon they saw it and on what, and when they passed it on."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlmodel import and_, col, func, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.work.model import RING, Notice


class Rang(NamedTuple):
    """At one person for one activity. `seen`: what they saw first; `passed`: what they passed on last."""

    activity_id: UUID
    staff_id: UUID
    first_at: datetime
    times: int
    seen: Notice | None
    passed: Notice | None


async def at_whom(db: AsyncSession, people: Collection[UUID], since: datetime) -> list[Rang]:
    """In the order in which it rang at them first. What rang each minute is counted, not loaded."""
    n = Notice
    of_them = (
        col(n.staff_id).in_(people),
        col(n.told_at) >= since,
        n.kind == RING,
        col(n.activity_id).is_not(None),
    )
    times = select(col(n.activity_id), col(n.staff_id), func.min(n.told_at), func.count())
    times = times.where(*of_them).group_by(col(n.activity_id), col(n.staff_id))
    each = times.add_columns(func.min(n.seen_at).label("seen_at"), func.max(n.passed_at).label("passed_at")).subquery()
    same = and_(col(n.activity_id) == each.c.activity_id, col(n.staff_id) == each.c.staff_id)
    ends = or_(col(n.seen_at) == each.c.seen_at, col(n.passed_at) == each.c.passed_at)
    seen: dict[tuple[UUID | None, UUID], Notice] = {}
    passed: dict[tuple[UUID | None, UUID], Notice] = {}
    found = await db.exec(select(n).join(each, and_(same, ends)).where(*of_them).order_by(col(n.told_at), col(n.id)))
    for one in found:
        key = (one.activity_id, one.staff_id)
        if one.seen_at is not None:
            seen.setdefault(key, one)
        if one.passed_at is not None:
            passed[key] = one
    rows = (await db.exec(times.order_by(func.min(n.told_at), col(n.staff_id)))).all()
    return [
        Rang(activity, who, first, count, seen.get((activity, who)), passed.get((activity, who)))
        for activity, who, first, count in rows
        if activity is not None
    ]
