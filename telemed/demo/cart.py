"""The demonstration's ward cart: a registered device, with a link by which any browser is it until the next start."""

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.demo.foundation import Foundation
from telemed.devices import bookable
from telemed.devices.model import Device, DeviceKind
from telemed.devices.secret import digest

CART: Final = "5 病区查房车（wuxi.cart）"
PLACE: Final = 1  # among the places of Wuxi


async def register(db: AsyncSession, made: Foundation, now: datetime) -> UUID:
    row = Device(
        hospital_id="wuxi",
        kind=DeviceKind.cart,
        name=CART,
        venue_id=made.venue("wuxi", PLACE),
        secret_sha256=digest(secrets.token_urlsafe(32)),
        registered_at=now,
        registered_by=made.actors["wuxi.admin"].id,
    )
    db.add(row)
    await db.flush()
    await bookable.follow(db, row, now)
    return row.id


async def new_link(database: Database, origin: str) -> str | None:
    """An address that makes a browser the cart, instead of the one before; None once the cart was revoked."""
    secret = secrets.token_urlsafe(32)
    async with database.write() as db:
        query = select(Device).where(Device.name == CART, Device.hospital_id == "wuxi")
        row = (await db.exec(query)).first()
        if row is None or row.revoked_at is not None:
            return None
        row.secret_sha256 = digest(secret)
    return f"{origin}/device#take={secret}"
