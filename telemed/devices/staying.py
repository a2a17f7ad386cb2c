"""Who is signed in at a device: by a code that their telephone confirms, until they leave it or do nothing."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import attempts, sessions
from telemed.access.model import Account, Actor, SignIn
from telemed.audit.service import record
from telemed.db import Database
from telemed.devices import rules
from telemed.devices.model import Device, DeviceEntry, DeviceStay, StayBy, StayEnd
from telemed.devices.schemas import CodeDeviceOut, PersonHere
from telemed.devices.secret import by_secret, digest
from telemed.errors import Conflict, NotFound, NotSignedIn
from telemed.people import service as people
from telemed.people.ended import tell_ended
from telemed.people.model import Staff
from telemed.scheduling.model import Resource


async def new_entry(db: AsyncSession, device: Device, now: datetime) -> tuple[str, datetime]:
    """A code for the device's screen and until when it is good; the one before is worth nothing any more."""
    await db.exec(delete(DeviceEntry).where(col(DeviceEntry.device_id) == device.id))
    await db.exec(delete(DeviceEntry).where(col(DeviceEntry.expires_at) <= now))
    taken = set((await db.exec(select(DeviceEntry.code_sha256))).all())
    code = ""
    while not code or digest(code) in taken:
        code = f"{secrets.randbelow(10**rules.ENTRY_DIGITS):0{rules.ENTRY_DIGITS}}"
    until = now + rules.ENTRY_LIFE
    db.add(DeviceEntry(device_id=device.id, code_sha256=digest(code), expires_at=until))
    return code, until


async def look(database: Database, actor: Actor, code: str, now: datetime) -> CodeDeviceOut:
    """The device that shows this code, so that whoever typed it sees where they would sign in.

    Raises NotFound; wrong codes are limited like wrong passwords.
    """
    async with attempts.attempt(database, _counter(actor), now), database.read() as db:
        entry, device = await _entry(db, actor, code, now)
        venue = await db.get(Resource, device.venue_id) if device.venue_id else None
        hospital = await people.hospital(db, device.hospital_id)
        return CodeDeviceOut(
            name=device.name,
            kind=device.kind,
            hospital=hospital.name,
            hospital_en=hospital.name_en,
            venue=venue.name if venue else "",
            venue_en=venue.name_en if venue else "",
            expires_at=entry.expires_at,
        )


async def confirm(database: Database, actor: Actor, code: str, now: datetime) -> None:
    """Whoever is signed in on this telephone signs in at the device that shows this code."""
    async with attempts.attempt(database, _counter(actor), now), database.write() as db:
        entry, device = await _entry(db, actor, code, now)
        entry.confirmed_by = actor.id
        record(db, actor, "device.confirmed", str(device.id), now)


async def _entry(db: AsyncSession, actor: Actor, code: str, now: datetime) -> tuple[DeviceEntry, Device]:
    """Only of the actor's own hospital and its partners: a code from anywhere else could be a trap."""
    if actor.device_id is not None:
        raise Conflict("Confirm on your own telephone, not at a device.", reason="confirm_at_device")
    query = select(DeviceEntry).where(DeviceEntry.code_sha256 == digest(rules.typed(code)))
    entry = (await db.exec(query.with_for_update())).one_or_none()
    device = await db.get(Device, entry.device_id) if entry else None
    known = {actor.hospital_id, *(each.id for each in await people.partners_of(db, actor.hospital_id, now))}
    if (
        entry is None
        or entry.expires_at <= now
        or entry.confirmed_by is not None
        or device is None
        or device.revoked_at is not None
        or device.hospital_id not in known
    ):
        raise NotFound("No device shows this code now: look at its screen again.", reason="no_entry")
    return entry, device


def _counter(actor: Actor) -> str:
    return f"device|{actor.id}"


async def is_confirmed(db: AsyncSession, device: Device) -> bool:
    query = select(DeviceEntry.confirmed_by).where(DeviceEntry.device_id == device.id)
    return (await db.exec(query)).first() is not None


async def confirmed(db: AsyncSession, device: Device, now: datetime) -> UUID | None:
    """Whose telephone has confirmed the code of this device; it is worth nothing any more. None: nobody's yet."""
    query = select(DeviceEntry).where(DeviceEntry.device_id == device.id)
    entry = (await db.exec(query.with_for_update())).one_or_none()
    if entry is None or entry.expires_at + rules.ENTRY_LIFE <= now or entry.confirmed_by is None:
        return None
    account = await db.get(Account, entry.confirmed_by)
    await db.delete(entry)
    return account.id if account and account.disabled_at is None else None


@dataclass(frozen=True)
class DeviceStays:
    """Implements AtDevices: whoever signs in on a device's browser, in whatever way, is signed in at the device."""

    async def device(self, db: AsyncSession, secret: str) -> UUID | None:
        try:
            return (await by_secret(db, secret)).id
        except NotSignedIn:
            return None

    async def entered(self, db: AsyncSession, actor: Actor, by: str, now: datetime) -> None:
        if actor.device_id is None:
            return
        await _close(db, actor.device_id, StayEnd.changed, now, but=actor.sid)
        db.add(DeviceStay(device_id=actor.device_id, staff_id=actor.id, sid=actor.sid, since=now, by=StayBy(by)))
        record(db, actor, "device.entered", str(actor.device_id), now, reason=by)


async def present(db: AsyncSession, device_id: UUID, now: datetime, idle: timedelta) -> PersonHere | None:
    """Who is signed in at the device, and has done something in the last minutes."""
    query = (
        select(DeviceStay, SignIn)
        .join(SignIn, col(SignIn.id) == DeviceStay.sid)
        .where(DeviceStay.device_id == device_id, col(DeviceStay.ended_at).is_(None))
    )
    for stay, sign_in in await db.exec(query):
        if sign_in.expires_at > now and sign_in.seen_at + idle > now:
            person = await db.get_one(Staff, stay.staff_id)
            return PersonHere(
                stay=stay.id,
                name=person.name,
                name_en=person.name_en,
                since=stay.since,
                idle_seconds=round(idle.total_seconds()),
            )
    return None


async def left_open(db: AsyncSession, device_id: UUID) -> bool:
    """Whether somebody's stay at the device has not been ended yet."""
    query = select(DeviceStay.id).where(DeviceStay.device_id == device_id, col(DeviceStay.ended_at).is_(None))
    return (await db.exec(query)).first() is not None


async def leave(db: AsyncSession, device: Device, why: StayEnd, now: datetime) -> None:
    """Nobody is signed in at the device any more; sockets of who was close within seconds."""
    await _close(db, device.id, why, now)


async def close_unused(db: AsyncSession, device: Device, now: datetime) -> None:
    """Ends the stay of somebody whose sign-in has ended elsewhere, or who has done nothing for so long."""
    query = select(DeviceStay).where(DeviceStay.device_id == device.id, col(DeviceStay.ended_at).is_(None))
    alive = [each.sid for each in await db.exec(query) if await db.get(SignIn, each.sid) is not None]
    await _close(db, device.id, StayEnd.idle if alive else StayEnd.ended, now)


async def _close(db: AsyncSession, device_id: UUID, why: StayEnd, now: datetime, *, but: UUID | None = None) -> None:
    query = select(DeviceStay).where(DeviceStay.device_id == device_id, col(DeviceStay.ended_at).is_(None))
    for stay in await db.exec(query):
        if stay.sid != but:
            stay.ended_at, stay.why = now, why
            record(db, None, "device.left", str(device_id), now, reason=f"{why} {stay.staff_id}")
    signed_in = select(SignIn, Account.hospital_id).join(Account, col(Account.id) == SignIn.account_id)
    for sign_in, hospital_id in (await db.exec(signed_in.where(SignIn.device_id == device_id))).all():
        if sign_in.id != but:
            await sessions.sign_out(db, sign_in.id)
            tell_ended(db, [sign_in.id], hospital_id, now)
