"""What branches owe at the upgrade: an approval is due by itself, and ladders tell those who can act."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import UUID

import pytest
from sqlmodel import col, select

from telemed.cases.model import ConsentKind
from telemed.consultations.words import Urgency
from telemed.db import Database
from telemed.migrations import migrate
from telemed.work import ladders
from telemed.work.ladders import rung
from telemed.work.model import Deadline, Rung, To, When, WorkItem
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.consultations.owed import make_paper_due

__all__ = ["submitted"]

LADDERS = import_module("telemed.migrations.versions.0031_who_is_told_can_act").LADDERS


async def down(db: Database) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate, "0030")


async def up(db: Database) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate)
    await ladders.seed(db)


async def running(db: Database, id: UUID) -> dict[str, Deadline]:
    found = [each for each in await rows(db, Deadline) if each.activity_id == id and each.done_at is None]
    theirs = {each.ladder: each for each in found}
    assert len(theirs) == len(found), "one of each"
    return theirs


@pytest.mark.parametrize("paper", [True, False], ids=["with its paper", "alone"])
async def test_an_open_approval_is_due_by_itself_after_the_upgrade(
    any_db: Database, world: World, submitted: Made, paper: bool
) -> None:
    id = await submitted(urgency=Urgency.urgent)
    await make_paper_due(world, id, kind=ConsentKind.emergency)
    async with any_db.write() as db:
        if not paper:
            (item,) = (await db.exec(select(WorkItem).where(WorkItem.kind == "consent"))).all()
            item.done_at = NOW
    for _ in range(2):
        at = datetime.now(UTC)
        await down(any_db)
        await up(any_db)
        items = {each.kind: each for each in await rows(any_db, WorkItem) if "consent" in each.kind}
        asked = items["approve_consent"]
        assert (set(items), set(asked.note)) == ({"approve_consent", "consent"}, {"consent_id", "number"})
        assert asked.done_at is None
        of = await running(any_db, id)
        assert ("papers" in of, of["consent_approval"].due_at) == (paper, asked.due_at)
        assert asked.due_at is not None
        assert at <= asked.due_at <= datetime.now(UTC), "asked for long ago: now"
        assert (of["consent_approval"].at, of["consent_approval"].rung) == (asked.due_at, 1)


def old(name: str) -> list[Rung]:
    """As the release before had entered it."""
    asked, later = rung(When.due, 0, To.asked), (("duty_officer", 60), ("reviewer", 120))
    told = [rung(When.after, minutes, To.role) | {"role": role} for role, minutes in later]
    return [Rung(**each, n=n, ladder=name) for n, each in enumerate((asked, *told))]


@pytest.mark.parametrize("saved", [False, True], ids=["built in", "an administrator's"])
async def test_the_products_own_ladders_tell_who_can_act_from_the_upgrade_on_and_what_was_silent_is_told_again(
    any_db: Database, world: World, submitted: Made, saved: bool
) -> None:
    id = await submitted(urgency=Urgency.urgent)
    await make_paper_due(world, id)
    await down(any_db)
    async with any_db.write() as db:
        for each in await db.exec(select(Rung).where(col(Rung.ladder).in_(LADDERS))):
            await db.delete(each)
        for name in LADDERS:
            db.add_all(old(name))
        await db.flush()
        if saved:
            for each in await db.exec(select(Rung).where(Rung.ladder == "papers")):
                each.saved_at = NOW
        for deadline in await db.exec(select(Deadline).where(Deadline.ladder == "papers")):
            deadline.at, deadline.rung = None, 3
    await up(any_db)
    now = datetime.now(UTC)
    async with any_db.read() as db:
        for name, wanted in LADDERS.items():
            begins = Deadline(
                kind="work",
                ladder=name,
                hospital_id="wuxi",
                hub_id="ruijin",
                began_at=now,
                due_at=now,
                urgency="urgent",
            )
            holds = [(each.minutes, each.role, each.again) for each in await ladders.ladder_of(db, begins)]
            kept = [(each.minutes, each.role, each.again) for each in old(name)]
            assert holds == (kept if saved and name == "papers" else wanted), name
            begins.began_at = NOW
            has_begun = [(each.minutes, each.role, each.again) for each in await ladders.ladder_of(db, begins)]
            assert has_begun == kept, "what has begun keeps its ladder"
    silent = (await running(any_db, id))["papers"]
    assert (silent.at is None) is saved
    if silent.at is not None:
        assert now - timedelta(minutes=1) < silent.at - timedelta(days=1) <= now


async def test_the_ladders_of_a_new_database_are_those_of_an_upgraded_one(world: World) -> None:
    found = await rows(world.db, Rung)
    for name, wanted in LADDERS.items():
        rungs = sorted((each for each in found if each.ladder == name), key=lambda each: each.n)
        assert [(each.minutes, each.role, each.again) for each in rungs] == wanted, name
