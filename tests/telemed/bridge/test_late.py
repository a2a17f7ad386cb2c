"""News that a consumer hears late or once more, as by `telemed quarantine retry`: what is true now stays true."""

from typing import cast
from uuid import UUID

from imaging.archive import Archive
from signaling import Commands
from telemed.access import grants
from telemed.access.events import GrantsChanged
from telemed.app import kinds
from telemed.bridge import packets
from telemed.bridge.commands import RoomCommands
from telemed.bridge.images import HiddenStudies
from telemed.bridge.model import LeafOrder
from telemed.bridge.orders import Orders
from telemed.cases.model import PacketItem
from telemed.consultations.words import State
from telemed.history.events import About
from telemed.kit.activity import Activity
from telemed.kit.table import new_id
from telemed.studies.events import StudyHidden, StudyShown, StudyUnconfirmed
from telemed.studies.model import LinkState, StudyView
from tests.telemed.conftest import NOW, FakeClock, World, rows
from tests.telemed.news import decided, news
from tests.telemed.opinions.helpers import STUDY, consultation

ROOM = About("wuxi", case_id=new_id(), patient_id=new_id(), activity="consultation", activity_id=new_id())


async def test_an_old_event_does_not_show_a_study_that_was_hidden_since(world: World, clock: FakeClock) -> None:
    hidden_studies = HiddenStudies(Orders(world.db, clock), cast("Archive", None))
    async with world.db.write() as db:
        db.add(StudyView(hospital_id="wuxi", study_uid=STUDY, hidden=True, received_at=NOW, changed_at=NOW))
        await db.flush()
        for event in (StudyHidden(study_uid=STUDY), StudyShown(study_uid=STUDY)):  # that it is shown is older
            await hidden_studies.consume(db, news(event, About("wuxi")))
    (order,) = await rows(world.db, LeafOrder)
    assert (order.target, order.data) == (f"wuxi/{STUDY}", {"on": True})


async def test_an_old_doubt_takes_a_study_that_was_confirmed_since_out_of_no_packet(world: World) -> None:
    await consultation(world, State.in_progress)
    async with world.db.write() as db:
        heard = await decided(db, STUDY, LinkState.confirmed)
        doubt = StudyUnconfirmed(id=new_id(), study_uid=STUDY, state=LinkState.proposed, rev=1)
        for each in (news(doubt, heard.about), news(doubt, heard.about)):
            await packets.consume(db, each)
    assert [each.withdrawn_version for each in await rows(world.db, PacketItem)] == [None]


async def test_an_old_confirmation_keeps_a_study_that_is_nobodys_now_out_of_the_packet(world: World) -> None:
    await consultation(world, State.in_progress)
    async with world.db.write() as db:
        confirmed = await decided(db, STUDY, LinkState.confirmed)
        rejected = await decided(db, STUDY, LinkState.rejected)
        for each in (rejected, confirmed):
            await packets.consume(db, each)
    assert [each.withdrawn_version for each in await rows(world.db, PacketItem)] == [1]


async def _granted(world: World, grantee: str) -> None:
    assert ROOM.case_id is not None
    assert ROOM.patient_id is not None
    async with world.db.write() as db:
        await grants.give(
            db,
            case_id=ROOM.case_id,
            patient_id=ROOM.patient_id,
            activity=Activity("consultation", cast("UUID", ROOM.activity_id)),
            grantee=grantee,
            hospital_id="wuxi",
            allows=["read"],
            purpose="test",
            by=None,
            now=NOW,
        )


async def test_an_ended_grant_heard_late_throws_nobody_out_who_was_granted_again(
    world: World, clock: FakeClock
) -> None:
    commands = RoomCommands(world.db, Orders(world.db, clock), cast("Commands", None), kinds(), clock)
    for who in ("expert", "expert2"):
        await _granted(world, who)
    async with world.db.write() as db:
        await grants.end(db, cast("UUID", ROOM.activity_id), NOW)
    await _granted(world, "expert")
    async with world.db.write() as db:
        for who in ("expert", "expert2"):
            await commands.consume(db, news(GrantsChanged(grantee=who, ended=True), ROOM))
    assert [each.target for each in await rows(world.db, LeafOrder)] == [f"{ROOM.activity_id}/expert2"]
