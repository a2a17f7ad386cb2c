"""A kind of activity is one thing registered: this one, a visit, stands in this file alone."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytest_aiohttp import AiohttpClient
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from signaling import Event
from telemed.access import grants
from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.kinds import Attended, Kinds, Listed, Presence, Study
from telemed.activities.model import Participant
from telemed.activities.schemas import NextOut
from telemed.app import FEATURES, Feature, kinds
from telemed.bridge.consumers import HEARS
from telemed.bridge.rooms import RoomReports
from telemed.cases import consents
from telemed.cases import service as cases
from telemed.cases.model import Case, ConsentKind, ItemKind, Scope
from telemed.cases.schemas import ConsentIn, PacketItemIn
from telemed.errors import Conflict, NotFound
from telemed.history.consumers import Consumer
from telemed.history.events import About
from telemed.history.service import of_activity
from telemed.kit.activity import ACTIVITIES, Activity
from telemed.kit.events import deliver
from telemed.kit.http import Routes
from telemed.kit.table import new_id
from telemed.notify.live import Live, Tab
from telemed.people.model import Allergy, Patient, Sex
from telemed.rooms.model import Room
from telemed.rooms.ports import Entry
from telemed.work import service as work
from telemed.work.model import WorkKind
from tests.telemed.bridge.leaves import granted
from tests.telemed.conftest import NOW, Call, World, caller, rows

UID = "1.2.840.1"


VISIT = ACTIVITIES.declare("visit")


class VisitKind:
    """Implements ActivityKind: a doctor of the hub looks in on a patient; only the case is kept of it."""

    word = VISIT
    agreement_service = "visit"
    consent_scopes = frozenset({Scope.consult})
    essential = frozenset({"visitor"})

    def __init__(self) -> None:
        self.case_of: dict[UUID, Case] = {}
        self.seen: list[tuple[Presence, str, bool, bool]] = []

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        if (case := self.case_of.get(id)) is None:
            return None
        return About("wuxi", "ruijin", case.id, case.patient_id, self.word, id)

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        mine = await participants.one(db, id, actor.id)
        if mine is None:
            raise NotFound("There is no such visit.")
        if not await cases.consented(db, id):
            raise Conflict("The room is not open.", reason="room_closed")
        may = frozenset({"publish", "subscribe"})
        case, studies = self.case_of[id], tuple(f"{of}/{uid}" for of, uid in (await self.studies(db, [id]))[id])
        return Entry(Activity(self.word, id), case.id, case.patient_id, "visit", mine.role, may, True, studies)

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        await self.entry(db, actor, id, now)

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        return None

    async def room_rights(self, db: AsyncSession, id: UUID) -> Mapping[UUID, frozenset[str]]:
        return {each.staff_id: frozenset({"publish", "subscribe"}) for each in await participants.of(db, id)}

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        packed = await cases.packed_studies(db, list(ids))
        return {id: [("wuxi", uid) for uid in sorted(packed.get(id, ()))] for id in ids}

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        self.seen.append((seen.presence, seen.person.role, seen.essential, seen.complete))

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        mine = (await db.exec(select(Participant).where(Participant.staff_id == actor.id))).all()
        return [self._next(each) for each in mine if each.activity == self.word]

    def _next(self, mine: Participant) -> NextOut:
        soon = NOW + timedelta(hours=1)
        return NextOut(
            activity=self.word,
            activity_id=mine.activity_id,
            title="visit",
            urgency="routine",
            patient=None,
            role=mine.role,
            starts_at=soon,
            ends_at=soon,
            may_join=True,
            waiting_for_me=False,
            lead_name="",
            lead_name_en="",
            venue="",
            venue_en="",
            ready=0,
            checks=0,
        )

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        return {each: Listed("visit bed 3", ConsentIn(kind=ConsentKind.patient), []) for each in ids}


@pytest.fixture
def visits() -> VisitKind:
    return VisitKind()


@pytest.fixture
def features(visits: VisitKind) -> list[Feature]:
    return [*FEATURES, Feature(Routes("/visits", tag="visits"), visits)]


@pytest.fixture
async def visit(world: World, visits: VisitKind) -> Activity:
    """An expert visits a patient of Wuxi, with a consent and a study in the packet."""
    activity, doctor = Activity("visit", new_id()), world.actor("doctor")
    async with world.db.write() as db:
        patient = Patient(hospital_id="wuxi", name="陈远山", sex=Sex.male, allergy=Allergy.none)
        db.add(patient)
        await db.flush()
        case = await cases.open_case(db, "wuxi", patient.id, NOW)
        visits.case_of[activity.id] = case
        await participants.put(db, activity, world.ids["expert"], "visitor")
        await cases.add_item(
            db, doctor, case, activity, PacketItemIn(kind=ItemKind.study, study_uid=UID), NOW, version=1
        )
        spoken = ConsentIn(
            kind=ConsentKind.telephone, scopes=[Scope.consult], given_by="陈", relation="儿子", witnesses=["甲", "乙"]
        )
        await consents.create(db, doctor, case, activity, spoken, NOW, needed=visits.consent_scopes)
        await grants.give(
            db,
            case_id=case.id,
            patient_id=patient.id,
            activity=activity,
            grantee=str(world.ids["expert"]),
            hospital_id="wuxi",
            allows=["read"],
            purpose="visit",
            by=None,
            now=NOW,
        )
        work.ask(
            db, WorkKind.invite, activity.id, "ruijin", NOW, staff_id=world.ids["expert"], activity=activity, note={}
        )
    return activity


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
    assert [(each["kind"], each["activity"], each["title"]) for each in home["items"]] == [
        ("invite", "visit", "visit bed 3")
    ]
    assert (await call("expert2", "GET", "/home"))[1]["next"] == []


async def test_a_grant_of_it_opens_the_studies_of_its_packet(
    world: World, visit: Activity, features: list[Feature]
) -> None:
    async with world.db.read() as db:
        (row,) = await granted(db, kinds(features), NOW)
    assert (row.subject, row.hospital, row.study_uid) == (str(world.ids["expert"]), "wuxi", UID)


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
    assert f'{{"topic": "visit", "id": "{visit.id}", "rev": 0}}' in heard


def _event(visit: Activity, seq: int, type: str, data: dict[str, str]) -> Event:
    return Event(id=str(new_id()), type=type, source=f"room/{visit.id}", epoch=1, seq=seq, occurred_at=NOW, data=data)


def test_two_kinds_of_one_name_are_refused(visits: VisitKind) -> None:
    with pytest.raises(ValueError, match="visit"):
        Kinds([visits, VisitKind()])


def test_every_word_for_an_activity_is_a_kind_that_is_registered(features: list[Feature]) -> None:
    """Otherwise its grants would open nothing, and nobody would be told."""
    assert {each.word for each in kinds(features)} == set(ACTIVITIES)


def test_a_kind_whose_word_nobody_declared_is_refused(visits: VisitKind) -> None:
    visits.word = "vist"
    with pytest.raises(ValueError, match="vist"):
        Kinds([visits])
