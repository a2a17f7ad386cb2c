"""Says which bookings of a calendar a person may move. What a booking is for decides: its own use case moves it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds
from telemed.scheduling.model import Booking


async def movable(db: AsyncSession, actor: Actor, kinds: Kinds, rows: Iterable[Booking], now: datetime) -> set[UUID]:
    """The activities of these bookings that this person may move; what is over stays where it was."""
    coming = [(each.activity, each.activity_id) for each in rows if each.activity_id and each.ends_at > now]
    found: set[UUID] = set()
    for kind in kinds:
        if ids := [id for of, id in coming if of == kind.name and id]:
            found.update(await kind.movable(db, actor, ids, now))
    return found
