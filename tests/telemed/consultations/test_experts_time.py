"""An expert beside the lead is booked like anybody else: the meeting stands in their calendar and takes their time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.activities.model import Participant
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, make_approved, make_scheduled, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready

MEETING = ("consultation", "2026-03-02T03:00:00Z")


async def _add(call: Call, world: World, who: str, id: UUID, whom: str) -> tuple[int, Any]:
    return await call(who, "POST", f"/consultations/{id}/experts", json={"staff_id": str(world.ids[whom])})


async def _remove(call: Call, world: World, who: str, id: UUID, whom: str) -> tuple[int, Any]:
    return await call(who, "DELETE", f"/consultations/{id}/experts/{world.ids[whom]}")


async def _mine(call: Call, who: str) -> list[tuple[str, str]]:
    """What stands in their calendar on that day: kind and start."""
    day = {"from": NOW.isoformat(), "to": (NOW + timedelta(hours=12)).isoformat()}
    status, found = await call(who, "GET", "/calendar/mine", params=day)
    assert status == 200, found
    return [(each["kind"], each["starts_at"]) for each in found["items"]]


async def _clinic(call: Call, who: str) -> tuple[int, Any]:
    """Their own clinic at the time of the consultation."""
    ends = (AT + timedelta(hours=1)).isoformat()
    return await call(
        who, "POST", "/calendar/busy", json={"kind": "clinic", "starts_at": AT.isoformat(), "ends_at": ends}
    )


async def test_the_meeting_stands_in_an_added_experts_calendar_and_takes_their_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await _add(call, world, "coordinator", id, "expert2")
    assert await _mine(call, "expert2") == [MEETING]
    status, problem = await _clinic(call, "expert2")
    assert (status, problem["reason"]) == (409, "clash")
    await _remove(call, world, "coordinator", id, "expert2")
    assert await _mine(call, "expert2") == []
    assert (await _clinic(call, "expert2"))[0] == 201


async def test_an_expert_who_has_something_else_then_is_not_added_silently(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await _clinic(call, "expert2")
    status, problem = await _add(call, world, "coordinator", id, "expert2")
    assert (status, problem["reason"]) == (409, "person_taken")
    assert [(each["name"], each["kind"]) for each in problem["clashes"]] == [("expert2", "clinic")]
    assert [each for each in await rows(world.db, Participant) if each.staff_id == world.ids["expert2"]] == []


async def test_who_declines_is_free_and_who_accepts_after_all_must_still_be(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await _add(call, world, "coordinator", id, "expert2")
    await act(call, "expert2", id, "answer", {"answer": "declined", "words": "门诊"})
    assert await _mine(call, "expert2") == []
    _, out = await _clinic(call, "expert2")
    (clinic,) = out["items"]
    status, problem = await act(call, "expert2", id, "answer", {"answer": "accepted"})
    assert (status, problem["reason"]) == (409, "person_taken")
    assert (await call("expert2", "DELETE", f"/calendar/busy/{clinic['id']}", match=clinic["version"]))[0] == 204
    assert (await act(call, "expert2", id, "answer", {"answer": "accepted"}))[0] == 200
    assert await _mine(call, "expert2") == [MEETING]


async def test_who_was_added_before_the_booking_is_booked_with_it_and_moves_with_it_where_they_are_free(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    for whom in ("expert2", "neurologist"):
        await _add(call, world, "expert", id, whom)
    await _clinic(call, "neurologist")  # whose time the consultation does not need
    for hours in (0, 2):
        body = booking_body(world, venue, AT + timedelta(hours=hours))
        status, out = await act(call, "coordinator", id, "booking", body)
        assert status == 200, out
        assert len(await _mine(call, "expert2")) == 1
        assert len(await _mine(call, "neurologist")) == 1 + (hours == 2)
    assert await _mine(call, "expert2") == [("consultation", "2026-03-02T05:00:00Z")]


async def test_who_is_called_in_during_the_meeting_comes_whatever_their_calendar_says(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await _clinic(call, "neurologist")
    for whom in ("expert2", "neurologist"):
        assert (await _add(call, world, "expert", id, whom))[0] == 200
    assert (await _mine(call, "expert2"), await _mine(call, "neurologist")) == ([MEETING], [("clinic", MEETING[1])])


async def test_who_is_added_after_the_meeting_to_co_sign_keeps_their_time(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    async with world.db.write() as db:
        (await db.get_one(Consultation, id)).state = State.answering
    assert (await _add(call, world, "expert", id, "expert2"))[0] == 200
    assert await _mine(call, "expert2") == []
