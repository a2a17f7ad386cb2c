"""At the upgrade every ladder of the product's own tells again and again; what climbs an older one goes on in it."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import UUID

import pytest
from sqlmodel import col, select

from telemed.consultations.words import Urgency
from telemed.db import Database
from telemed.migrations import migrate
from telemed.people.duty import on_duty
from telemed.work import ladders
from telemed.work.clock import take_due
from telemed.work.ladders import rung
from telemed.work.model import Deadline, Notice, Rung, To, When
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import Made, submitted
from tests.telemed.consultations.owed import make_paper_due

__all__ = ["submitted"]

MIGRATION = import_module("telemed.migrations.versions.0035_told_again_until_done")
HOUR = timedelta(hours=1)


def said(rungs: list[Rung]) -> list[tuple[str, int, str, bool]]:
    """As the migration says it."""
    ordered = sorted(rungs, key=lambda each: each.n)
    return [
        (each.when, each.minutes, ("@" if each.at_hub else "") + (each.role or each.to), each.again) for each in ordered
    ]


def old(name: str, *later: tuple[str, int]) -> list[Rung]:
    """As an earlier release had entered it: it ended."""
    told = [rung(When.after, minutes, To.role) | {"role": role} for role, minutes in later]
    return [Rung(**each, n=n, ladder=name) for n, each in enumerate((rung(When.due, 0, To.asked), *told))]


OLD = {
    "approval": [("duty_officer", 10)],
    "papers": [("duty_officer", 60), ("reviewer", 120)],  # as before 0031
}


async def go(db: Database, to: str) -> None:
    async with db.writer.begin() as connection:
        await connection.run_sync(migrate, to)


async def set_back(db: Database, *, saved: str = "") -> None:
    """To the release before 0031, with its ladders; an administrator has saved the one that is named."""
    await go(db, "0030")
    async with db.write() as session:
        for each in await session.exec(select(Rung).where(col(Rung.ladder).in_(OLD))):
            await session.delete(each)
        for name, later in OLD.items():
            made = old(name, *later)
            for each in made:
                each.saved_at = NOW if name == saved else None
            session.add_all(made)


async def at_rung(db: Database, id: UUID, name: str, n: int, at: datetime | None) -> None:
    async with db.write() as session:
        query = select(Deadline).where(Deadline.activity_id == id, Deadline.ladder == name)
        for each in await session.exec(query.where(col(Deadline.done_at).is_(None))):
            each.rung, each.at = n, at


async def running(db: Database, name: str) -> Deadline:
    (found,) = [each for each in await rows(db, Deadline) if each.ladder == name and each.done_at is None]
    return found


async def told(db: Database, world: World, at: datetime, name: str) -> set[str]:
    before = {each.id for each in await rows(db, Notice)}
    assert await take_due(db, at, on_duty) == {}
    names = {id: who for who, id in world.ids.items()}
    new = [each for each in await rows(db, Notice) if each.id not in before and each.ladder == name]
    return {names[each.staff_id] for each in new}


async def test_the_ladders_of_a_new_database_are_those_of_an_upgraded_one(world: World) -> None:
    found = await rows(world.db, Rung)
    for urgency, entered in (("", MIGRATION.LADDERS), ("routine", MIGRATION.ROUTINE)):
        for name, wanted in entered.items():
            assert said([each for each in found if (each.ladder, each.urgency) == (name, urgency)]) == wanted, name
    later = {"mdt_section"}  # entered by the first start of a release that has it, in both
    assert {each.ladder for each in found if each.urgency} == set(MIGRATION.ROUTINE) | later


@pytest.mark.parametrize("by_way_of", [[], ["0034"]], ids=["at once", "by way of 0034"])
async def test_what_is_in_the_middle_of_an_old_ladder_goes_on_in_what_holds_now_and_never_falls_silent(
    any_db: Database, world: World, submitted: Made, by_way_of: list[str]
) -> None:
    id = await submitted(urgency=Urgency.urgent)
    await make_paper_due(world, id)
    await set_back(any_db)
    now = datetime.now(UTC)
    await at_rung(any_db, id, "papers", 2, now + HOUR)  # the duty officer is told; in an hour the medical office
    await at_rung(any_db, id, "approval", 1, now + HOUR)
    for each in [*by_way_of, "head"]:
        await go(any_db, each)
    await ladders.seed(any_db)
    papers = await running(any_db, "papers")
    assert (papers.rung, papers.at, papers.due_at < now) == (2, now + HOUR, True)
    assert await told(any_db, world, now + HOUR, "papers") == {"duty"}  # the rung in its place: nobody is passed over
    assert await told(any_db, world, now + 3 * HOUR, "papers") == {"reviewer"}
    for days in (1, 2):
        assert await told(any_db, world, now + 3 * HOUR + timedelta(days=days), "papers") == {"reviewer"}
    assert (await running(any_db, "approval")).at is not None


async def test_what_an_old_ladder_had_left_silent_is_told_again(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    await set_back(any_db)
    await at_rung(any_db, id, "approval", 2, None)
    await go(any_db, "head")
    silent = await running(any_db, "approval")
    assert silent.at is not None
    assert silent.at - HOUR <= datetime.now(UTC)
    assert await told(any_db, world, silent.at, "approval") == {"chief", "duty"}  # of both it is asked by now
    assert await told(any_db, world, silent.at + 4 * HOUR, "approval") == {"chief", "duty"}


async def test_of_what_had_fallen_silent_not_everything_is_told_in_the_same_moment(
    any_db: Database, world: World, submitted: Made
) -> None:
    ids = [await submitted() for _ in range(4)]
    await set_back(any_db)
    for each in ids:
        await at_rung(any_db, each, "approval", 2, None)
    before = datetime.now(UTC)
    await go(any_db, "head")
    after = datetime.now(UTC)
    at = sorted(each.at for each in await rows(any_db, Deadline) if each.ladder == "approval" and each.at)
    assert [later - at[0] for later in at] == [n * 6 * HOUR for n in range(4)]
    assert before <= at[0] <= after


async def test_what_an_administrator_says_of_routine_ones_stays(any_db: Database, world: World) -> None:
    await set_back(any_db)
    async with any_db.write() as db:
        for each in old("approval", ("reviewer", 30)):
            each.urgency, each.saved_at = "routine", NOW
            db.add(each)
    await go(any_db, "head")
    found = [each for each in await rows(any_db, Rung) if (each.ladder, each.urgency) == ("approval", "routine")]
    assert said(found) == [("due", 0, "asked", False), ("after", 30, "reviewer", False)]


async def test_an_administrators_ladder_stays_as_it_is_and_so_does_what_climbs_it(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    await set_back(any_db, saved="approval")
    await at_rung(any_db, id, "approval", 1, NOW)
    await go(any_db, "head")
    left = await running(any_db, "approval")
    assert (left.began_at, left.rung, left.at) == (NOW, 1, NOW)
    assert len(said([each for each in await rows(any_db, Rung) if each.ladder == "approval"])) == 2


async def test_a_hospitals_own_ladder_holds_for_its_deadlines_though_the_product_has_a_newer_one(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    await set_back(any_db)
    async with any_db.write() as db:
        for each in old("approval", ("reviewer", 30)):
            each.hospital_id, each.saved_at = "wuxi", NOW
            db.add(each)
    await at_rung(any_db, id, "approval", 1, NOW)
    await go(any_db, "head")
    assert (await running(any_db, "approval")).began_at == NOW


async def test_down_again_the_older_ladders_hold(any_db: Database, world: World, submitted: Made) -> None:
    await set_back(any_db)
    await go(any_db, "head")
    await go(any_db, "0034")
    assert len([each for each in await rows(any_db, Rung) if each.ladder == "approval"]) == 2
    await go(any_db, "head")
