"""A kind of activity is one thing registered: a visit (`visit.py`) is served by everything that serves activities."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytest_aiohttp import AiohttpClient
from sqlmodel import select

from imaging.archive import open_archive
from imaging.index.model import Grant
from signaling import Event
from telemed.activities.kinds import Kinds, Presence
from telemed.app import Feature, kinds
from telemed.bridge.consumers import HEARS
from telemed.bridge.grants import GrantFeed
from telemed.bridge.rooms import RoomReports
from telemed.cases import service as cases
from telemed.cases.model import ItemKind
from telemed.cases.schemas import PacketItemIn
from telemed.files.model import File, FileKind
from telemed.history.consumers import Consumer
from telemed.history.service import of_activity
from telemed.home.service import ringing
from telemed.kit.activity import ACTIVITIES, Activity
from telemed.kit.events import deliver
from telemed.kit.table import new_id
from telemed.notify.anew import Hint
from telemed.notify.live import Live, Tab
from telemed.rooms.model import Room
from telemed.work import service as work
from telemed.work.model import WorkItem
from tests.telemed.activities.visit import LOOK_IN, UID, VISITING, VisitKind, features, visit, visits
from tests.telemed.bridge.leaves import granted
from tests.telemed.conftest import NOW, Call, World, caller, rows
from tests.telemed.requests.helpers import PDF
from tests.telemed.scheduling.kit import book

__all__ = ("features", "visit", "visits")


async def test_its_room_has_a_door(
    world: World,
    visit: Activity,
    features: list[Feature],
    aiohttp_client: AiohttpClient,
    tmp_path: Path,
) -> None:
    call: Call = await caller(world, aiohttp_client, tmp_path, lambda: NOW, features)
    status, body = await call("expert", "POST", f"/rooms/{visit.id}/ticket", json={})
    assert (status, body["role"], body["booked"]) == (200, "visitor", True)
    assert (await call("expert2", "POST", f"/rooms/{visit.id}/ticket", json={}))[0] == 404
    (room,) = await rows(world.db, Room)
    assert (room.activity, room.activity_id) == visit


async def test_home_shows_it_and_the_work_it_asks_for(
    world: World,
    visit: Activity,
    features: list[Feature],
    aiohttp_client: AiohttpClient,
    tmp_path: Path,
) -> None:
    call: Call = await caller(world, aiohttp_client, tmp_path, lambda: NOW, features)
    _, home = await call("expert", "GET", "/home")
    assert [(each["activity"], each["activity_id"]) for each in home["next"]] == [("visit", str(visit.id))]
    assert [(each["kind"], each["activity"], each["title"]) for each in home["work"]["items"]] == [
        ("look_in", "visit", "visit bed 3")
    ]
    assert (await call("expert2", "GET", "/home"))[1]["next"] == []


async def test_a_grant_of_it_opens_the_studies_of_its_packet(
    world: World, visit: Activity, features: list[Feature]
) -> None:
    async with world.db.read() as db:
        (row,) = await granted(db, kinds(features), NOW)
    assert (row.subject, row.hospital, row.study_uid) == (str(world.ids["expert"]), "wuxi", UID)


async def test_what_calls_is_of_every_kind_longest_first(
    world: World, visit: Activity, visits: VisitKind, features: list[Feature]
) -> None:
    visits.calling = [NOW, NOW - timedelta(minutes=1)]
    async with world.db.read() as db:
        shown = await ringing(db, world.actor("expert"), kinds(features), NOW)
    assert [(each.activity, each.since) for each in shown] == [
        ("visit", NOW - timedelta(minutes=1)),
        ("visit", NOW),
    ]


async def test_imaging_is_told_of_its_grants_and_of_their_end(
    world: World, visit: Activity, features: list[Feature], tmp_path: Path
) -> None:
    async def ignore(_event: object) -> None: ...

    async with open_archive(tmp_path / "imaging", publish=ignore) as archive:
        feed = GrantFeed(world.db, archive, kinds(features), lambda: NOW)
        consumers = {"grants": Consumer("grants", HEARS["grants"], feed.consume)}

        async def known() -> list[tuple[str, str]]:
            while await deliver(world.db, consumers, NOW):
                pass
            await feed.bring_up_to_date()
            kept = await archive.index.read(lambda session: session.exec(select(Grant)).all())
            return [(each.subject, each.study_uid) for each in kept]

        await feed.bring_up_to_date()  # before anything was delivered: what comes now is a change
        assert await known() == [(str(world.ids["expert"]), UID)]
        async with world.db.write() as db:
            (item,) = await cases.packet(db, visit.id)
            await cases.take_out(db, None, item, NOW, version=2)
        assert await known() == []


async def test_its_time_stands_in_the_calendar_and_its_papers_are_its_own(
    world: World, visit: Activity, visits: VisitKind, call: Call
) -> None:
    await book(world, ["expert"], 1, 2, kind=VISITING, activity=visit, title="visit bed 3")
    day = {"from": NOW.isoformat(), "to": (NOW + timedelta(days=1)).isoformat()}
    _, mine = await call("expert", "GET", "/calendar/mine", params=day)
    assert [(each["kind"], each["activity"], each["activity_id"]) for each in mine["items"]] == [
        ("visit", "visit", str(visit.id))
    ]
    _, sent = await call("doctor", "POST", "/files?kind=attachment&name=ecg.pdf", data=PDF)
    paper = PacketItemIn(kind=ItemKind.file, file_id=UUID(sent["id"]))
    async with world.db.write() as db:
        await cases.add_item(db, world.actor("doctor"), visits.case_of[visit.id], visit, paper, NOW, version=1)
    (file,) = await rows(world.db, File)
    assert (file.kind, file.activity, file.activity_id) == (FileKind.attachment, *visit)
    assert (await call("expert", "GET", f"/files/{file.id}/content"))[0] == 200, "by the grant of the visit"


async def test_its_work_is_withdrawn_with_all_that_waits_about_it(world: World, visit: Activity) -> None:
    async with world.db.write() as db:
        await work.withdraw(db, visit.id, NOW)
    (item,) = await rows(world.db, WorkItem)
    assert (item.kind, item.done_at) == (LOOK_IN, NOW)


async def test_its_consent_is_judged_by_the_scopes_it_needs(world: World, visit: Activity) -> None:
    async with world.db.read() as db:
        assert await cases.consented(db, visit.id)


async def test_who_comes_and_goes_is_attendance_of_it_in_its_history_and_a_live_hint(
    world: World, visit: Activity, visits: VisitKind, features: list[Feature]
) -> None:
    live, tab = Live(), Tab(world.actor("expert"))
    live.tabs.add(tab)
    reports = RoomReports(world.db, kinds(features), lambda: NOW)
    who = {"sub": str(world.ids["expert"]), "id": f"{world.ids['expert']}/page"}
    for seq, type in enumerate(("member.joined", "member.left"), 1):
        await reports(_event(visit, seq, type, who))
    assert visits.seen == [
        (Presence.joined, "visitor", True, True),
        (Presence.left, "visitor", True, False),
    ]
    async with world.db.read() as db:
        told = [each.type for each in await of_activity(db, visit.id)]
    assert told[-2:] == ["participant.joined", "participant.left"]
    while await deliver(world.db, {"live": Consumer("live", HEARS["live"], live.consume)}, NOW):
        pass
    heard = [tab.queue.get_nowait() for _ in range(tab.queue.qsize())]
    assert Hint("visit", str(visit.id), 0) in heard


def _event(visit: Activity, seq: int, type: str, data: dict[str, str]) -> Event:
    return Event(id=str(new_id()), type=type, source=f"room/{visit.id}", epoch=1, seq=seq, occurred_at=NOW, data=data)


def test_two_kinds_of_one_name_are_refused(visits: VisitKind) -> None:
    with pytest.raises(ValueError, match="visit"):
        Kinds([visits, VisitKind()])


def test_every_word_for_an_activity_is_a_kind_that_is_registered(features: list[Feature]) -> None:
    """Otherwise its grants would open nothing, and nobody would be told."""
    assert {each.name for each in kinds(features)} == set(ACTIVITIES)


def test_a_kind_whose_word_nobody_declared_is_refused(visits: VisitKind) -> None:
    visits.name = "vist"
    with pytest.raises(ValueError, match="vist"):
        Kinds([visits])
