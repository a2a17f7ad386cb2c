"""The demonstration's people can be found, sign in, and have filled calendars, on a real database."""

from datetime import UTC, datetime

from sqlmodel import select

from telemed.access import passwords as hashing
from telemed.access.model import Account, Role
from telemed.db import Database
from telemed.demo.accounts import account_table, passwords, set_passwords
from telemed.demo.foundation import fill_calendars, lay
from telemed.demo.staff import STAFF
from telemed.demo.time_series import plan_series
from telemed.people import patients
from telemed.people import service as people
from telemed.people.schemas import StaffFilter
from telemed.scheduling import series_queries
from telemed.scheduling.model import Booking

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


async def kept(db: Database, username: str) -> str:
    async with db.read() as session:
        return (await session.exec(select(Account.password_hash).where(Account.username == username))).one()


async def test_everybody_stands_in_the_database(db: Database) -> None:
    made = await lay(db, NOW)
    await fill_calendars(db, made, NOW)
    async with db.read() as session:
        experts = await people.find_staff(session, StaffFilter(hospital_id="ruijin", role=Role.expert))
        assert {"柳春分", "林谷雨", "冷大雪"} <= {each.name for each in experts}
        found = await patients.find(session, made.actors["wuxi.doctor"], "zhaotianshu")
        assert [each.name for each in found] == ["赵天枢"]
        assert await people.agreement(session, "wuxi", "ruijin", "consultation", NOW) is not None
        assert len((await session.exec(select(Booking))).all()) > 20


async def test_what_comes_again_finds_its_people_free(db: Database) -> None:
    made = await lay(db, NOW)
    await fill_calendars(db, made, NOW)
    await plan_series(db, made, NOW)
    async with db.read() as session:
        (found, more) = (await series_queries.find(session, made.actors["coordinator"], NOW)).items
    assert (found.unbooked, more.unbooked) == (0, 0)
    assert found.next_at is not None


async def test_a_chosen_password_opens_every_account_and_no_other(db: Database) -> None:
    await lay(db, NOW)
    wanted = passwords("correct horse")
    await set_passwords(db, wanted, chosen=True)
    assert await hashing.matches(await kept(db, "expert"), "correct horse")
    assert not await hashing.matches(await kept(db, "expert"), "wrong horse")


async def test_random_passwords_differ_and_the_last_ones_count(db: Database) -> None:
    await lay(db, NOW)
    first, second = passwords(), passwords()
    assert len(set(first.values())) == len(first)
    await set_passwords(db, first, chosen=False)
    await set_passwords(db, second, chosen=False)
    assert await hashing.matches(await kept(db, "admin"), second["admin"])
    assert not await hashing.matches(await kept(db, "admin"), first["admin"])


async def test_colleagues_without_an_account_cannot_sign_in(db: Database) -> None:
    await lay(db, NOW)
    await set_passwords(db, passwords("x"), chosen=True)
    assert not await hashing.matches(await kept(db, "neurosurgeon"), "x")
    assert not await hashing.matches(await kept(db, "neurosurgeon"), "!")


def test_the_table_names_every_account_with_its_password() -> None:
    wanted = passwords()
    text = account_table(wanted)
    for each in STAFF:
        assert (each.username in text) == each.signs_in
    assert all(password in text for password in wanted.values())
