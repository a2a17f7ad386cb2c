"""A kind is a plain string in the database, and still no misspelt one is ever written."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access import grants
from telemed.activities import participants
from telemed.cases import service as cases
from telemed.cases.model import Case, ItemKind
from telemed.cases.schemas import PacketItemIn
from telemed.history.events import About
from telemed.history.service import emit
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.kit.words import Words
from telemed.people.model import Allergy, Patient, Sex
from telemed.rooms.events import DeviceTested
from telemed.scheduling.model import BookingKind, Resource, ResourceKind
from telemed.work import service as work
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, World
from tests.telemed.scheduling.kit import book

MISSPELT = Activity("consulation", new_id())
Write = Callable[[AsyncSession, World, Case], Awaitable[object]]


async def _participant(db: AsyncSession, world: World, case: Case) -> object:
    return await participants.put(db, MISSPELT, world.ids["expert"], "lead")


async def _item(db: AsyncSession, world: World, case: Case) -> object:
    study = PacketItemIn(kind=ItemKind.study, study_uid="1.2.3")
    return await cases.add_item(db, world.actor("doctor"), case, MISSPELT, study, NOW, version=1)


async def _grant(db: AsyncSession, world: World, case: Case) -> None:
    await grants.give(
        db,
        case_id=case.id,
        patient_id=case.patient_id,
        activity=MISSPELT,
        grantee=str(world.ids["expert"]),
        hospital_id="wuxi",
        allows=["read"],
        purpose="test",
        by=None,
        now=NOW,
    )


async def _work_about_it(db: AsyncSession, world: World, case: Case) -> object:
    return work.ask(db, WorkKind.invite, MISSPELT.id, "wuxi", NOW, staff_id=world.ids["expert"], activity=MISSPELT)


async def _event(db: AsyncSession, world: World, case: Case) -> object:
    about = About("wuxi", activity=MISSPELT.kind, activity_id=MISSPELT.id)
    return emit(db, DeviceTested(camera=True, microphone=True, network=True), about, NOW)


async def _work(db: AsyncSession, world: World, case: Case) -> object:
    return work.ask(db, "invitation", case.id, "wuxi", NOW, staff_id=world.ids["expert"])


async def _resource(db: AsyncSession, world: World, case: Case) -> object:
    made = Resource(kind="romm", hospital_id="wuxi", name="x", name_en="x")
    db.add(made)
    return made


@pytest.mark.parametrize("write", [_participant, _item, _grant, _work_about_it, _event, _work, _resource])
async def test_a_misspelt_kind_is_not_written(world: World, write: Write) -> None:
    async with world.db.write() as db:
        patient = Patient(hospital_id="wuxi", name="陈远山", sex=Sex.male, allergy=Allergy.none)
        db.add(patient)
        await db.flush()
        case = await cases.open_case(db, "wuxi", patient.id, NOW)
    with pytest.raises(StatementError, match="nobody has declared the kind of"):
        async with world.db.write() as db:
            await write(db, world, case)


async def test_a_misspelt_kind_of_booking_is_not_written(world: World) -> None:
    with pytest.raises(StatementError, match="kind of booking"):
        await book(world, ["expert"], 1, 2, kind="cilnic")
    assert (await book(world, ["expert"], 1, 2, kind=BookingKind.clinic)).kind is BookingKind.clinic


async def test_a_word_is_read_as_it_was_declared_and_one_of_another_release_as_it_stands(world: World) -> None:
    async with world.db.write() as db:
        work.ask(db, WorkKind.invite, new_id(), "wuxi", NOW, staff_id=world.ids["expert"])
        await db.flush()
        columns = "id, kind, hospital_id, name, name_en, place, place_en, places, version"
        robot = f"INSERT INTO resource ({columns}) VALUES (?, 'robot', 'wuxi', 'x', 'x', '', '', 1, 1)"
        await (await db.connection()).exec_driver_sql(robot, (new_id().hex,))
    async with world.db.read() as db:
        assert (await db.exec(select(WorkItem))).one().kind is WorkKind.invite
        assert (await db.exec(select(Resource))).one().kind == "robot"


def test_two_features_do_not_bring_the_same_word() -> None:
    words = Words("kind of resource", ResourceKind)
    with pytest.raises(ValueError, match="venue"):
        words.declare("venue")
