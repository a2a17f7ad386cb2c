"""A booking may take the branch's room beside the hub's: shown at both ends, and never twice at one time."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.kit.table import new_id
from telemed.scheduling.model import Resource, ResourceKind
from tests.telemed.conftest import Call, World
from tests.telemed.consultations.actions import AT, act, booking_body, make_approved
from tests.telemed.consultations.conftest import Made


@pytest.fixture
async def ward_room(world: World) -> UUID:
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="wuxi", name="CCU 示教室", name_en="CCU room")
        db.add(room)
    return room.id


async def test_both_rooms_are_taken_and_each_end_is_shown_its_own(
    world: World, call: Call, submitted: Made, venue: UUID, ward_room: UUID
) -> None:
    id = await make_approved(call, submitted)
    body = booking_body(world, venue) | {"branch_venue_id": str(ward_room)}
    assert (await act(call, "coordinator", id, "booking", body))[0] == 200
    for who in ("doctor", "expert"):
        _, found = await call(who, "GET", f"/consultations/{id}")
        assert (found["venue"], found["branch_venue"], found["branch_venue_en"]) == (
            "会诊室 1",
            "CCU 示教室",
            "CCU room",
        )
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
    for who, where in (("doctor", "CCU 示教室"), ("expert", "会诊室 1")):
        assert (await call(who, "GET", "/home"))[1]["next"][0]["venue"] == where
        span = {"start": AT.isoformat(), "end": (AT + timedelta(hours=1)).isoformat()}
        _, agenda = await call(who, "GET", "/calendar/mine", params=span)
        assert [each["venue"] for each in agenda["items"]] == [where]


async def test_a_room_of_the_branch_that_is_taken_is_refused_as_the_hubs_is(
    world: World, call: Call, submitted: Made, venue: UUID, ward_room: UUID
) -> None:
    taken = {
        "kind": "meeting",
        "title": "示教",
        "starts_at": AT.isoformat(),
        "ends_at": (AT + timedelta(hours=1)).isoformat(),
    }
    status, made = await call("reviewer", "POST", "/calendar/busy", json=taken | {"resource_id": str(ward_room)})
    assert status == 201, made
    id = await make_approved(call, submitted)
    body = booking_body(world, venue) | {"branch_venue_id": str(ward_room)}
    status, problem = await act(call, "coordinator", id, "booking", body)
    assert (status, problem["reason"]) == (409, "clash")
    assert [each["name"] for each in problem["clashes"]] == ["CCU 示教室"]
    assert (await act(call, "coordinator", id, "booking", booking_body(world, venue)))[0] == 200


@pytest.mark.parametrize("of", ["hub", "other_branch", "nobody"])
async def test_only_a_room_of_the_branch_is_taken(
    world: World, call: Call, submitted: Made, venue: UUID, of: str
) -> None:
    async with world.db.write() as db:
        theirs = Resource(kind=ResourceKind.venue, hospital_id="jiashan", name="会诊室", name_en="Room")
        db.add(theirs)
    room = {"hub": venue, "other_branch": theirs.id, "nobody": new_id()}[of]
    id = await make_approved(call, submitted)
    body = booking_body(world, venue) | {"branch_venue_id": str(room)}
    status, problem = await act(call, "coordinator", id, "booking", body)
    assert (status, problem["reason"]) == (404, "unknown_resource")


async def test_moving_it_gives_the_room_back(
    world: World, call: Call, submitted: Made, venue: UUID, ward_room: UUID
) -> None:
    id = await make_approved(call, submitted)
    body = booking_body(world, venue) | {"branch_venue_id": str(ward_room)}
    await act(call, "coordinator", id, "booking", body)
    moved = booking_body(world, venue, AT + timedelta(hours=1)) | {"lead_id": None}
    assert (await act(call, "coordinator", id, "booking", moved))[0] == 200
    assert (await call("doctor", "GET", f"/consultations/{id}"))[1]["branch_venue"] == ""
