"""The site board (运行看板): every room and cart, whether it works, and its next meeting. It names no patient."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import and_, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.audit.service import record
from telemed.devices import bookable, link, rules, standing
from telemed.devices.model import Device, DeviceCheck
from telemed.devices.site_schemas import Site, SiteBoard, SiteDevice, SiteMeeting
from telemed.devices.standing import Known, SiteState
from telemed.people import service as people
from telemed.people.model import Hospital, HospitalKind
from telemed.people.rules import Span
from telemed.rooms.schemas import DeviceTestOut
from telemed.scheduling import queries
from telemed.scheduling.model import Booking, BookingKind, BookingState, Occupancy, Resource

SEERS: Final = (Role.coordinator, Role.dispatcher, Role.duty_officer, Role.administrator)
AHEAD: Final = timedelta(days=14)
NO_MEETING: Final = (BookingKind.maintenance, BookingKind.leave)
LATEST: Final = datetime.max.replace(tzinfo=UTC)


async def board(db: AsyncSession, actor: Actor, now: datetime) -> SiteBoard:
    """Of a branch its own; of a hub also those of the hospitals that it has an agreement with."""
    hospitals = [each.id for each in await _seen_by(db, actor, now)]
    venues = await queries.venues(db, hospitals)
    query = select(Device).where(col(Device.hospital_id).in_(hospitals), col(Device.revoked_at).is_(None))
    rows = (await db.exec(query.order_by(col(Device.name), col(Device.id)))).all()
    tests = await _last_tests(db, hospitals)
    links = await link.of_day(db, [each.id for each in rows], now)
    coming = await _next(db, [*(each.id for each in venues), *(each.id for each in rows)], now)
    shown = {
        each.id: _device(each, tests.get(each.id), links[each.id], _soonest(coming, bookable.booked_as(each)), now)
        for each in rows
    }
    at_venues = []
    for each in venues:
        there = [d.id for d in rows if d.venue_id == each.id]
        at_venues.append(_site(each, [shown[id] for id in there], _soonest(coming, [each.id, *there]), now))
    nowhere = [_site(each, [shown[each.id]], coming.get(each.id), now) for each in rows if each.venue_id is None]
    items = [*at_venues, *nowhere]
    order = {each: place for place, each in enumerate(hospitals)}
    items.sort(key=lambda each: _urgent(each, order))
    return SiteBoard(items=items, server_time=now)


async def ask_all(db: AsyncSession, actor: Actor, now: datetime) -> SiteBoard:
    """Asks each device on the board to test itself; it hears of it when it next asks what to show."""
    for hospital in await _seen_by(db, actor, now):
        query = select(Device).where(Device.hospital_id == hospital.id, col(Device.revoked_at).is_(None))
        for row in (await db.exec(query.order_by(col(Device.id)).with_for_update())).all():
            row.test_asked_at = now
        record(db, actor, "device.tests_asked", hospital.id, now)
    await db.flush()
    return await board(db, actor, now)


async def _seen_by(db: AsyncSession, actor: Actor, now: datetime) -> list[Hospital]:
    own = await people.hospital(db, actor.hospital_id)
    return [own, *(await people.partners_of(db, own.id, now) if own.kind is HospitalKind.hub else [])]


async def _last_tests(db: AsyncSession, hospitals: Collection[str]) -> dict[UUID, DeviceCheck]:
    """By device its last test: one look in the index for each."""
    newest = (
        select(func.max(DeviceCheck.at)).where(DeviceCheck.device_id == Device.id).correlate(Device).scalar_subquery()
    )
    query = (
        select(DeviceCheck)
        .join(Device, and_(col(DeviceCheck.device_id) == Device.id, col(DeviceCheck.at) == newest))
        .where(col(Device.hospital_id).in_(hospitals), col(Device.revoked_at).is_(None))
        .order_by(col(DeviceCheck.id))
    )
    return {each.device_id: each for each in (await db.exec(query)).all()}


def _soonest(coming: Mapping[UUID, Booking], of: Collection[UUID]) -> Booking | None:
    return min((coming[id] for id in of if id in coming), key=lambda each: each.starts_at, default=None)


async def _next(db: AsyncSession, things: Collection[UUID], now: datetime) -> dict[UUID, Booking]:
    """By venue or device the meeting that is on, or the next one of two weeks."""
    first = func.row_number().over(
        partition_by=col(Occupancy.resource_id), order_by=(col(Occupancy.starts_at), col(Occupancy.id))
    )
    ranked = (
        select(Occupancy.resource_id, Occupancy.booking_id, first.label("nth"))
        .join(Booking, col(Booking.id) == Occupancy.booking_id)
        .where(col(Occupancy.resource_id).in_(things), col(Occupancy.active), queries.meets(Span(now, now + AHEAD)))
        .where(queries.stands(now), col(Booking.held_for).is_(None), col(Booking.kind).not_in(NO_MEETING))
        .subquery()
    )
    query = select(ranked.c.resource_id, Booking).join(Booking, col(Booking.id) == ranked.c.booking_id)
    return {of: booking for of, booking in (await db.exec(query.where(ranked.c.nth == 1))).all()}


def _device(
    row: Device, last: DeviceCheck | None, day: list[int | None], booked: Booking | None, now: datetime
) -> SiteDevice:
    passed = last is not None and last.camera and last.microphone and last.network
    known = Known(row.seen_at, last.at if last else None, passed)
    meets = booked is not None and rules.is_quiet(Span(booked.starts_at, booked.ends_at), now)
    return SiteDevice(
        **row.model_dump(include={"id", "kind", "name", "seen_at"}),
        online=standing.is_online(row.seen_at, now),
        last_test=DeviceTestOut.model_validate(last) if last else None,
        faults=standing.faults(known, now),
        retest=standing.retest(row.test_asked_at, known, meets=meets, now=now),
        link=day,
    )


def _site(row: Resource | Device, devices: Sequence[SiteDevice], booked: Booking | None, now: datetime) -> Site:
    place = {"name_en": "", "place": "", "place_en": ""}  # which a device that stands in no venue has not
    return Site(
        **{**place, **row.model_dump(include={"id", "hospital_id", "name", *place})},
        state=standing.standing(
            [each.faults for each in devices], Span(booked.starts_at, booked.ends_at) if booked else None, now
        ),
        devices=list(devices),
        next=SiteMeeting(
            **booked.model_dump(include={"kind", "starts_at", "ends_at"}), held=booked.state is BookingState.held
        )
        if booked
        else None,
    )


def _urgent(site: Site, order: Mapping[str, int]) -> tuple[int, datetime, int, str]:
    """Red first, of these the soonest meeting; else by hospital, the reader's own first."""
    place = standing.SHOWN_FIRST.index(site.state)
    soon = site.next.starts_at if site.next and site.state is SiteState.red else LATEST
    return place, soon, order[site.hospital_id], site.name
