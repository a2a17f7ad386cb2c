"""A year of rounds looked at before they are planned: 52 occurrences of which none has its lead, venue or cart free.

`BENCH_BOOKINGS=10000` makes the hospital small, to try it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import Actor, Role
from telemed.db import Database
from telemed.devices import bookable
from telemed.devices.model import Device, DeviceKind
from telemed.people.model import Agreement, Hospital, HospitalKind, Ward
from telemed.rounds.series import look_ahead
from telemed.rounds.series_schemas import SeriesIn
from telemed.scheduling.model import Booking, BookingKind, BookingState, Occupancy, Resource, ResourceKind
from telemed.serve import open_database
from tests.bench.many_bookings import NOW, fill, hospital, person, room
from tests.bench.scheduling_find import LARGE
from tests.bench.workshop import Measured, Workshop, p95
from tests.contracts.postgres import create_database, postgres

WEEKS = 52
A_DAY = 3_500  # bookings: about half of the working time of everybody
LEADS = [person(n) for n in (3, 53, 103, 153)]
VENUE, STAND, WARD, CART = room(7), UUID(int=30_001), UUID(int=30_002), UUID(int=30_003)
FIRST = datetime(2026, 12, 1, 0, 30, tzinfo=UTC)  # a Tuesday, half past eight in Shanghai
TAKEN = timedelta(minutes=30)  # before and after each round
ASKER = Actor(person(0), UUID(int=1), "hub", "asker", frozenset({Role.coordinator}))
ASKED = SeriesIn(
    branch_id="branch",
    ward_id=WARD,
    specialty="cardiology",
    rrule="FREQ=WEEKLY;BYDAY=TU",
    starts_on=FIRST.date(),
    at="08:30",
    minutes=60,
    leads=LEADS,
    cadence_days=7,
    venue_id=VENUE,
    cart_id=CART,
)


@dataclass
class Looked:
    took: list[float] = field(default_factory=list)  # milliseconds
    clashes: int = 0  # in one preview


def _looked(shop: Workshop, postgresql: bool, tries: int) -> Looked:
    if not postgresql:
        return asyncio.run(_measured(f"sqlite:///{shop.folder}/preview.db", tries))
    with postgres() as socket:
        return asyncio.run(_on_postgresql(socket, tries))


async def _on_postgresql(socket: Path, tries: int) -> Looked:
    return await _measured(await create_database(socket, "preview"), tries)


async def _measured(url: str, tries: int) -> Looked:
    async with open_database(url) as db:
        await hospital(db)
        await fill(db, LARGE, A_DAY, WEEKS + 1)
        await _in_the_way(db)
        looked = Looked()
        for n in range(tries + 3):
            began = perf_counter()
            async with db.read() as session:
                out = await look_ahead(session, ASKER, ASKED, None, NOW, WEEKS)
            out.model_dump_json()
            if n >= 3:
                looked.took.append((perf_counter() - began) * 1000)
            blocked = [{clash.resource_id for clash in each.clashes} for each in out.items]
            assert len(blocked) == WEEKS
            assert all({*LEADS, VENUE, CART} <= each for each in blocked)
            looked.clashes = sum(len(each.clashes) for each in out.items)
        return looked


async def _in_the_way(db: Database) -> None:
    """A branch with a ward and its cart; every lead of the pool, the venue and the cart are taken each time."""
    async with db.write() as session:
        await _branch(session)
        for week in range(WEEKS):
            start = FIRST + timedelta(weeks=week) - TAKEN
            end = start + timedelta(hours=1) + 2 * TAKEN
            booking = Booking(
                kind=BookingKind.clinic,
                hospital_id="hub",
                title="",
                starts_at=start,
                ends_at=end,
                state=BookingState.booked,
                created_at=NOW,
            )
            session.add(booking)
            await session.flush()
            for each in (*LEADS, VENUE, CART):
                session.add(Occupancy(booking_id=booking.id, resource_id=each, starts_at=start, ends_at=end))


async def _branch(session: AsyncSession) -> None:
    name = "branch"
    session.add(Hospital(id=name, kind=HospitalKind.branch, name=name, name_en=name, licence_name=name))
    await session.flush()
    agreement = Agreement(
        number="A",
        branch_id="branch",
        hub_id="hub",
        services=["round"],
        valid_from=date(2026, 1, 1),
        valid_until=date(2030, 1, 1),
    )
    session.add(agreement)
    session.add(Ward(id=WARD, hospital_id="branch", code="5", name="5", name_en="5"))
    session.add(Resource(id=STAND, kind=ResourceKind.venue, hospital_id="branch", name="cart", name_en="cart"))
    await session.flush()
    cart = Device(
        id=CART,
        hospital_id="branch",
        kind=DeviceKind.cart,
        name="cart",
        venue_id=STAND,
        secret_sha256="0" * 64,
        registered_at=NOW,
        registered_by=person(0),
    )
    session.add(cart)
    await session.flush()
    await bookable.follow(session, cart, NOW)


def preview_52(shop: Workshop) -> Measured:
    """The p95, of the worse of both databases."""
    tries = shop.often(50)
    sqlite, postgresql = (_looked(shop, each, tries) for each in (False, True))
    times = [p95(each.took) for each in (sqlite, postgresql)]
    said = f"SQLite {times[0]:.0f} ms, PostgreSQL {times[1]:.0f} ms"
    return Measured(max(times), tries, f"{LARGE:,} bookings, {sqlite.clashes} clashes named; {said}")


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"preview_52": preview_52}
