"""A hospital of 1,000 people and 200 rooms with as many bookings as asked for, written past the product's own way."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url, text

from telemed.access.model import Account, AccountRole, Role
from telemed.db import Database
from telemed.people.model import Department, Hospital, HospitalKind, Staff, Title
from telemed.scheduling.model import Booking, Occupancy, Resource, ResourceKind

PEOPLE, ROOMS, SPECIALTIES = 1000, 200, 50
NOW: Final = datetime(2026, 11, 29, 23, tzinfo=UTC)  # a Monday, seven in the morning in Shanghai
FIRST_HOUR, CELL, CELLS = timedelta(hours=1), timedelta(minutes=5), 114  # 08:00 to 17:30 in Shanghai
TITLES: Final = (Title.attending, Title.associate_chief, Title.chief)
BOOKING: Final = (
    "id", "version", "kind", "hospital_id", "title", "title_en", "starts_at", "ends_at", "state", "created_at",
    "note", "sequence",
)  # fmt: skip
OCCUPANCY: Final = ("id", "booking_id", "resource_id", "starts_at", "ends_at", "active")


def person(n: int) -> UUID:
    return UUID(int=1 + n)


def room(n: int) -> UUID:
    return UUID(int=10_001 + n)


async def hospital(db: Database) -> None:
    """Its people are experts of fifty specialties, twenty each, attending to chief."""
    async with db.write() as session:
        session.add(Hospital(id="hub", kind=HospitalKind.hub, name="hub", name_en="hub", licence_name="hub"))
        await session.flush()
        of = [Department(hospital_id="hub", specialty=f"s{n}", name=f"s{n}", name_en="") for n in range(SPECIALTIES)]
        session.add_all(of)
        await session.flush()
        for n in range(PEOPLE):
            name, where = f"p{n:04}", of[n % SPECIALTIES].id
            session.add(Account(id=person(n), username=name, password_hash="!", hospital_id="hub", name=name))
            title = TITLES[n // SPECIALTIES % len(TITLES)]
            session.add(
                Staff(
                    id=person(n),
                    hospital_id="hub",
                    department_id=where,
                    number=name,
                    name=name,
                    name_en=name,
                    pinyin=name,
                    title=title,
                )
            )
            await session.flush()
            session.add(AccountRole(account_id=person(n), role=Role.expert))
            session.add(Resource(id=person(n), kind=ResourceKind.person, hospital_id="hub", name=name, name_en=name))
        for n in range(ROOMS):
            name = f"r{n:03}"
            session.add(Resource(id=room(n), kind=ResourceKind.venue, hospital_id="hub", name=name, name_en=name))


Row = tuple[Any, ...]


def bookings(count: int, a_day: int, weeks: int, seed: int = 7) -> Iterator[tuple[Row, list[Row]]]:
    """So many on each working day: some weeks ahead, and as far back as it takes. One to three people, and a room in
    two of five; never two at one time. Begins and ends are off the quarter hours.
    """
    rng = random.Random(seed)
    midnight, made, day = NOW - timedelta(hours=7), 0, weeks * 7
    while made < count:
        day -= 1
        if day % 7 in (5, 6):
            continue
        opens = midnight + day * timedelta(days=1) + timedelta(hours=8)
        busy: dict[UUID, int] = {}
        for _ in range(a_day):
            if made == count:
                return
            if booked := _free(rng, busy):
                first, cells, who = booked
                made += 1
                start, end = opens + first * CELL, opens + (first + cells) * CELL
                id = UUID(int=(1 << 100) + made)
                row = (id, 1, "clinic", "hub", "", "", start, end, "booked", NOW, "", 0)
                yield row, [(UUID(int=rng.getrandbits(128)), id, each, start, end, True) for each in who]


def _free(rng: random.Random, busy: dict[UUID, int]) -> tuple[int, int, set[UUID]] | None:
    """A time at which those drawn by lot have nothing yet; None after twenty tries."""
    for _ in range(20):
        cells = rng.choice((5, 6, 11, 12, 23))
        first = rng.randrange(CELLS - cells + 1)
        mask = ((1 << cells) - 1) << first
        who = {person(rng.randrange(PEOPLE)) for _ in range(rng.choices((1, 2, 3), (6, 3, 1))[0])}
        if rng.random() < 0.4:
            who.add(room(rng.randrange(ROOMS)))
        if not any(busy.get(each, 0) & mask for each in who):
            for each in who:
                busy[each] = busy.get(each, 0) | mask
            return first, cells, who
    return None


async def fill(db: Database, count: int, a_day: int, weeks: int) -> None:
    """The walls against two at one time are taken down for it, and stay so: a search does not read them."""
    rows = bookings(count, a_day, weeks)
    if db.is_sqlite:
        async with db.write() as session:
            for verb in ("insert", "update"):
                await (await session.connection()).execute(text(f"DROP TRIGGER IF EXISTS occupancy_no_overlap_{verb}"))
        _fill_sqlite(make_url(db.writer.url).database or "", rows)
        await db.count_rows()
        return
    async with db.write() as session:
        drop = "ALTER TABLE occupancy DROP CONSTRAINT IF EXISTS occupancy_no_overlap"
        await (await session.connection()).execute(text(drop))
    url = make_url(db.writer.url)
    to = await asyncpg.connect(
        user=url.username, database=url.database, host=str(url.query["host"]), port=int(str(url.query["port"]))
    )
    try:
        while some := list(_some(rows, 100_000)):
            taken = [each for _, of in some for each in of]
            await to.copy_records_to_table(Booking.__tablename__, records=[row for row, _ in some], columns=BOOKING)
            await to.copy_records_to_table(Occupancy.__tablename__, records=taken, columns=OCCUPANCY)
        for table in (Booking.__tablename__, Occupancy.__tablename__):
            await to.execute(f"VACUUM ANALYZE {table}")
    finally:
        await to.close()


def _some(rows: Iterator[tuple[Row, list[Row]]], most: int) -> Iterator[tuple[Row, list[Row]]]:
    for _, each in zip(range(most), rows, strict=False):
        yield each


def _fill_sqlite(path: str, rows: Iterator[tuple[Row, list[Row]]]) -> None:
    connection = sqlite3.connect(path)
    try:
        while some := list(_some(rows, 100_000)):
            with connection:
                _insert(connection, str(Booking.__tablename__), BOOKING, [row for row, _ in some])
                taken = [each for _, of in some for each in of]
                _insert(connection, str(Occupancy.__tablename__), OCCUPANCY, taken)
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
    marks = ", ".join("?" * len(columns))
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    connection.executemany(insert, (tuple(map(_plain, row)) for row in rows))


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return value.hex
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
