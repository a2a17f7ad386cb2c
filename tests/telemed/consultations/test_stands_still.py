"""An emergency takes the expert out of another meeting; an emergency that nobody comes to, or that is interrupted."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.consultations.words import Urgency
from tests.telemed.conftest import NOW, Call, World
from tests.telemed.consultations.actions import (
    act,
    booking_body,
    home_kinds,
    make_scheduled,
    pass_time,
    state_of,
    tell_fact,
)
from tests.telemed.consultations.conftest import Made, everything_ready


@pytest.fixture
async def stat(submitted: Made) -> UUID:
    return await submitted(urgency=Urgency.stat)


@pytest.fixture
async def meeting(call: Call, submitted: Made, world: World, venue: UUID) -> UUID:
    """A planned one in progress, led by the expert."""
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await _join(world, id, "doctor", "expert")
    assert await state_of(call, id) == "in_progress"
    return id


async def _join(world: World, id: UUID, *who: str) -> None:
    for each in who:
        await tell_fact(world, id, each, "member.joined", NOW)


async def _asked(call: Call, id: UUID) -> list[dict[str, Any]]:
    """Why the coordinator is asked to decide how it goes on."""
    _, home = await call("coordinator", "GET", "/home")
    asked = [each for each in home["work"]["items"] if each["kind"] == "book"]
    return [each["note"] for each in asked if each["activity_id"] == str(id)]


async def test_who_takes_an_emergency_leaves_their_meeting_and_those_in_it_are_told_why(
    world: World, call: Call, meeting: UUID, stat: UUID
) -> None:
    assert (await act(call, "expert", stat, "take", {"lead_id": None}))[0] == 200
    _, left = await call("doctor", "GET", f"/consultations/{meeting}")
    assert (left["state"], left["state_reason"]) == ("interrupted", "called_away")
    (said,) = [each for each in left["history"] if each["type"] == "consultation.interrupted"]
    assert said["actor_name"] == "expert"
    assert await _asked(call, meeting) == [{"reason": "called_away"}]
    await tell_fact(world, meeting, "expert", "member.left", NOW + timedelta(seconds=2))
    await pass_time(world, NOW + timedelta(minutes=20))
    assert await _asked(call, meeting) == [{"reason": "called_away"}]  # once
    await tell_fact(world, meeting, "expert", "member.joined", NOW + timedelta(minutes=21))
    assert (await state_of(call, meeting), await _asked(call, meeting)) == ("in_progress", [])


async def test_whoever_would_leave_a_room_for_it_is_told_so_on_every_page(
    world: World, call: Call, meeting: UUID, stat: UUID
) -> None:
    async def leaves(who: str) -> list[bool]:
        _, found = await call(who, "GET", "/home/ringing")
        return [each["leaves"] for each in found["items"]]

    assert (await leaves("expert"), await leaves("coordinator"), await leaves("expert2")) == ([True], [False], [False])
    await _join(world, meeting, "coordinator")
    assert await leaves("coordinator") == [False]  # who names the lead goes nowhere
    await tell_fact(world, meeting, "expert", "member.left", NOW + timedelta(seconds=2))
    assert await leaves("expert") == [False]


async def test_who_takes_it_for_another_expert_or_is_in_no_meeting_interrupts_nothing(
    world: World, call: Call, meeting: UUID, stat: UUID
) -> None:
    lead = str(world.ids["expert2"])
    assert (await act(call, "coordinator", stat, "take", {"lead_id": lead}))[0] == 200
    assert await state_of(call, meeting) == "in_progress"


async def test_taken_and_nobody_comes_a_coordinator_is_asked_and_may_have_it_answered_in_writing(
    world: World, call: Call, stat: UUID
) -> None:
    await act(call, "expert", stat, "take", {"lead_id": None})
    await pass_time(world, NOW + timedelta(minutes=4, seconds=59))
    assert await _asked(call, stat) == []
    for _ in range(2):
        await pass_time(world, NOW + timedelta(minutes=5))
    assert await _asked(call, stat) == [{"reason": "not_begun"}]
    assert (await act(call, "coordinator", stat, "written", {"reason": "连不上"}))[1]["state"] == "answering"
    assert (await _asked(call, stat), await home_kinds(call, "expert")) == ([], ["sign"])


async def test_they_come_after_all_and_nothing_is_asked_any_more(world: World, call: Call, stat: UUID) -> None:
    await act(call, "expert", stat, "take", {"lead_id": None})
    await pass_time(world, NOW + timedelta(minutes=6))
    await _join(world, stat, "doctor", "expert")
    assert (await state_of(call, stat), await _asked(call, stat)) == ("in_progress", [])


@pytest.mark.parametrize("begun", [False, True], ids=["not_begun", "interrupted"])
async def test_an_emergency_that_stands_still_is_booked_for_another_time(
    world: World, call: Call, stat: UUID, venue: UUID, begun: bool
) -> None:
    await act(call, "expert", stat, "take", {"lead_id": None})
    if begun:
        await _join(world, stat, "doctor", "expert")
        await tell_fact(world, stat, "expert", "member.left", NOW + timedelta(minutes=1))
        assert await state_of(call, stat) == "interrupted"
    await pass_time(world, NOW + timedelta(minutes=17))
    assert await _asked(call, stat) == [{"reason": "interrupted" if begun else "not_begun"}]
    status, found = await call("coordinator", "GET", f"/consultations/{stat}/proposals")
    assert (status, len(found["items"])) == (200, 3)  # it has no wishes: as soon as possible
    status, changed = await act(call, "coordinator", stat, "booking", booking_body(world, venue))
    assert (status, changed["state"]) == (200, "scheduling"), changed
    assert await _asked(call, stat) == []
    for who in ("expert", "doctor"):
        assert (await act(call, who, stat, "answer", {"answer": "accepted"}))[0] == 200
    assert await state_of(call, stat) == "scheduled"  # from here on like any other, with its readiness gate


async def test_an_emergency_that_rings_is_taken_and_not_booked(
    world: World, call: Call, stat: UUID, venue: UUID
) -> None:
    status, problem = await act(call, "coordinator", stat, "booking", booking_body(world, venue))
    assert (status, problem["reason"]) == (409, "is_stat")
