"""Refusals to co-sign that stood in closed work items go on, each for the version that was newest at its time."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection

from telemed.db import Database
from telemed.migrations import migrate
from telemed.opinions.model import Opinion, StandDeclined
from telemed.work.model import Outcome, WorkItem, WorkKind
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.opinions.helpers import consultation

# Who declined, the number that their reminder named, hours after the first version. The second was begun after two.
REFUSALS = (
    ("expert2", 1, 1),
    ("neurologist", 2, 3),
    ("coordinator", 1, 3),  # reminded of the first version, with the second open
    ("dispatcher", 2, 1),  # of another second draft, which has been dropped
)


async def test_refusals_of_before_go_on(any_db: Database, world: World) -> None:
    id = UUID(await consultation(world))
    async with any_db.write() as db:
        db.add(first := _opinion(world, id, 1, 0))
        db.add(second := _opinion(world, id, 2, 2))
        db.add_all(_declined(world.ids[who], id, number, hours) for who, number, hours in REFUSALS)
        wanted = {("expert2", first.id, 1), ("neurologist", second.id, 3), ("coordinator", second.id, 3)}

    def down_and_up(connection: Connection) -> None:
        migrate(connection, "0019")
        migrate(connection)

    async with any_db.writer.begin() as connection:
        await connection.run_sync(down_and_up)
    kept = {(each.staff_id, each.opinion_id, each.at) for each in await rows(any_db, StandDeclined)}
    assert kept == {(world.ids[who], of, NOW + timedelta(hours=hours)) for who, of, hours in wanted}


def _opinion(world: World, id: UUID, number: int, hours: int) -> Opinion:
    at, lead = NOW + timedelta(hours=hours), world.ids["expert"]
    return Opinion(consultation_id=id, number=number, author_id=lead, content={}, created_at=at, saved_at=at)


def _declined(staff_id: UUID, id: UUID, number: int, hours: int) -> WorkItem:
    return WorkItem(
        kind=WorkKind.co_sign,
        hospital_id="ruijin",
        staff_id=staff_id,
        about_id=id,
        note={"number": number},
        created_at=NOW,
        done_at=NOW + timedelta(hours=hours),
        outcome=Outcome.declined,
    )
