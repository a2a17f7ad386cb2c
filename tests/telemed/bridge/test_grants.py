"""Imaging's copy of the grants: after any deltas the same table as a snapshot would make, and no more than moved."""

from collections.abc import Collection
from datetime import timedelta
from random import Random
from typing import cast
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from imaging.archive import Archive
from imaging.index.model import Grant
from telemed.access.events import GrantsChanged
from telemed.access.model import CaseGrant
from telemed.activities.kinds import Kinds
from telemed.bridge import grants
from telemed.bridge.grants import GrantFeed
from telemed.history.events import About
from telemed.kit.events import Pauses
from telemed.kit.supervisor import Trouble
from telemed.studies.events import StudyConfirmed, StudyRejected
from telemed.studies.model import LinkState
from tests.telemed.bridge.leaves import granted
from tests.telemed.conftest import NOW, FakeClock, World
from tests.telemed.news import news

PATIENTS = [uuid4() for _ in range(3)]
ACTIVITIES = {uuid4(): PATIENTS[n % 3] for n in range(6)}
STUDIES = [("wuxi", f"1.{n}") for n in range(5)]
PEOPLE = ["expert", "expert2", "role:ruijin:coordinator"]


class Kind:
    """Activities whose studies a test moves: each names some, and opens those confirmed as its patient's."""

    name = "consultation"

    def __init__(self) -> None:
        self.named: dict[UUID, set[str]] = {id: set() for id in ACTIVITIES}
        self.confirmed: dict[str, UUID] = {}

    async def studies(self, _db: object, ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
        return {
            id: [
                each for each in STUDIES if each[1] in self.named[id] and self.confirmed.get(each[1]) == ACTIVITIES[id]
            ]
            for id in ids
        }


class Failing(Kind):
    """One activity's studies cannot be read."""

    def __init__(self, fails: UUID | None) -> None:
        super().__init__()
        self.fails = fails

    async def studies(self, _db: object, ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
        if self.fails in ids:
            raise ValueError("no studies")
        return await super().studies(_db, ids)


async def table(archive: Archive) -> set[tuple[object, ...]]:
    rows = await archive.index.read(lambda session: session.exec(select(Grant)).all())
    return {(row.id, row.subject, row.hospital, row.study_uid, row.actions, row.until) for row in rows}


async def move(world: World, feed: GrantFeed, kind: Kind, chance: Random, clock: FakeClock) -> None:
    """One random change with its event."""
    id = chance.choice(list(ACTIVITIES))
    activity = About("wuxi", patient_id=ACTIVITIES[id], activity=kind.name, activity_id=id)
    async with world.db.write() as db:
        match chance.randrange(6):
            case 0 | 1:
                grant = CaseGrant(
                    case_id=id,
                    patient_id=ACTIVITIES[id],
                    activity=kind.name,
                    activity_id=id,
                    grantee=chance.choice(PEOPLE),
                    hospital_id="wuxi",
                    allows=chance.choice([["read"], ["annotate", "read"]]),
                    purpose="test",
                    valid_from=NOW,
                    until=clock() + timedelta(minutes=chance.randrange(1, 90)),
                    rev=1,
                )
                db.add(grant)
                await feed.consume(db, news(GrantsChanged(grantee=grant.grantee, ended=False), activity))
            case 2:
                for grant in (await db.exec(select(CaseGrant).where(CaseGrant.activity_id == id))).all():
                    if chance.random() < 0.5:
                        grant.ended_at = clock()
                    else:
                        grant.allows, grant.until = ["read"], grant.until - timedelta(minutes=5)
                await feed.consume(db, news(GrantsChanged(grantee="expert", ended=True), activity))
            case 3:
                kind.named[id] ^= {chance.choice(STUDIES)[1]}
                await feed.consume(db, news(GrantsChanged(grantee="", ended=False), activity))
            case 4 | 5:
                hospital, uid = chance.choice(STUDIES)
                patient = chance.choice([*PATIENTS, None])
                if patient is None:
                    kind.confirmed.pop(uid, None)
                else:
                    kind.confirmed[uid] = patient
                event = StudyConfirmed if patient else StudyRejected
                state = LinkState.confirmed if patient else LinkState.rejected
                said = event(id=uuid4(), study_uid=uid, state=state, rev=1)
                await feed.consume(db, news(said, About(hospital, patient_id=patient)))


@pytest.mark.parametrize("seed", range(8))
async def test_random_changes_as_deltas_make_the_table_that_a_snapshot_makes(
    world: World, archive: Archive, clock: FakeClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed % 2:  # the list of ends is made anew again and again
        monkeypatch.setattr(grants, "MOST_STALE", -100)
        monkeypatch.setattr(grants, "READ_AT_ONCE", 2)
    chance, kind = Random(seed), Kind()
    kinds = cast("Kinds", [kind])
    feed = GrantFeed(world.db, archive, kinds, clock)
    for _ in range(30):
        for _ in range(chance.randrange(1, 4)):
            await move(world, feed, kind, chance, clock)
        if chance.random() < 0.3:
            clock.move(minutes=chance.randrange(1, 20))
        if chance.random() < 0.1:  # somebody else wrote imaging's copy: what is sent next does not fit
            await archive.grants_snapshot([], (await archive.heartbeat(0)).rev + 7)
            await move(world, feed, kind, chance, clock)
        for _ in range(2):  # one that found a gap sends everything with the next
            await feed.bring_up_to_date()
            feed.vouch(await archive.heartbeat(feed.rev))
        async with world.db.read() as db:
            rows = await granted(db, kinds, clock())
        assert await table(archive) == {
            (row.id, row.subject, row.hospital, row.study_uid, " ".join(sorted(row.actions)), row.until) for row in rows
        }


async def grant(world: World, *activities: UUID) -> list[CaseGrant]:
    """The expert may read what each of these activities opens."""
    given = [
        CaseGrant(
            case_id=id,
            patient_id=ACTIVITIES[id],
            activity=Kind.name,
            activity_id=id,
            grantee="expert",
            hospital_id="wuxi",
            allows=["read"],
            purpose="test",
            valid_from=NOW,
            until=NOW + timedelta(hours=1),
            rev=1,
        )
        for id in activities
    ]
    async with world.db.write() as db:
        db.add_all(given)
    return given


async def test_one_study_event_sends_what_moved_and_nothing_else(
    world: World, archive: Archive, clock: FakeClock
) -> None:
    kind = Kind()
    first, second, *_ = ACTIVITIES
    kind.named[first], kind.named[second] = {"1.0"}, {"1.1"}
    kind.confirmed = {"1.0": ACTIVITIES[first]}
    await grant(world, first, second)
    feed = GrantFeed(world.db, archive, cast("Kinds", [kind]), clock)
    await feed.bring_up_to_date()
    started = feed.rev
    kind.confirmed["1.1"] = ACTIVITIES[second]
    said = StudyConfirmed(id=uuid4(), study_uid="1.1", state=LinkState.confirmed, rev=1)
    async with world.db.read() as db:
        await feed.consume(db, news(said, About("wuxi", patient_id=ACTIVITIES[second])))
    await feed.bring_up_to_date()
    rows = await archive.index.read(lambda session: session.exec(select(Grant)).all())
    assert {(row.study_uid, row.rev) for row in rows} == {("1.0", started), ("1.1", started + 1)}


async def opened(archive: Archive) -> set[object]:
    return {row[3] for row in await table(archive)}


@pytest.mark.parametrize("at_once", [2, 1000])
async def test_an_activity_that_cannot_be_read_is_left_out_and_the_others_are_granted(
    world: World, archive: Archive, clock: FakeClock, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grants, "READ_AT_ONCE", at_once)
    first, second, third, *_ = ACTIVITIES
    kind = Failing(third)
    for n, id in enumerate((first, second, third)):
        kind.named[id], kind.confirmed[f"1.{n}"] = {f"1.{n}"}, ACTIVITIES[id]
    _, garbled, _ = await grant(world, first, second, third)

    async def write(allows: str) -> None:
        async with world.db.write() as db:
            change = "UPDATE casegrant SET allows = ? WHERE id = ?"
            await (await db.connection()).exec_driver_sql(change, (allows, garbled.id.hex))

    await write('["read')
    now = 0.0
    feed = GrantFeed(world.db, archive, cast("Kinds", [kind]), clock)
    feed.trouble, feed.pauses = Trouble(lambda: now), Pauses(lambda: now)
    for said in ("", "JSONDecodeError (2)"):
        await feed.bring_up_to_date()
        feed.vouch(await archive.heartbeat(feed.rev))
        assert feed.begun
        assert await opened(archive) == {"1.0"}
        assert feed.trouble() == said
        now += 60
    await write('["read"]')
    kind.fails = None
    await feed.bring_up_to_date()
    assert await opened(archive) == {"1.0", "1.1", "1.2"}
    assert not feed.trouble.failing


async def test_an_activity_that_can_no_longer_be_read_is_no_longer_granted(
    world: World, archive: Archive, clock: FakeClock
) -> None:
    first, second, *_ = ACTIVITIES
    kind = Failing(None)
    for n, id in enumerate((first, second)):
        kind.named[id], kind.confirmed[f"1.{n}"] = {f"1.{n}"}, ACTIVITIES[id]
    await grant(world, first, second)
    feed = GrantFeed(world.db, archive, cast("Kinds", [kind]), clock)
    await feed.bring_up_to_date()
    kind.fails = first
    for id in (first, second):
        async with world.db.read() as db:
            about = About("wuxi", patient_id=ACTIVITIES[id], activity=kind.name, activity_id=id)
            await feed.consume(db, news(GrantsChanged(grantee="expert", ended=False), about))
    await feed.bring_up_to_date()
    assert await opened(archive) == {"1.1"}
