"""A booking takes several experts and rooms: all of those required or nobody, the optional where they are free."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.activities.model import Participant
from telemed.history.model import EventRow
from telemed.scheduling.model import Occupancy, Resource, ResourceKind
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, home_kinds, make_approved, state_of
from tests.telemed.consultations.conftest import Made


@pytest.fixture
async def second_room(world: World) -> UUID:
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="阅片室", name_en="Reading room")
        db.add(room)
    return room.id


def many(world: World, venue: UUID, *rooms: UUID, **required: bool) -> dict[str, Any]:
    experts = [{"staff_id": str(world.ids[who]), "required": each} for who, each in required.items()]
    return booking_body(world, venue) | {"experts": experts, "venue_ids": [str(each) for each in rooms]}


async def busy(call: Call, who: str) -> None:
    entry = {"kind": "surgery", "starts_at": AT.isoformat(), "ends_at": (AT + timedelta(hours=1)).isoformat()}
    assert (await call(who, "POST", "/calendar/busy", json=entry))[0] == 201


async def taken(world: World) -> set[UUID]:
    return {each.resource_id for each in await rows(world.db, Occupancy) if each.active}


async def test_all_are_taken_and_asked_and_it_is_certain_once_the_required_have_accepted(
    call: Call, submitted: Made, world: World, venue: UUID, second_room: UUID
) -> None:
    id = await make_approved(call, submitted)
    body = many(world, venue, second_room, expert2=True, neurologist=False)
    status, changed = await act(call, "coordinator", id, "booking", body)
    assert status == 200, changed
    who = {world.ids[each] for each in ("expert", "expert2", "neurologist", "doctor")}
    assert await taken(world) == {*who, venue, second_room}
    assert [await home_kinds(call, each) for each in ("expert2", "neurologist")] == [["invite"], ["invite"]]
    assert (await call("neurologist", "GET", f"/consultations/{id}"))[0] == 200
    await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduling"
    await act(call, "expert2", id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"
    added = [each.data["name"] for each in await rows(world.db, EventRow) if each.type == "participant.added"]
    assert added == ["expert2", "neurologist"]


async def test_one_required_who_is_taken_refuses_all_and_leaves_nothing(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await busy(call, "expert2")
    id = await make_approved(call, submitted)
    status, problem = await act(call, "coordinator", id, "booking", many(world, venue, expert2=True))
    assert (status, problem["reason"]) == (409, "clash")
    assert [(each["name"], each["kind"]) for each in problem["clashes"]] == [("expert2", "surgery")]
    assert await taken(world) == {world.ids["expert2"]}
    assert world.ids["expert2"] not in {each.staff_id for each in await rows(world.db, Participant)}


async def test_one_optional_who_is_taken_is_asked_and_keeps_nobody_from_meeting(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await busy(call, "expert2")
    id = await make_approved(call, submitted)
    assert (await act(call, "coordinator", id, "booking", many(world, venue, expert2=False)))[0] == 200
    assert await home_kinds(call, "expert2") == ["invite"]
    await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"


async def test_moving_it_may_make_a_required_expert_optional(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    assert (await act(call, "coordinator", id, "booking", many(world, venue, expert2=True)))[0] == 200
    assert (await act(call, "coordinator", id, "booking", many(world, venue, expert2=False)))[0] == 200
    await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"


async def test_who_declined_and_is_required_no_longer_is_in_nobodys_way(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "booking", many(world, venue, expert2=True, neurologist=True))
    await act(call, "neurologist", id, "answer", {"answer": "declined", "words": "手术"})
    await busy(call, "neurologist")
    again = many(world, venue, expert2=True)
    assert (await act(call, "coordinator", id, "booking", again))[0] == 409, "they are still required"
    again = many(world, venue, expert2=True, neurologist=False)
    assert (await act(call, "coordinator", id, "booking", again))[0] == 200
    for who in ("expert", "expert2"):
        await act(call, who, id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"


async def test_who_declined_and_was_replaced_is_taken_out_with_the_booking(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "booking", many(world, venue, expert2=True))
    await act(call, "expert2", id, "answer", {"answer": "declined", "words": "手术"})
    await busy(call, "expert2")
    gone = {"without": [str(world.ids["expert2"])]}
    again = many(world, venue, neurologist=True) | gone
    assert (await act(call, "coordinator", id, "booking", again))[0] == 200
    assert "invite" not in await home_kinds(call, "expert2")
    assert (await call("expert2", "GET", f"/consultations/{id}"))[0] == 404
    assert await home_kinds(call, "neurologist") == ["invite"]
    assert (await act(call, "coordinator", id, "booking", again))[0] == 200, "who is gone need not be taken out"
    for who in ("expert", "neurologist"):
        await act(call, who, id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"
    removed = [each.data["name"] for each in await rows(world.db, EventRow) if each.type == "participant.removed"]
    assert removed == ["expert2"]


async def test_a_refused_time_without_somebody_leaves_them_on_it(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "booking", many(world, venue, expert2=True))
    await busy(call, "neurologist")
    before = await taken(world)
    again = many(world, venue, neurologist=True) | {"without": [str(world.ids["expert2"])]}
    status, problem = await act(call, "coordinator", id, "booking", again)
    assert (status, problem["reason"]) == (409, "clash")
    assert await taken(world) == before
    assert await home_kinds(call, "expert2") == ["invite"]
    status, _ = await act(
        call, "coordinator", id, "booking", many(world, venue) | {"without": [str(world.ids["expert"])]}
    )
    assert status == 409, "the lead is replaced with a reason"
    both = many(world, venue, expert2=True) | {"without": [str(world.ids["expert2"])]}
    assert (await act(call, "coordinator", id, "booking", both))[0] == 422


async def test_times_are_proposed_at_which_the_required_experts_are_free_too(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    body = many(world, venue, expert2=True, neurologist=False)
    assert (await act(call, "coordinator", id, "booking", body))[0] == 200

    async def proposed() -> list[tuple[datetime, datetime]]:
        status, found = await call("coordinator", "GET", f"/consultations/{id}/proposals")
        assert status == 200, found
        ends = ("starts_at", "ends_at")
        return [
            (start, end) for start, end in ([datetime.fromisoformat(one[e]) for e in ends] for one in found["items"])
        ]

    first = (await proposed())[0]
    for who, stays in (("neurologist", True), ("expert2", False)):
        entry = {"kind": "clinic", "starts_at": first[0].isoformat(), "ends_at": first[1].isoformat()}
        assert (await call(who, "POST", "/calendar/busy", json=entry))[0] == 201
        assert (first in await proposed()) == stays, who


async def test_taking_out_the_last_whose_answer_is_awaited_makes_it_certain(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    assert (await act(call, "coordinator", id, "booking", many(world, venue, expert2=True)))[0] == 200
    await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert (await call("coordinator", "DELETE", f"/consultations/{id}/experts/{world.ids['expert2']}"))[0] == 200
    assert await state_of(call, id) == "scheduled"
    assert world.ids["expert2"] not in await taken(world)


async def test_only_experts_of_the_hub_and_rooms_of_both_ends_are_booked(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    async with world.db.write() as db:
        theirs = Resource(kind=ResourceKind.venue, hospital_id="jiashan", name="会诊室", name_en="Room")
        db.add(theirs)
    id = await make_approved(call, submitted)
    status, problem = await act(call, "coordinator", id, "booking", many(world, venue, doctor2=True))
    assert (status, problem["reason"]) == (422, "not_an_expert")
    status, problem = await act(call, "coordinator", id, "booking", many(world, venue, theirs.id))
    assert (status, problem["reason"]) == (404, "unknown_resource")
