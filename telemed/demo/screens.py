"""The demonstration's room computers: nobody sits before them, so the demonstration itself says that they are there."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.db import Database
from telemed.demo.foundation import Foundation
from telemed.demo.places import HUB
from telemed.devices import link
from telemed.devices.model import Device, DeviceCheck, DeviceKind, DeviceLink
from telemed.devices.secret import digest
from telemed.devices.service import seen
from telemed.kit.clock import Clock

log = structlog.get_logger(__name__)
AGAIN: Final = 60.0  # seconds


@dataclass(frozen=True)
class Screen:
    """`took`: how long it usually waits, in milliseconds. `slow`: the quarters before now in which it was longer."""

    hospital: str
    place: int  # among the places of the hospital
    name: str
    took: int
    slow: range = range(0)
    network: bool = True
    is_on: bool = True


# Not in room 1: whoever plays the ready-made consultation tests their own computer.
SCREENS: Final = (
    Screen(HUB, 1, "2 号会诊室电脑", 22),
    Screen("wuxi", 0, "CCU 会诊室电脑", 41, slow=range(30, 34)),
    Screen("wuxi", 2, "门诊楼会诊室电脑", 46, is_on=False),
    Screen("jiashan", 0, "内科会诊室电脑", 61, slow=range(3, 14), network=False),
)
TRUSTED_BY: Final = {HUB: "admin", "wuxi": "wuxi.admin", "jiashan": "jiashan.admin"}


async def register(db: AsyncSession, made: Foundation, now: datetime) -> None:
    """Each with the test of this morning and its link of the last day."""
    for each in SCREENS:
        row = Device(
            hospital_id=each.hospital,
            kind=DeviceKind.room,
            name=each.name,
            venue_id=made.venue(each.hospital, each.place),
            secret_sha256=digest(secrets.token_urlsafe(32)),
            registered_at=now - timedelta(days=40),
            registered_by=made.actors[TRUSTED_BY[each.hospital]].id,
            seen_at=now if each.is_on else now - timedelta(hours=3),
        )
        db.add(row)
        await db.flush()
        db.add(
            DeviceCheck(
                device_id=row.id, at=now - timedelta(hours=4), camera=True, microphone=True, network=each.network
            )
        )
        for ago in range(0 if each.is_on else 12, link.SHOWN):
            at = link.quarter_of(now) - ago * link.QUARTER
            db.add(DeviceLink(device_id=row.id, at=at, took=took(each, ago)))


def took(screen: Screen, ago: int) -> int:
    """As a link is: some milliseconds more or less, and long in its bad quarters."""
    return screen.took + ago * 7 % 11 + (140 + ago * 13 % 60 if ago in screen.slow else 0)


async def say(database: Database, now: datetime) -> None:
    """That they are there, as their pages would."""
    on = {each.name: each for each in SCREENS if each.is_on}
    async with database.write() as db:
        query = select(Device).where(col(Device.name).in_(on), col(Device.revoked_at).is_(None))
        for row in (await db.exec(query)).all():
            await seen(db, row.id, now, on[row.name].took)


@asynccontextmanager
async def switched_on(database: Database, clock: Clock) -> AsyncIterator[None]:
    """For as long as it is entered they say every minute that they are there."""

    async def go_on() -> None:
        while True:
            try:
                await say(database, clock())
            except Exception as why:  # it is said again in a minute, whatever it was
                log.warning("the demonstration's room computers could not say that they are there", exc_info=why)
            await asyncio.sleep(AGAIN)

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
