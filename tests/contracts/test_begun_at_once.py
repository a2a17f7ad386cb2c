"""Work of a hospital that is first asked for by several servers at the same moment has one deadline."""

import asyncio
from datetime import timedelta

import pytest

from telemed.scheduling.series_asking import UNBOOKED
from telemed.work import deadlines
from telemed.work.duty import on_duty
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, World, rows

pytestmark = pytest.mark.databases_differ

SERVERS = 4


async def test_of_the_work_of_a_hospital_one_deadline_begins(world: World) -> None:
    async def ask(n: int) -> None:
        async with world.db.write() as db:
            await deadlines.begin_at_hospital(db, "ruijin", UNBOOKED, NOW + timedelta(days=n), NOW, on_duty)

    await asyncio.gather(*(ask(n) for n in range(SERVERS, 0, -1)))
    (one,) = [each for each in await rows(world.db, Deadline) if each.ladder == UNBOOKED]
    assert one.due_at == NOW + timedelta(days=1), "when the first of it is"
