"""What was open before there were deadlines has one from then on: whoever holds it up is told when it is due."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

import pytest
from sqlalchemy import Connection

from telemed.consultations.ladders import BY_ITSELF, LADDER_OF
from telemed.consultations.words import Urgency
from telemed.db import Database
from telemed.migrations import migrate
from telemed.people.duty import on_duty
from telemed.work import ladders
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import Made, submitted

__all__ = ["submitted"]


def down_and_up(connection: Connection) -> None:
    migrate(connection, "0020")
    migrate(connection)


async def running(db: Database) -> dict[tuple[UUID, str], Deadline]:
    return {(each.activity_id, each.ladder): each for each in await rows(db, Deadline) if each.done_at is None}


@pytest.fixture
def names(world: World) -> dict[object, str]:
    return {id: name for name, id in world.ids.items()}


async def test_what_was_open_is_told_of(
    any_db: Database, world: World, submitted: Made, names: dict[object, str]
) -> None:
    routine, stat = await submitted(), await submitted(urgency=Urgency.stat)
    before = await running(any_db)
    async with any_db.writer.begin() as connection:
        await connection.run_sync(down_and_up)
    await ladders.seed(any_db)
    after = await running(any_db)
    assert (
        after.keys()
        == before.keys()
        == {
            (routine, "approval"),
            (routine, "closing"),
            (stat, "stat"),
            (stat, "completion"),
        }
    )
    for of, each in after.items():
        assert (each.kind, each.partner_id) == (before[of].kind, before[of].partner_id)
    assert await take_due(any_db, NOW + timedelta(hours=2), on_duty) == {}
    told = {(each.kind, names[each.staff_id]) for each in await rows(any_db, Notice)}
    assert told == {("state", "chief"), ("ring", "hub_duty"), ("closing", "duty"), ("work", "doctor")}


def test_every_ladder_is_in_the_migrations() -> None:
    climbs = import_module("telemed.migrations.versions.0021_deadlines").CLIMBS
    later = import_module("telemed.migrations.versions.0023_what_happens_by_itself").BY_ITSELF
    known = {state: ladder for ladder, (states, _) in climbs.items() for state in states} | {"in_progress": "ending"}
    assert known == {str(state): ladder for state, ladder in LADDER_OF.items()}
    assert set(later) == {*BY_ITSELF, "ending"}
