"""Venues of two hospitals, and a short way to book."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.scheduling import service
from telemed.scheduling.model import Booking, BookingKind, Resource, ResourceKind
from tests.telemed.conftest import NOW, World


def at(hours: float) -> datetime:
    """Hours after nine on Monday morning in Shanghai."""
    return NOW + timedelta(hours=hours)


async def venues(world: World) -> dict[str, UUID]:
    made: dict[str, UUID] = {}
    async with world.db.write() as db:
        for hospital, name in (("ruijin", "会诊室 1"), ("ruijin", "会诊室 2"), ("wuxi", "无锡会诊室")):
            row = Resource(kind=ResourceKind.venue, hospital_id=hospital, name=name, name_en=name)
            db.add(row)
            made[name] = row.id
    return made


async def book(
    world: World,
    who: Sequence[str],
    start: float,
    end: float,
    *,
    by: str = "coordinator",
    db: AsyncSession | None = None,
    **more: Any,
) -> Booking:
    """Books in the transaction `db`, or in one of its own."""
    if db is None:
        async with world.db.write() as session:
            return await book(world, who, start, end, by=by, db=session, **more)
    wanted: dict[str, Any] = {
        "activity": Activity("consultation", new_id()),
        "kind": BookingKind.consultation,
        "title": "主动脉夹层 陈远山",
        "venue": None,
        "hospital_id": "wuxi",
        "now": NOW,
    }
    return await service.book(
        db, people=[world.ids[each] for each in who], start=at(start), end=at(end), by=world.actor(by), **wanted | more
    )
