"""How long a device waits for an answer of the server: the longest of each quarter of an hour, for one day.

The site board draws it, so that a link that gets worse is seen before somebody meets over it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.devices.model import DeviceLink

QUARTER: Final = timedelta(minutes=15)
SHOWN: Final = 96  # quarters
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def quarter_of(at: datetime) -> datetime:
    """Its beginning."""
    return at - (at - EPOCH) % QUARTER


async def note(db: AsyncSession, device_id: UUID, took: int, now: datetime) -> None:
    """`took`: milliseconds. The caller holds the device's row."""
    at = quarter_of(now)
    query = select(DeviceLink).where(DeviceLink.device_id == device_id, DeviceLink.at == at)
    row = (await db.exec(query)).one_or_none()
    if row is None:
        old = at - SHOWN * QUARTER
        await db.exec(delete(DeviceLink).where(col(DeviceLink.device_id) == device_id, col(DeviceLink.at) < old))
        row = DeviceLink(device_id=device_id, at=at, took=took)
    row.took = max(row.took, took)
    db.add(row)


async def of_day(db: AsyncSession, devices: Sequence[UUID], now: datetime) -> dict[UUID, list[int | None]]:
    """By device its last 96 quarters, the oldest first, in milliseconds; None: nothing was heard. Without any: []."""
    first = quarter_of(now) - (SHOWN - 1) * QUARTER
    query = select(DeviceLink).where(col(DeviceLink.device_id).in_(devices), col(DeviceLink.at) >= first)
    found: dict[UUID, list[int | None]] = {each: [] for each in devices}
    for row in (await db.exec(query)).all():
        of = found[row.device_id] or [None] * SHOWN
        of[(row.at - first) // QUARTER] = row.took
        found[row.device_id] = of
    return found
