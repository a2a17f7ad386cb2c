"""Counts what no booking may do, from the tables alone: no code of the product is asked."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import text

from telemed.db import Database

# As text on SQLite and as moments on PostgreSQL; either way they are compared with their own kind.
STANDING: Final = """
    SELECT occupancy.resource_id, occupancy.starts_at, occupancy.ends_at
    FROM occupancy JOIN booking ON booking.id = occupancy.booking_id
    WHERE booking.state <> 'cancelled'
"""
Taken = tuple[Any, Any, Any]  # of which resource, from when, until when


async def overlaps(db: Database) -> int:
    """How often somebody or some place is taken while they are taken already, as one reader sees it now."""
    async with db.read() as session:
        found = (await (await session.connection()).execute(text(STANDING))).all()
    return sweep((resource, start, end) for resource, start, end in found)


def sweep(taken: Iterable[Taken]) -> int:
    """Along the time of each resource, in the order of the beginnings."""
    count, of, until = 0, object(), None
    for resource, start, end in sorted(taken, key=lambda each: (str(each[0]), each[1])):
        if resource != of:
            of, until = resource, end
            continue
        count += start < until
        until = max(until, end)
    return count
