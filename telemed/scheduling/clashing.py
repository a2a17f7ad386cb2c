"""The bookings that stand in the way of a time, named as far as the reader may know them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.people.rules import Span
from telemed.scheduling.model import Booking, Occupancy
from telemed.scheduling.queries import described, meets, shown, stands
from telemed.scheduling.schemas import Clash

AT_ONCE: Final = 100  # times in one statement: SQLite nests them, a thousand deep at most
SHOWN: Final = {"kind", "untitled", "title", "title_en", "starts_at", "ends_at", "booked_by", "booked_by_en"}
Taken = tuple[Booking, UUID, Span]  # by which booking, of whom, when


async def clashes(
    db: AsyncSession,
    actor: Actor | None,
    resources: Collection[UUID],
    span: Span,
    now: datetime,
    *,
    besides: UUID | None = None,
) -> list[Clash]:
    """The bookings that take this time of these resources, except the booking `besides`."""
    where = and_(col(Occupancy.resource_id).in_(resources), meets(span))
    return await _named(db, actor, await _taken(db, where, now, [besides] if besides else []), now)


async def clashes_of(
    db: AsyncSession,
    actor: Actor,
    times: Collection[tuple[UUID, Span]],
    now: datetime,
    besides: Collection[UUID] = (),
) -> list[Clash]:
    """The bookings that take these times, each of a resource of its own, except the bookings `besides`."""
    if not times:
        return []
    each = or_(*(and_(col(Occupancy.resource_id) == resource, meets(span)) for resource, span in times))
    of = _whole({resource for resource, _ in times}, [span for _, span in times])
    return await _named(db, actor, await _taken(db, and_(of, each), now, besides), now)


async def clashes_at(
    db: AsyncSession, actor: Actor, resources: Collection[UUID], spans: Sequence[Span], now: datetime
) -> list[list[Clash]]:
    """For each of these times, in their order, the bookings that take it of these resources: all in a few looks."""
    found: list[Taken] = []
    for first in range(0, len(spans), AT_ONCE):
        some = spans[first : first + AT_ONCE]
        found += await _taken(db, and_(_whole(resources, some), or_(*map(meets, some))), now)
    known = {(booking.starts_at, who, booking.id): (booking, who, span) for booking, who, span in found}
    once = [known[each] for each in sorted(known)]
    named = list(zip(await _named(db, actor, once, now), (span for _, _, span in once), strict=True))
    return [[clash for clash, taken in named if taken.overlaps(each)] for each in spans]


def _whole(resources: Collection[UUID], spans: Collection[Span]) -> ColumnElement[bool]:
    """From the first of these times to the last: of seven and more alone SQLite looks through all bookings that stand,
    a second of 10^6."""
    return and_(
        col(Occupancy.resource_id).in_(resources),
        meets(Span(min(each.start for each in spans), max(each.end for each in spans))),
    )


async def _taken(
    db: AsyncSession, where: ColumnElement[bool], now: datetime, besides: Collection[UUID] = ()
) -> list[Taken]:
    query = (
        select(Booking, Occupancy.resource_id, Occupancy.starts_at, Occupancy.ends_at)
        .join(Occupancy, col(Occupancy.booking_id) == Booking.id)
        .where(where, col(Occupancy.active), stands(now))
        .order_by(col(Booking.starts_at), col(Occupancy.resource_id))
    )
    if besides:
        query = query.where(col(Booking.id).not_in(besides))
    return [(booking, who, Span(start, end)) for booking, who, start, end in (await db.exec(query)).all()]


async def _named(db: AsyncSession, actor: Actor | None, taken: Sequence[Taken], now: datetime) -> list[Clash]:
    if not taken:  # the rule where something is booked: nothing more is read then, while others wait for its end
        return []
    entries = {each.id: each for each in await shown(db, actor, [booking for booking, _, _ in taken], now)}
    names = {each.id: each for each in await described(db, {who for _, who, _ in taken})}
    return [
        Clash(
            resource_id=who,
            name=names[who].name,
            name_en=names[who].name_en,
            booking_id=booking.id,
            **entries[booking.id].model_dump(include=SHOWN),
        )
        for booking, who, _ in taken
    ]
