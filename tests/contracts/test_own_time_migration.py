"""At the upgrade what is due at several moments has a deadline for each; nobody is told of what they do not owe."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, update
from sqlmodel import col, select

from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.db import Database
from telemed.kit.table import new_id
from telemed.migrations import migrate
from telemed.people.duty import on_duty
from telemed.work import ladders
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice, When, WorkItem, WorkKind
from tests.telemed.conftest import World, rows
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.consultations.owed import make_paper_due

__all__ = ["submitted"]
HOUR = timedelta(hours=1)


async def go(db: Database, to: str) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate, to)


async def execution(db: Database) -> list[Deadline]:
    found = [each for each in await rows(db, Deadline) if each.ladder == "execution" and each.done_at is None]
    return sorted(found, key=lambda each: each.due_at)


async def told(db: Database, world: World, at: datetime) -> set[str]:
    before = {each.id for each in await rows(db, Notice)}
    assert await take_due(db, at, on_duty) == {}
    names = {id: who for who, id in world.ids.items()}
    return {names[each.staff_id] for each in await rows(db, Notice) if each.id not in before}


async def make_executing(db: Database, world: World, id: UUID, now: datetime, *, rung: int) -> None:
    """As 0035 had it: one deadline, of the state, late with the first; the doctors of both advices were told."""
    async with db.write() as session:
        for each in await session.exec(select(Deadline).where(col(Deadline.done_at).is_(None))):
            each.done_at = now
        for item in await session.exec(select(WorkItem).where(col(WorkItem.done_at).is_(None))):
            item.done_at = now
        # Without reading it: the model has columns that the table of that release has not.
        executing = update(Consultation).where(col(Consultation.id) == id)
        await session.exec(executing.values(state=State.executing, state_due_at=now - HOUR))
        of: dict[str, Any] = {"activity": "consultation", "activity_id": id}
        for n, (who, due) in enumerate((("doctor", now - HOUR), ("doctor2", now + HOUR), ("chief", now - HOUR / 2)), 1):
            session.add(
                WorkItem(
                    kind=WorkKind.execute,
                    hospital_id="wuxi",
                    staff_id=world.ids[who],
                    about_id=new_id(),
                    created_at=now,
                    due_at=due,
                    note={"n": n},
                    **of,
                )
            )
        shared = Deadline(
            kind="state",
            ladder="execution",
            hospital_id="wuxi",
            hub_id="ruijin",
            urgency="routine",
            began_at=now - 2 * HOUR,
            due_at=now - HOUR,
            at=now + HOUR / 4 if rung else now - HOUR,
            rung=rung,
            **of,
        )
        session.add(shared)
        await session.flush()
        for who in ("doctor", "doctor2", "chief") if rung else ():
            # These columns alone, for the same reason.
            of_who = insert(Notice).values(
                id=new_id(),
                deadline_id=shared.id,
                n=0,
                staff_id=world.ids[who],
                kind="state",
                ladder="execution",
                when=When.due,
                due_at=shared.due_at,
                told_at=now - HOUR,
                **of,
            )
            await session.exec(of_who)


async def test_what_is_late_climbs_on_and_what_is_not_late_begins(
    any_db: Database, world: World, submitted: Made
) -> None:
    now = datetime.now(UTC)
    id = await submitted()
    await go(any_db, "0035")
    await make_executing(any_db, world, id, now, rung=1)
    await go(any_db, "head")
    await ladders.seed(any_db)
    found = await execution(any_db)
    assert [(each.kind, each.due_at - now, each.rung) for each in found] == [
        ("work", -HOUR, 1),
        ("work", -HOUR / 2, 1),
        ("work", HOUR, 0),
    ]
    assert [each.at for each in found] == [now + HOUR / 4, now + HOUR / 4, now + HOUR]
    notices = [each for each in await rows(any_db, Notice) if each.ladder == "execution"]
    ended = {each.staff_id: each.ended_at is not None for each in notices}
    assert ended == {world.ids["doctor"]: False, world.ids["chief"]: False, world.ids["doctor2"]: True}
    assert {each.kind for each in notices} == {"work"}
    assert await told(any_db, world, now + HOUR / 4) == {"chief"}  # the senior doctors, of both that are late
    assert await told(any_db, world, now + HOUR) == {"doctor2"}


async def test_what_the_clock_had_not_come_to_is_told_each_in_its_own_time(
    any_db: Database, world: World, submitted: Made
) -> None:
    now = datetime.now(UTC)
    id = await submitted()
    await go(any_db, "0035")
    await make_executing(any_db, world, id, now, rung=0)
    await go(any_db, "head")
    assert [each.rung for each in await execution(any_db)] == [0, 0, 0]
    assert await told(any_db, world, now - HOUR / 4) == {"doctor", "chief"}


async def test_two_papers_have_two_deadlines_and_one_whose_work_is_done_ends(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    later = datetime.now(UTC)
    await make_paper_due(world, id)
    await make_paper_due(world, id, "C-2", later)
    await go(any_db, "0035")
    (left,) = [each for each in await rows(any_db, Deadline) if each.ladder == "papers" and each.done_at is None]
    async with any_db.write() as db:
        (await db.get_one(Deadline, left.id)).due_at -= HOUR  # a moment at which nothing is due
    await go(any_db, "head")
    found = [each.due_at for each in await rows(any_db, Deadline) if each.ladder == "papers" and each.done_at is None]
    items = [each.due_at for each in await rows(any_db, WorkItem) if each.kind == "consent"]
    assert sorted(found) == sorted(filter(None, items))
    async with any_db.write() as db:
        for item in await db.exec(select(WorkItem).where(WorkItem.kind == "consent")):
            item.done_at = later
    await go(any_db, "0035")
    await go(any_db, "head")
    assert [each for each in await rows(any_db, Deadline) if each.ladder == "papers" and each.done_at is None] == []


@pytest.mark.parametrize("rung", [0, 1])
async def test_down_again_the_first_stands_for_all(any_db: Database, world: World, submitted: Made, rung: int) -> None:
    now = datetime.now(UTC)
    id = await submitted()
    await go(any_db, "0035")
    await make_executing(any_db, world, id, now, rung=rung)
    await go(any_db, "head")
    await go(any_db, "0035")
    (left,) = await execution(any_db)
    assert (left.kind, left.due_at, left.rung) == ("state", now - HOUR, rung)
    await go(any_db, "head")
    assert len(await execution(any_db)) == 3
