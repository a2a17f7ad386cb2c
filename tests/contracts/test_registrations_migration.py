"""At the upgrade whoever could be consulted until a date is registered until then at their hub's branches."""

from datetime import date

from sqlalchemy import text

from telemed.db import Database
from telemed.migrations import migrate
from telemed.people.model import Registration, Staff
from tests.telemed.conftest import World, rows


async def go(db: Database, to: str) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate, to)


async def test_a_date_becomes_a_registration_at_each_branch_of_the_hub(any_db: Database, world: World) -> None:
    await go(any_db, "0040")
    async with any_db.writer.begin() as connection:
        # Going down, whoever was registered has the date again.
        known = (await connection.execute(text("SELECT number, credential_until FROM staff"))).all()
        before = {number: str(until) for number, until in known}
        assert (before["expert"], before["doctor"]) == ("2030-01-01", "None")
        await connection.execute(text("UPDATE staff SET credential_until = '2027-05-31' WHERE number = 'expert2'"))
        await connection.execute(text("UPDATE staff SET credential_until = '2027-05-31' WHERE number = 'doctor'"))
        await connection.execute(text("UPDATE staff SET number = 'expert' WHERE number = 'neurologist'"))
    await go(any_db, "head")
    found = {(each.staff_id, each.hospital_id): each for each in await rows(any_db, Registration)}
    theirs = {at: each for (id, at), each in found.items() if id == world.ids["expert2"]}
    assert {at: (each.valid_from, each.valid_until) for at, each in theirs.items()} == {
        at: (date(2025, 1, 1), date(2027, 5, 31)) for at in ("wuxi", "jiashan")
    }
    assert world.ids["doctor"] not in {id for id, _ in found}, "nobody needs one at their own hospital"
    numbers = [each.number for each in await rows(any_db, Staff) if each.number.startswith("expert")]
    assert sorted(numbers) == ["expert", "expert-2", "expert2"]
