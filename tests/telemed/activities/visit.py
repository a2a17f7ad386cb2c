"""A kind of activity that stands in this file alone: no other knows of it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.access.model import Actor
from telemed.activities import participants
from telemed.activities.kinds import Attended, Listed, Presence, Study
from telemed.activities.model import Participant
from telemed.activities.schemas import Announced, AtHandOut, FoundOut, HeldOut, NextOut, PlaceBrief, RingingOut
from telemed.activities.words import Asks, Phase, Urgency
from telemed.app import FEATURES, Feature
from telemed.cases import consents
from telemed.cases import service as cases
from telemed.cases.model import Case, ConsentKind, ItemKind, Scope
from telemed.cases.schemas import ConsentIn, PacketItemIn
from telemed.errors import Conflict, NotFound
from telemed.history.events import About
from telemed.kit.activity import ACTIVITIES, Activity
from telemed.kit.both import Both
from telemed.kit.http import Routes
from telemed.kit.table import new_id
from telemed.people.model import Allergy, Patient, Sex
from telemed.rooms.ports import Entry, Standing
from telemed.scheduling.model import BOOKINGS
from telemed.work import service as work
from telemed.work.model import WORK
from tests.telemed.conftest import NOW, World

UID = "1.2.840.1"
BED = PlaceBrief(hospital_id="wuxi", department="", department_en="", bed="3")


VISIT = ACTIVITIES.declare("visit")
LOOK_IN = WORK.declare("look_in")
VISITING = BOOKINGS.declare("visit")


class VisitKind:
    """Implements ActivityKind: a doctor of the hub looks in on a patient; only the case is kept of it."""

    name = VISIT
    agreement_service = "visit"
    consent_scopes = frozenset({Scope.consult})
    essential = frozenset({"visitor"})
    page = "/visits/{id}"
    called = Both("探视", "Visit")

    def __init__(self) -> None:
        self.case_of: dict[UUID, Case] = {}
        self.calling: list[datetime] = []
        self.seen: list[tuple[Presence, str, bool, bool]] = []

    async def about(self, db: AsyncSession, id: UUID, *, to_change: bool = False) -> About | None:
        if (case := self.case_of.get(id)) is None:
            return None
        return About("wuxi", "ruijin", case.id, case.patient_id, self.name, id)

    async def entry(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> Entry:
        mine = await participants.one(db, id, actor.id)
        if mine is None:
            raise NotFound("There is no such visit.")
        if not await cases.consented(db, id):
            raise Conflict("The room is not open.", reason="room_closed")
        may = frozenset({"publish", "subscribe"})
        case, studies = self.case_of[id], tuple(f"{of}/{uid}" for of, uid in (await self.studies(db, [id]))[id])
        return Entry(Activity(self.name, id), case.id, case.patient_id, "visit", mine.role, may, True, studies)

    async def may_stay(self, _db: AsyncSession, _actor: Actor, _id: UUID, _now: datetime) -> bool:
        return True

    async def may_read(self, db: AsyncSession, actor: Actor, id: UUID, now: datetime) -> None:
        await self.entry(db, actor, id, now)

    async def room_over(self, db: AsyncSession, id: UUID) -> str | None:
        return None

    async def standings(self, db: AsyncSession, id: UUID) -> Mapping[UUID, Standing]:
        found = await participants.of(db, id)
        return {each.staff_id: Standing(each.role, frozenset({"publish", "subscribe"}), True) for each in found}

    async def device_entry(self, db: AsyncSession, id: UUID) -> Entry | None:
        return None

    async def studies(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Collection[Study]]:
        packed = await cases.packed_studies(db, list(ids))
        return {id: [("wuxi", uid) for uid in sorted(packed.get(id, ()))] for id in ids}

    async def attended(self, db: AsyncSession, id: UUID, seen: Attended, now: datetime) -> None:
        self.seen.append((seen.presence, seen.person.role, seen.essential, seen.complete))

    async def ringing(self, db: AsyncSession, actor: Actor, now: datetime) -> list[RingingOut]:
        return [self._ringing(each) for each in self.calling]

    def _ringing(self, since: datetime) -> RingingOut:
        return RingingOut(
            activity=self.name,
            activity_id=new_id(),
            version=1,
            title="visit",
            patient=None,
            place=BED,
            question="",
            patient_present=True,
            since=since,
            asks=Asks.take,
            rings=False,
            rung_at=None,
            names_lead=False,
            leaves=False,
        )

    async def next_for(self, db: AsyncSession, actor: Actor, now: datetime) -> list[NextOut]:
        mine = (await db.exec(select(Participant).where(Participant.staff_id == actor.id))).all()
        return [self._next(each) for each in mine if each.activity == self.name]

    def _next(self, mine: Participant) -> NextOut:
        soon = NOW + timedelta(hours=1)
        return NextOut(
            activity=self.name,
            activity_id=mine.activity_id,
            title="visit",
            urgency=Urgency.routine,
            patient=None,
            role=mine.role,
            starts_at=soon,
            ends_at=soon,
            phase=Phase.planned,
            may_join=True,
            waiting_for_me=False,
            lead_name="",
            lead_name_en="",
            venue="",
            venue_en="",
            ready=0,
            checks=0,
        )

    async def at_hand(self, db: AsyncSession, actor: Actor, now: datetime) -> list[AtHandOut]:
        return []

    async def held(
        self, db: AsyncSession, actor: Actor, start: datetime, end: datetime, now: datetime
    ) -> list[HeldOut]:
        return []

    async def found(self, db: AsyncSession, actor: Actor, q: str, most: int, now: datetime) -> list[FoundOut]:
        return []

    async def not_there(
        self, db: AsyncSession, actor: Actor, id: UUID, resource_id: UUID, words: str, now: datetime
    ) -> None:
        """Nobody arranges it."""

    async def phases(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Phase]:
        return dict.fromkeys(ids, Phase.running)

    async def movable(self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime) -> Collection[UUID]:
        return ids

    async def announced(self, db: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, Announced]:
        return {}

    async def listed(
        self, db: AsyncSession, actor: Actor, ids: Collection[UUID], now: datetime
    ) -> Mapping[UUID, Listed]:
        return {each: Listed("visit bed 3", place=BED, version=1, actions=["look"]) for each in ids}


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
        work.ask(db, LOOK_IN, activity.id, "ruijin", NOW, staff_id=world.ids["expert"], activity=activity, note={})
    return activity
