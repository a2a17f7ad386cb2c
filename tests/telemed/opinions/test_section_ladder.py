"""A section of an MDT that nobody has signed is due before the whole opinion is, and climbs to the centre."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import told
from tests.telemed.consultations.owed import running
from tests.telemed.opinions.helpers import opinion, save, take_stand
from tests.telemed.opinions.sections import LADDER, SECTION_DUE, heard, known_to_the_centre, mdt, say, state_absent


async def test_who_has_not_signed_is_told_when_it_is_due_then_the_centre_and_the_hubs_duty_officer(
    call: Call, world: World, clock: FakeClock
) -> None:
    id = await mdt(call, world, State.scheduled)
    await known_to_the_centre(world, id)
    await heard(world, id, State.answering)
    (deadline,) = await running(world, LADDER)
    assert (str(deadline.activity_id), deadline.due_at) == (id, SECTION_DUE), "one for both, whose time is the same"
    await say(call, world, id, "expert2", "心内科意见")
    assert await told(world, clock, SECTION_DUE, LADDER) == {"neurologist"}
    assert await told(world, clock, SECTION_DUE + timedelta(minutes=10), LADDER) == {"coordinator"}
    assert await told(world, clock, SECTION_DUE + timedelta(minutes=20), LADDER) == {"hub_duty"}
    await say(call, world, id, "neurologist", "神经内科意见")
    assert await running(world, LADDER) == []
    assert await told(world, clock, SECTION_DUE + timedelta(hours=2), LADDER) == set()


async def test_it_ends_with_dissent_and_with_a_stated_absence(call: Call, world: World) -> None:
    id = await mdt(call, world)
    await save(call, id, 0, opinion())
    assert (await take_stand(call, id, "expert2", "dissented", "另有看法"))[0] == 200
    assert len(await running(world, LADDER)) == 1
    assert (await state_absent(call, world, id, "neurologist"))[0] == 204
    assert await running(world, LADDER) == []


@pytest.mark.parametrize(("whole", "due"), [(180, 60), (50, 50)])
async def test_it_is_counted_from_the_end_of_the_meeting_and_lasts_no_longer_than_the_whole(
    call: Call, world: World, whole: int, due: int
) -> None:
    id = await mdt(call, world, State.scheduled)
    async with world.db.write() as db:
        row = await db.get_one(Consultation, UUID(id))
        row.ends_at, row.sign_due_at = NOW + timedelta(minutes=40), NOW + timedelta(minutes=whole)
    assert await running(world, LADDER) == []
    await heard(world, id, State.in_progress)
    (deadline,) = await running(world, LADDER)
    assert deadline.due_at == NOW + timedelta(minutes=due)
    asked = [each for each in await rows(world.db, WorkItem) if each.kind == WorkKind.section]
    assert [each.due_at for each in asked] == [deadline.due_at] * 2
