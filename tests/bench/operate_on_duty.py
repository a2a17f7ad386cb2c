"""Who is on duty, asked as an emergency asks it: of 1,000 shifts, on both databases."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from telemed.access.model import Account, AccountRole, Role
from telemed.people.model import Department, Hospital, HospitalKind, Staff, Title
from telemed.rosters.duty import on_duty
from telemed.rosters.model import Covers, Roster, RosterKind, Shift
from telemed.serve import open_database
from tests.bench.workshop import Measured, Workshop, p95
from tests.contracts.postgres import create_database, postgres

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
SHIFTS, EXPERTS, PLACES = 1_000, 40, 2
LONG = timedelta(hours=12)


def on_duty_p95(shop: Workshop) -> Measured:
    """The worse of both databases."""
    tries = shop.often(300)
    sqlite = asyncio.run(_asked(f"sqlite:///{shop.folder}/on_duty.db", tries))
    with postgres() as socket:
        postgresql = asyncio.run(_asked_of_postgresql(socket, tries))
    return Measured(max(sqlite, postgresql), tries, f"SQLite {sqlite:.1f} ms, PostgreSQL {postgresql:.1f} ms")


async def _asked_of_postgresql(socket: Path, tries: int) -> float:
    return await _asked(await create_database(socket, "on_duty"), tries)


async def _asked(url: str, tries: int) -> float:
    async with open_database(url) as db:
        async with db.write() as session:
            hub = Hospital(id="hub", kind=HospitalKind.hub, name="hub", name_en="hub", licence_name="hub")
            session.add(hub)
            await session.flush()
            of = Department(hospital_id="hub", specialty="cardiology", name="cardiology", name_en="cardiology")
            roster = Roster(hospital_id="hub", kind=RosterKind.specialty, subject="cardiology", covers=Covers.always)
            session.add_all([of, roster])
            await session.flush()
            people = []
            for n in range(EXPERTS):
                account = Account(username=f"e{n}", password_hash="!", hospital_id="hub", name=f"e{n}")
                session.add(account)
                person = Staff(
                    id=account.id,
                    hospital_id="hub",
                    department_id=of.id,
                    number=f"{n}",
                    name=f"e{n}",
                    name_en=f"e{n}",
                    title=Title.chief,
                )
                session.add(person)
                await session.flush()
                session.add(AccountRole(account_id=account.id, role=Role.expert))
                people.append(account.id)
            first = NOW - SHIFTS // PLACES // 2 * LONG
            for n in range(SHIFTS):
                starts = first + n // PLACES * LONG
                place = n % PLACES + 1
                who = people[n % EXPERTS]
                session.add(Shift(roster_id=roster.id, staff_id=who, starts=starts, ends=starts + LONG, place=place))
        await db.count_rows()
        took = []
        for _ in range(tries):
            began = perf_counter()
            async with db.read() as session:
                groups = await on_duty(session, "hub", "cardiology", None, NOW)
            took.append((perf_counter() - began) * 1000)
            assert [len(each) for each in groups] == [1] * PLACES
    return p95(took)


MEASUREMENTS: dict[str, Callable[[Workshop], Measured]] = {"on_duty_p95": on_duty_p95}
