"""Registers devices, says what one shows while nobody is signed in on it, keeps its tests."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor
from telemed.activities.kinds import Kinds
from telemed.audit.service import changed, record
from telemed.devices import bookable, calling, link, rules, staying
from telemed.devices.calling import open_call
from telemed.devices.model import Device, DeviceCheck, DeviceCode, StayEnd
from telemed.devices.schemas import DeviceIn, DeviceList, DeviceOut, MeetingOut, RegisteredOut, RegisterIn, VenueBrief
from telemed.devices.secret import digest
from telemed.devices.waiting import room_of
from telemed.errors import Invalid, NotFound, Stale, TooMany
from telemed.people import service as people
from telemed.people.ended import tell_ended
from telemed.people.model import HospitalKind
from telemed.people.rules import Span
from telemed.rooms.schemas import DeviceTestIn, DeviceTestOut
from telemed.scheduling import queries
from telemed.scheduling.model import Resource, ResourceKind

SEEN_EVERY = timedelta(minutes=1)
TESTS_SHOWN = 7


async def new_code(db: AsyncSession, address: str, now: datetime) -> tuple[str, str, datetime]:
    """A code for a screen, the secret for its cookie, and until when the code is good.

    Raises TooMany if this address has asked for too many that nobody has entered.
    """
    await db.exec(delete(DeviceCode).where(col(DeviceCode.expires_at) <= now))
    asked = select(func.count()).select_from(DeviceCode).where(DeviceCode.address == address)
    if (await db.exec(asked)).one() >= rules.CODES_AT_ONCE:
        raise TooMany("Too many codes wait at this address; try again in ten minutes.", retry_after=600)
    code = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    secret, until = secrets.token_urlsafe(32), now + rules.CODE_LIFE
    db.add(DeviceCode(code_sha256=digest(code), secret_sha256=digest(secret), address=address, expires_at=until))
    return code, secret, until


async def waits(db: AsyncSession, secret: str, now: datetime) -> bool:
    """Whether the code of this screen is still good and nobody has entered it."""
    row = (await db.exec(select(DeviceCode).where(DeviceCode.secret_sha256 == digest(secret)))).one_or_none()
    return row is not None and row.expires_at > now


def unseen(row: Device, now: datetime) -> bool:
    return row.seen_at is None or now - row.seen_at > SEEN_EVERY


async def seen(db: AsyncSession, id: UUID, now: datetime, took: int | None = None) -> None:
    """`took`: how long it waited for the answer before, in milliseconds."""
    (await db.get_one(Device, id)).seen_at = now
    await db.flush()  # holds its row
    if took is not None:
        await link.note(db, id, took, now)


# -- administrators


async def register(db: AsyncSession, actor: Actor, new: RegisterIn, now: datetime) -> DeviceOut:
    """The screen with this code becomes a device of the administrator's own hospital."""
    query = select(DeviceCode).where(DeviceCode.code_sha256 == digest(rules.typed(new.code)))
    waiting = (await db.exec(query.with_for_update())).one_or_none()
    if waiting is None or waiting.expires_at <= now:
        said = "There is no such code, or it is too old: look at the screen again."
        raise NotFound(said, reason="no_code", fields=["code"])
    await _check_venue(db, actor, new.venue_id)
    row = Device(
        hospital_id=actor.hospital_id,
        secret_sha256=waiting.secret_sha256,
        registered_at=now,
        registered_by=actor.id,
        **new.model_dump(exclude={"code"}),
    )
    await db.delete(waiting)
    db.add(row)
    record(db, actor, "device.registered", str(row.id), now, change=changed({}, _said(row)))
    await db.flush()
    await bookable.follow(db, row, now)
    return await _shown(db, row)


async def change(db: AsyncSession, actor: Actor, id: UUID, version: int, new: DeviceIn, now: datetime) -> DeviceOut:
    row = await _own(db, actor, id, version)
    await _check_venue(db, actor, new.venue_id)
    before = _said(row)
    row.sqlmodel_update(new.model_dump())
    row.version += 1
    record(db, actor, "device.changed", str(id), now, change=changed(before, _said(row), name=row.name))
    await db.flush()
    await bookable.follow(db, row, now)
    return await _shown(db, row)


async def revoke(db: AsyncSession, actor: Actor, id: UUID, version: int, kinds: Kinds, now: datetime) -> DeviceOut:
    """From now on its cookie opens nothing: whoever is signed in at it is signed out. What it is booked for is told."""
    row = await _own(db, actor, id, version)
    row.revoked_at, row.revoked_by = now, actor.id
    await staying.leave(db, row, StayEnd.revoked, now)
    await calling.give_up(db, row.id, actor, now)
    tell_ended(db, [row.id], row.hospital_id, now)  # in a room it is a sign-in of this id
    row.version += 1
    record(db, actor, "device.revoked", str(id), now, change=changed(_said(row), {}))
    await db.flush()
    await bookable.give_back(db, actor, row, kinds, now)
    await bookable.follow(db, row, now)
    return await _shown(db, row)


async def _own(db: AsyncSession, actor: Actor, id: UUID, version: int) -> Device:
    row = await db.get(Device, id, with_for_update=True)
    if row is None or row.hospital_id != actor.hospital_id or row.revoked_at is not None:
        raise NotFound("There is no such device.")
    if row.version != version:
        current = (await _shown(db, row)).model_dump(mode="json")
        raise Stale("It has changed since you read it.", current=current)
    return row


async def _check_venue(db: AsyncSession, actor: Actor, id: UUID | None) -> None:
    row = await db.get(Resource, id) if id else None
    if id and (row is None or row.kind != ResourceKind.venue or row.hospital_id != actor.hospital_id):
        raise Invalid("Choose a room of your own hospital.", reason="other_venue", fields=["venue_id"])


def _said(row: Device) -> dict[str, Any]:
    return row.model_dump(include={"kind", "name", "venue_id"})


async def listed(db: AsyncSession, actor: Actor) -> DeviceList:
    """The devices of the actor's hospital, those in use first, each with its last tests."""
    query = select(Device).where(Device.hospital_id == actor.hospital_id)
    rows = (await db.exec(query.order_by(col(Device.revoked_at).is_not(None), col(Device.name), col(Device.id)))).all()
    return DeviceList(
        items=await _all_shown(db, rows),
        venues=[VenueBrief.model_validate(each) for each in await queries.venues(db, [actor.hospital_id])],
    )


async def _shown(db: AsyncSession, row: Device) -> DeviceOut:
    return (await _all_shown(db, [row]))[0]


async def _all_shown(db: AsyncSession, rows: Sequence[Device]) -> list[DeviceOut]:
    """Three queries, however many there are."""
    wanted = select(Resource).where(col(Resource.id).in_([each.venue_id for each in rows if each.venue_id]))
    venues = {each.id: each for each in await db.exec(wanted)}
    by = await people.staff_by_id(db, {each.registered_by for each in rows})
    tests = await _last_tests(db, [each.id for each in rows])
    kept = {"id", "version", "kind", "name", "venue_id", "registered_at", "seen_at", "revoked_at"}
    return [
        DeviceOut(
            **row.model_dump(include=kept),
            venue=venues[row.venue_id].name if row.venue_id else "",
            venue_en=venues[row.venue_id].name_en if row.venue_id else "",
            by=by[row.registered_by].name if row.registered_by in by else "",
            tests=[DeviceTestOut.model_validate(each) for each in tests.get(row.id, [])],
        )
        for row in rows
    ]


# -- the device itself


async def here(db: AsyncSession, row: Device, kinds: Kinds, now: datetime, idle: timedelta) -> RegisteredOut:
    """What its screen shows while nobody is signed in on it: nothing of any patient."""
    venue = await db.get(Resource, row.venue_id) if row.venue_id else None
    hospital = await people.hospital(db, row.hospital_id)
    span = Span(now, now + rules.SHOWN_AHEAD)
    booked = await queries.bookings_of(db, bookable.booked_as(row), span, now)
    last = next(iter(await _tests(db, row.id, 1)), None)
    waiting = await open_call(db, row.id)
    room = await room_of(db, row, kinds, now)
    spans = [Span(each.starts_at, each.ends_at) for each in booked]
    announced = {
        id: each
        for kind in kinds
        for id, each in (
            await kind.announced(db, [b.activity_id for b in booked if b.activity == kind.name and b.activity_id])
        ).items()
    }
    return RegisteredOut(
        name=row.name,
        kind=row.kind,
        hospital=hospital.name,
        hospital_en=hospital.name_en,
        venue=venue.name if venue else "",
        venue_en=venue.name_en if venue else "",
        meetings=[
            MeetingOut(
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                kind=each.kind,
                **(announced[each.activity_id].model_dump() if each.activity_id in announced else {}),
            )
            for each in booked[: rules.MOST_SHOWN]
        ],
        last_test=DeviceTestOut.model_validate(last) if last else None,
        test_due=rules.test_due(last.at if last else None, row.test_asked_at, spans, hospital.time_zone, now),
        person=await staying.present(db, row.id, now, idle),
        waits_for=room[0].id if room else None,
        room=room[1].activity.id if room else None,
        activity=room[1].activity.kind if room else "",
        called_at=waiting.created_at if waiting else None,
        phone=hospital.coordinator_phone or await _hub_phone(db),
    )


async def _hub_phone(db: AsyncSession) -> str:
    hubs = [each for each in await people.hospitals(db) if each.kind is HospitalKind.hub]
    return next((each.coordinator_phone for each in hubs if each.coordinator_phone), "")


async def keep_test(db: AsyncSession, row: Device, new: DeviceTestIn, now: datetime) -> DeviceTestOut:
    test = DeviceCheck(device_id=row.id, at=now, **new.model_dump())
    db.add(test)
    await db.flush()
    return DeviceTestOut.model_validate(test)


async def _last_tests(db: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, list[DeviceCheck]]:
    """The last tests of each of these devices, the newest first."""
    newest = func.row_number().over(partition_by=col(DeviceCheck.device_id), order_by=col(DeviceCheck.at).desc())
    ranked = select(DeviceCheck.id, newest.label("place")).where(col(DeviceCheck.device_id).in_(ids)).subquery()
    query = select(DeviceCheck).join(ranked, ranked.c.id == DeviceCheck.id).where(ranked.c.place <= TESTS_SHOWN)
    found: dict[UUID, list[DeviceCheck]] = {}
    for each in await db.exec(query.order_by(col(DeviceCheck.at).desc())):
        found.setdefault(each.device_id, []).append(each)
    return found


async def _tests(db: AsyncSession, id: UUID, most: int) -> list[DeviceCheck]:
    query = select(DeviceCheck).where(DeviceCheck.device_id == id).order_by(col(DeviceCheck.at).desc()).limit(most)
    return list((await db.exec(query)).all())
