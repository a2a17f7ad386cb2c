"""The one clock: from submitting to signing, beside what is due of each state."""

from datetime import datetime, timedelta
from uuid import UUID

from telemed.consultations.model import Consultation
from telemed.consultations.service import sign
from telemed.consultations.words import State, Urgency
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, booking_body, make_approved, told
from tests.telemed.consultations.conftest import Made

DAY = timedelta(days=1)


async def running(world: World) -> list[datetime]:
    found = [each for each in await rows(world.db, Deadline) if each.kind == "signing" and each.done_at is None]
    return [each.due_at for each in found]


async def put_off(world: World, id: UUID) -> None:
    """The state it is in is in time for another week."""
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state_due_at = NOW + 7 * DAY


async def test_when_a_day_is_over_although_each_step_was_in_time_those_it_waits_for_are_told_and_then_the_centre(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    clock.move(hours=23)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})  # its own due is in 8 hours
    at = NOW + DAY
    assert await told(world, clock, at - timedelta(seconds=1)) == set()
    assert await told(world, clock, at, "signing") == {"coordinator"}
    assert await told(world, clock, at + timedelta(minutes=20), "signing") == {"hub_duty"}


async def test_whoever_still_has_to_sign_is_told(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    id = await make_approved(call, submitted, urgency=Urgency.urgent)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    clock.move(minutes=119)
    assert (await act(call, "expert", id, "written", {"reason": "会面不便"}))[0] == 200
    assert await told(world, clock, NOW + timedelta(hours=2), "signing") == {"expert"}
    async with world.db.write() as db:
        await sign(db, world.actor("expert"), await db.get_one(Consultation, id), clock(), opinion_id=id)
    assert await running(world) == []
    assert await told(world, clock, NOW + DAY, "signing") == set()


async def test_before_the_branch_has_approved_only_the_branch_is_told_and_afterwards_the_hub(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await submitted()
    assert await told(world, clock, NOW + DAY + timedelta(hours=1), "signing") == {"chief", "duty"}
    for who, what in (("chief", "endorse"), ("reviewer", "approve")):
        assert (await act(call, who, id, what))[0] == 200
    (found,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert found["ladder"] == "signing"
    assert [each["role"] for each in found["waits_for"]] == ["coordinator"]


async def test_an_elective_one_has_its_clock_from_its_booked_time(
    world: World, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await submitted()
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).elective = True
    await act(call, "chief", id, "endorse")
    assert await running(world) == []
    await act(call, "reviewer", id, "approve")
    starts = NOW + 3 * DAY
    assert (await act(call, "coordinator", id, "booking", booking_body(world, venue, starts)))[0] == 200
    assert await running(world) == [starts + DAY]


async def test_lists_count_it_as_late_and_say_since_when(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    await put_off(world, id)
    clock.now = NOW + DAY
    assert (await call("coordinator", "GET", "/consultations/counts"))[1]["late"] == {"approved": 1}
    (row,) = (await call("coordinator", "GET", "/consultations?late=true"))[1]["items"]
    assert datetime.fromisoformat(row["sign_due_at"]) == NOW + DAY
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state = State.signed
    assert (await call("coordinator", "GET", "/consultations?late=true"))[1]["items"] == []
