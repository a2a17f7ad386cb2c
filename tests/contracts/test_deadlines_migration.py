"""What was open before there were deadlines has one from then on: whoever holds it up is told when it is due."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, text
from sqlmodel import select

from telemed.access.model import Role
from telemed.cases.model import Consent
from telemed.consultations.ladders import BY_ITSELF, LADDER_OF
from telemed.consultations.model import Consultation
from telemed.consultations.rules.content import NamedStudy
from telemed.consultations.words import State, Urgency
from telemed.db import Database
from telemed.migrations import migrate
from telemed.people.duty import on_duty
from telemed.work import ladders
from telemed.work.clock import take_due
from telemed.work.model import Counted, Deadline, Notice, Rung, To, When, WorkItem, WorkKind
from telemed.work.service import ask
from tests.contracts.upgraded import again, down_and_up
from tests.telemed.conftest import NOW, World, rows
from tests.telemed.consultations.conftest import Made, everything_ready, submitted

__all__ = ["submitted"]


async def running(db: Database) -> dict[tuple[UUID | None, str], Deadline]:
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
            (routine, "signing"),
            (stat, "stat"),
            (stat, "stat_completion"),
            (stat, "signing"),
        }
    )
    for of, each in after.items():
        assert (each.kind, each.partner_id) == (before[of].kind, before[of].partner_id)
    assert await take_due(any_db, NOW + timedelta(hours=2), on_duty) == {}
    told = {(each.kind, names[each.staff_id]) for each in await rows(any_db, Notice)}
    signing = ("signing", "hub_duty")  # of the stat one
    assert told == {("state", "chief"), ("ring", "hub_duty"), ("work", "doctor"), signing}


async def asked(db: Database, kind: str) -> list[tuple[str | None, str | None]]:
    return [(each.role, each.outcome) for each in await rows(db, WorkItem) if each.kind == kind]


async def test_the_duty_officer_is_asked_when_working_hours_end_however_long_it_waits(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    await again(any_db, "0022")
    for hours, expected in ((3, []), (10, ["duty_officer"])):
        assert await take_due(any_db, NOW + timedelta(hours=hours), on_duty) == {}
        assert [role for role, _ in await asked(any_db, "review") if role == "duty_officer"] == expected
    (closing,) = [each for each in await rows(any_db, Deadline) if each.ladder == "closing"]
    assert (closing.activity_id, closing.began_at, closing.due_at) == (id, NOW + timedelta(hours=3), ends(NOW))


def ends(day: datetime) -> datetime:
    """Half past five in Shanghai."""
    return day.replace(hour=9, minute=30)


@pytest.mark.parametrize("state", [State.interrupted, State.accepted])
async def test_an_emergency_that_stands_still_at_the_upgrade_asks_a_coordinator_how_it_goes_on(
    any_db: Database, world: World, submitted: Made, state: State
) -> None:
    id = await submitted(urgency=Urgency.stat)
    async with any_db.write() as db:
        row = await db.get_one(Consultation, id)
        row.state, row.state_due_at, row.lead_id, row.approved_at = state, NOW, world.ids["expert"], NOW
    async with any_db.writer.begin() as connection:
        await connection.run_sync(migrate, "0020")
        await connection.run_sync(migrate, "0022")
        await connection.run_sync(climb_to_the_end)
        await connection.run_sync(migrate)
    await ladders.seed(any_db)
    for _ in range(2):
        assert await take_due(any_db, NOW + timedelta(hours=1), on_duty) == {}
    assert await asked(any_db, "book") == [("coordinator", None)]


def climb_to_the_end(connection: Connection) -> None:
    connection.execute(text("UPDATE deadline SET rung = 2, at = NULL"))


async def test_what_was_asked_for_until_it_was_signed_keeps_no_closed_one_out_of_the_archive(
    any_db: Database, world: World, submitted: Made
) -> None:
    study = NamedStudy(description="主动脉 CTA")
    more = {"urgency": Urgency.stat, "studies": [study], "images_from_radiographer": True}
    signed, still_open = await submitted(**more), await submitted(**more)
    async with any_db.write() as db:
        (await db.get_one(Consultation, signed)).state = State.closed
    await again(any_db, "0022")
    left = [(each.activity_id, each.kind) for each in await rows(any_db, WorkItem) if each.done_at is None]
    assert {id for id, _ in left} == {still_open}
    assert {"upload", "complete"} <= {kind for _, kind in left}
    assert {ladder for id, ladder in await running(any_db) if id == signed}.isdisjoint({"stat_completion", "images"})
    assert {(still_open, each) for each in ("stat_completion", "images")} <= set(await running(any_db))


def test_every_ladder_is_in_the_migrations() -> None:
    climbs = import_module("telemed.migrations.versions.0021_deadlines").CLIMBS
    later = import_module("telemed.migrations.versions.0023_what_happens_by_itself").BY_ITSELF
    known = {state: ladder for ladder, (states, _) in climbs.items() for state in states} | {"in_progress": "ending"}
    assert known == {str(state): ladder for state, ladder in LADDER_OF.items()}
    assert set(later) == {*BY_ITSELF, "ending"}


async def test_who_waits_to_be_told_whose_studies_are_is_told_after_the_upgrade_and_what_was_told_stays(
    any_db: Database, world: World, submitted: Made
) -> None:
    id = await submitted()
    assert await take_due(any_db, NOW + timedelta(hours=2), on_duty) == {}
    async with any_db.write() as db:
        for hours in (2, 1):
            at = NOW - timedelta(hours=hours)
            ask(db, WorkKind.identity, uuid4(), "wuxi", at, role=Role.radiographer)
    before = {(each.id, each.activity_id) for each in await rows(any_db, Notice)}
    assert before
    await again(any_db, "0026")
    assert {(each.id, each.activity_id) for each in await rows(any_db, Notice)} == before
    (asked_again,) = [each for each in await rows(any_db, Deadline) if each.activity is None]
    assert (asked_again.ladder, asked_again.hospital_id, asked_again.due_at) == ("identity", "wuxi", NOW)
    assert {each.due_at for each in await rows(any_db, WorkItem) if each.kind == "identity"} == {
        NOW,
        NOW + timedelta(hours=1),
    }
    assert await take_due(any_db, NOW + timedelta(hours=2), on_duty) == {}
    assert ("identity", world.ids["radiographer"]) in {
        (each.ladder, each.staff_id) for each in await rows(any_db, Notice)
    }
    async with any_db.writer.begin() as connection:
        await connection.run_sync(migrate, "0026")
        kept = set((await connection.execute(text("SELECT id FROM notice"))).scalars())
    assert len(kept) == len(before)
    assert id in {activity for _, activity in before}


async def test_where_the_consent_was_withdrawn_before_the_upgrade_the_hub_is_told_nothing_and_another_is_asked_for(
    any_db: Database, world: World, submitted: Made
) -> None:
    withdrawn, given = await submitted(), await submitted()
    await everything_ready(world, withdrawn)
    async with any_db.write() as db:
        for each in (withdrawn, given):
            (await db.get_one(Consultation, each)).approved_at = NOW
        consent = (await db.exec(select(Consent).where(Consent.activity_id == withdrawn))).one()
        said = consent.model_dump(exclude={"id", "number", "activity_id", "kind"})
        db.add(Consent(**said, number="C-given", activity_id=given, kind=consent.kind))
        consent.withdrawn_at = NOW
    for _ in range(2):
        await again(any_db, "0025")
        of = await running(any_db)
        assert (of[withdrawn, "signing"].partner_id, of[given, "signing"].partner_id) == (None, "ruijin")
        assert ((withdrawn, "renewal") in of, (given, "renewal") in of) == (True, False)
        (item,) = [each for each in await rows(any_db, WorkItem) if each.kind == "renew"]
        asked_at = (item.activity_id, item.staff_id, item.due_at)
        assert asked_at == (withdrawn, world.ids["doctor"], of[withdrawn, "renewal"].due_at)


async def test_the_rest_of_an_emergency_climbs_on_by_the_rules_that_held_for_it(
    any_db: Database, world: World, submitted: Made
) -> None:
    own: dict[str, Any] = {"hospital_id": "wuxi", "saved_at": NOW, "valid_from": NOW - timedelta(days=1)}
    async with any_db.writer.begin() as connection:
        await connection.run_sync(migrate, "0029")
    async with any_db.write() as db:
        for urgency, minutes in (("", 15), ("urgent", 20)):
            due: dict[str, Any] = {"when": When.due, "minutes": minutes, "to": To.asked, "counted": Counted.working}
            db.add(Rung(ladder="completion", urgency=urgency, n=0, **due, **own))
            late: dict[str, Any] = {"when": When.after, "minutes": 30, "to": To.role, "role": "duty_officer"}
            db.add(Rung(ladder="completion", urgency=urgency, n=1, **late, counted=Counted.elapsed, **own))
        db.add(Rung(ladder="draft", n=0, when=When.due, minutes=0, to=To.owners, counted=Counted.working, **own))
    async with any_db.writer.begin() as connection:
        await connection.run_sync(migrate)
    await ladders.seed(any_db)
    await submitted(urgency=Urgency.stat)
    rungs = [each for each in await rows(any_db, Rung) if each.hospital_id == "wuxi"]
    new = sorted((each.urgency, each.n, each.minutes, each.counted) for each in rungs if each.ladder != "completion")
    assert new == [("", 0, 0, "elapsed"), ("", 0, 0, "elapsed"), ("", 1, 30, "elapsed")]
    (rest,) = [each for each in await rows(any_db, Deadline) if each.ladder == "stat_completion"]
    assert rest.due_at == NOW + timedelta(hours=2)
    assert await take_due(any_db, NOW + timedelta(hours=2, minutes=30), on_duty) == {}
    told = {(each.ladder, each.staff_id) for each in await rows(any_db, Notice)}
    assert ("stat_completion", world.ids["duty"]) in told
