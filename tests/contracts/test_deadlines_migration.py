"""What was open before there were deadlines has one from then on: whoever holds it up is told when it is due."""

from datetime import timedelta
from importlib import import_module

import pytest
from sqlalchemy import Connection

from telemed.consultations.dues import LADDER_OF
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


@pytest.fixture
def names(world: World) -> dict[object, str]:
    return {id: name for name, id in world.ids.items()}


async def test_what_was_open_is_told_of(
    any_db: Database, world: World, submitted: Made, names: dict[object, str]
) -> None:
    routine, stat = await submitted(), await submitted(urgency=Urgency.stat)
    before = {each.activity_id: each for each in await rows(any_db, Deadline) if each.done_at is None}
    async with any_db.writer.begin() as connection:
        await connection.run_sync(down_and_up)
    await ladders.seed(any_db)
    after = {each.activity_id: each for each in await rows(any_db, Deadline)}
    assert after.keys() == {routine, stat}
    for id, each in after.items():
        assert (each.kind, each.ladder, each.partner_id) == (
            before[id].kind,
            before[id].ladder,
            before[id].partner_id,
        )
    assert await take_due(any_db, NOW + timedelta(hours=2), on_duty) == {}
    told = {(each.kind, names[each.staff_id]) for each in await rows(any_db, Notice)}
    assert told == {("state", "chief"), ("ring", "hub_duty")}


def test_every_ladder_is_in_the_migration() -> None:
    climbs = import_module("telemed.migrations.versions.0021_deadlines").CLIMBS
    assert {state: ladder for ladder, (states, _) in climbs.items() for state in states} == {
        str(state): ladder for state, ladder in LADDER_OF.items()
    }
