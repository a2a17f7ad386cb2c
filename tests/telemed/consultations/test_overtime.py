"""The soft end: at its booked end a meeting goes on where it can, and else those in it are told who comes next."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.history.model import EventRow
from telemed.scheduling.model import Booking
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, make_scheduled, pass_time, state_of, tell_fact, told
from tests.telemed.consultations.conftest import Made, everything_ready

END = AT + timedelta(minutes=40)


async def running(call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock) -> UUID:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, AT)
    clock.now = AT
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", AT)
    assert await state_of(call, id) == "in_progress"
    return id


async def page(call: Call, id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = (await call("expert", "GET", f"/consultations/{id}"))[1]
    return found


async def take_the_expert(call: Call, minutes: float) -> None:
    """For an operation so long after the booked end."""
    at = {"starts_at": (END + timedelta(minutes=minutes)).isoformat()}
    at["ends_at"] = (END + timedelta(hours=3)).isoformat()
    assert (await call("expert", "POST", "/calendar/busy", json={"kind": "surgery", "title": "手术"} | at))[0] == 201


async def test_where_venue_and_people_are_free_it_is_extended_by_itself_and_nobody_is_disturbed(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await running(call, submitted, world, venue, clock)
    assert (await page(call, id))["soft_end"] == {"extended": 0, "most": 4, "by_minutes": 15, "next": None}
    assert await told(world, clock, END) == set()
    longer = END + timedelta(minutes=15)
    found = await page(call, id)
    assert (found["ends_at"], found["soft_end"]["extended"]) == (longer.isoformat().replace("+00:00", "Z"), 1)
    assert [each.ends_at for each in await rows(world.db, Booking)] == [longer]
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "consultation.extended"]
    assert event.actor_id is None


async def test_an_extension_makes_no_open_page_stale(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await running(call, submitted, world, venue, clock)
    before = (await page(call, id))["version"]
    await pass_time(world, END)
    assert (await page(call, id))["version"] == before


async def test_where_something_comes_next_those_in_the_room_are_told_what_and_then_the_coordinator(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await running(call, submitted, world, venue, clock)
    await take_the_expert(call, 5)
    soft = (await page(call, id))["soft_end"]
    assert (soft["next"]["name"], soft["next"]["kind"], soft["next"]["title"]) == ("expert", "surgery", "手术")
    at_branch = (await call("doctor", "GET", f"/consultations/{id}"))[1]["soft_end"]
    assert (at_branch["next"]["kind"], at_branch["next"]["title"]) == ("surgery", "")  # another hospital's
    assert await told(world, clock, END, "ending") == {"doctor", "expert"}
    assert await told(world, clock, END + timedelta(minutes=1), "ending") == {"coordinator"}
    assert await told(world, clock, END + timedelta(minutes=11), "ending") == {"hub_duty"}
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "consultation.overran"]
    assert event.data["next_at"] == (END + timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert late["ladder"] == "ending"
    assert (await page(call, id))["state"] == "in_progress"  # nobody is thrown out by the clock
    for who in ("coordinator", "hub_duty"):
        found = (await call(who, "GET", f"/consultations/{id}"))[1]
        assert "end" in found["actions"]
    assert (await call("hub_duty", "POST", f"/consultations/{id}/end", match=found["version"]))[0] == 200
    assert (await page(call, id))["state"] == "answering"


async def test_it_is_extended_four_times_and_then_those_in_it_are_told(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await running(call, submitted, world, venue, clock)
    for n in range(4):
        assert await told(world, clock, END + n * timedelta(minutes=15)) == set()
    assert await told(world, clock, END + timedelta(hours=1), "ending") == {"doctor", "expert"}
    assert (await page(call, id))["soft_end"]["extended"] == 4


async def test_a_meeting_that_ended_is_extended_no_more(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await running(call, submitted, world, venue, clock)
    version = (await page(call, id))["version"]
    assert (await call("expert", "POST", f"/consultations/{id}/end", match=version))[0] == 200
    assert await told(world, clock, END, "ending") == set()
    assert (await page(call, id))["soft_end"] is None
