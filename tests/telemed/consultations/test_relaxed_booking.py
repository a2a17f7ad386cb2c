"""A time at which one of its people or places is taken: what would help is offered, each in one act or not at all."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from telemed.audit.model import AuditEvent
from telemed.consultations.relaxing import Change, ways
from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.people.model import Staff, Title
from telemed.scheduling.model import Booking, Occupancy, Resource, ResourceKind
from telemed.work.model import Notice
from tests.telemed.conftest import Call, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, home_kinds, make_approved, state_of
from tests.telemed.consultations.conftest import Made

LATER = AT + timedelta(hours=3)


@pytest.fixture(autouse=True)
async def equals(world: World) -> None:
    """The second expert is of the neurologist's department, and above them."""
    titles = {"neurologist": Title.associate_chief, "expert2": Title.chief}
    async with world.db.write() as db:
        people = (await db.exec(select(Staff).where(col(Staff.id).in_([world.ids[who] for who in titles])))).all()
        department = next(each.department_id for each in people if each.id == world.ids["neurologist"])
        for person in people:
            person.department_id = department
            person.title = next(titles[who] for who in titles if world.ids[who] == person.id)


@pytest.fixture
async def other_room(world: World) -> UUID:
    async with world.db.write() as db:
        room = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="阅片室", name_en="Reading room")
        db.add(room)
    return room.id


async def booked(call: Call, submitted: Made, world: World, venue: UUID) -> UUID:
    id = await make_approved(call, submitted)
    body = booking_body(world, venue) | {"experts": [{"staff_id": str(world.ids["neurologist"]), "required": True}]}
    assert (await act(call, "coordinator", id, "booking", body))[0] == 200
    for who in ("expert", "neurologist"):
        assert (await act(call, who, id, "answer", {"answer": "accepted"}))[0] == 200
    assert await state_of(call, id) == "scheduled"
    return id


def later(world: World, venue: UUID, **more: Any) -> dict[str, Any]:
    return booking_body(world, venue, LATER) | {"lead_id": None} | more


async def busy(call: Call, who: str, **more: Any) -> None:
    entry = {"kind": "surgery", "starts_at": LATER.isoformat(), "ends_at": (LATER + timedelta(hours=1)).isoformat()}
    assert (await call(who, "POST", "/calendar/busy", json=entry | more))[0] == 201


async def offered(call: Call, id: UUID, wanted: dict[str, Any], who: str = "coordinator") -> list[dict[str, Any]]:
    status, found = await call(who, "POST", f"/consultations/{id}/booking/relaxations", json=wanted)
    assert status == 200, found
    items: list[dict[str, Any]] = found["items"]
    return items


def named(world: World, one: dict[str, Any], **rooms: UUID) -> tuple[list[str], list[tuple[str, str]]]:
    names = {str(id): name for name, id in (world.ids | rooms).items()}
    return [names[each] for each in one["left_out"]], [
        (names[each["of"]], names[each["by"]]) for each in one["instead"]
    ]


async def taken(world: World) -> set[UUID]:
    return {each.resource_id for each in await rows(world.db, Occupancy) if each.active and each.starts_at == LATER}


async def test_where_nothing_is_taken_nothing_is_offered(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    assert await offered(call, id, later(world, venue)) == []


async def test_an_equal_comes_instead_or_it_is_moved_without_them_in_one_act(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "neurologist")
    status, problem = await act(call, "coordinator", id, "booking", later(world, venue))
    assert (status, [each["name"] for each in problem["clashes"]]) == (409, ["neurologist"])
    instead, without = await offered(call, id, later(world, venue))
    assert named(world, instead) == ([], [("neurologist", "expert2")])
    assert named(world, without) == (["neurologist"], [])
    (before,) = [each for each in await rows(world.db, Booking) if each.activity_id == id]
    assert (await act(call, "coordinator", id, "booking", instead["booking"]))[0] == 200
    (after,) = [each for each in await rows(world.db, Booking) if each.activity_id == id]
    assert (after.id, after.starts_at, after.version) == (before.id, LATER, before.version + 1)
    assert {world.ids["expert"], world.ids["expert2"], world.ids["doctor"], venue} <= await taken(world)
    assert "invite" in await home_kinds(call, "expert2")
    assert (await call("neurologist", "GET", f"/consultations/{id}"))[0] == 404
    events = [each.type for each in await rows(world.db, EventRow) if each.activity_id == id]
    assert (events.count("participant.removed"), events.count("consultation.booked")) == (1, 2)
    audited = [each.action for each in await rows(world.db, AuditEvent)]
    assert {"consultation.remove_expert", "consultation.add_expert", "booking.moved"} <= set(audited)
    told = [each for each in await rows(world.db, Notice) if each.staff_id == world.ids["neurologist"]]
    assert "uninvited" in {each.ladder for each in told}, [(each.ladder, each.kind) for each in told]


async def test_without_them_it_is_certain_once_the_others_have_accepted(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "neurologist")
    await busy(call, "expert2")
    (without,) = await offered(call, id, later(world, venue))
    assert named(world, without) == (["neurologist"], []), "whoever is busy then is no substitute"
    assert (await act(call, "coordinator", id, "booking", without["booking"]))[0] == 200
    await act(call, "expert", id, "answer", {"answer": "accepted"})
    assert await state_of(call, id) == "scheduled"


async def test_a_substitute_who_is_booked_meanwhile_leaves_everything_as_it_was(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "neurologist")
    instead, _ = await offered(call, id, later(world, venue))
    await busy(call, "expert2")
    status, problem = await act(call, "coordinator", id, "booking", instead["booking"])
    assert (status, [each["name"] for each in problem["clashes"]]) == (409, ["expert2"])
    assert await state_of(call, id) == "scheduled"
    (stands,) = [each for each in await rows(world.db, Booking) if each.activity_id == id]
    assert stands.starts_at == AT
    assert (await call("neurologist", "GET", f"/consultations/{id}"))[0] == 200


async def test_another_room_and_a_substitute_together(
    call: Call, submitted: Made, world: World, venue: UUID, other_room: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "neurologist")
    await busy(call, "coordinator", kind="maintenance", resource_id=str(venue))
    found = await offered(call, id, later(world, venue))
    rooms = {"room": venue, "other": other_room}
    assert [named(world, each, **rooms) for each in found] == [
        ([], [("neurologist", "expert2"), ("room", "other")]),
        (["neurologist"], [("room", "other")]),
    ]
    assert (await act(call, "coordinator", id, "booking", found[0]["booking"]))[0] == 200
    assert other_room in await taken(world)


async def test_a_room_that_is_too_small_is_not_offered(
    call: Call, submitted: Made, world: World, venue: UUID, other_room: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "coordinator", kind="maintenance", resource_id=str(venue))
    for places, offers in ((3, 1), (2, 1)):
        async with world.db.write() as db:
            (await db.get_one(Resource, other_room)).places = places
        assert len(await offered(call, id, later(world, venue))) == offers
    third = later(world, venue, experts=[{"staff_id": str(world.ids["expert2"])}])
    assert await offered(call, id, third) == [], "the third has no place there"


async def test_nobody_stands_in_for_the_lead_or_the_accompanying_physician(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "neurologist")
    await busy(call, "doctor")
    assert await offered(call, id, later(world, venue)) == []


async def test_a_further_room_that_is_taken_is_left_out(
    call: Call, submitted: Made, world: World, venue: UUID, other_room: UUID
) -> None:
    id = await booked(call, submitted, world, venue)
    await busy(call, "coordinator", kind="maintenance", resource_id=str(other_room))
    (without,) = await offered(call, id, later(world, venue, venue_ids=[str(other_room)]))
    assert named(world, without, other=other_room) == (["other"], [])
    assert (without["booking"]["venue_ids"], without["booking"]["without"]) == ([], [])
    assert (await act(call, "coordinator", id, "booking", without["booking"]))[0] == 200


async def test_only_who_arranges_it_asks(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await booked(call, submitted, world, venue)
    for who, status in (("", 401), ("expert", 403), ("doctor", 403)):
        answer = await call(who, "POST", f"/consultations/{id}/booking/relaxations", json=later(world, venue))
        assert answer[0] == status, who
    bad = later(world, venue) | {"ends_at": later(world, venue)["starts_at"]}
    assert (await call("coordinator", "POST", f"/consultations/{id}/booking/relaxations", json=bad))[0] == 422


def test_of_many_who_are_taken_some_ways_are_looked_at() -> None:
    """Twenty with four ways each have a million million."""
    people = [new_id() for _ in range(20)]
    helps = [[*(Change(each, new_id()) for _ in range(3)), Change(each)] for each in people]
    first, *_, last = ways(helps)
    assert first == tuple(each[0] for each in helps)
    assert last[:-2] == first[:-2]
    alone = new_id()
    assert list(map(len, ways([[Change(people[0], alone), Change(people[0])]]))) == [1, 1]
    both = [[Change(each, alone), Change(each)] for each in people[:2]]
    assert [[change.by for change in each] for each in ways(both)] == [[alone, None], [None, alone], [None, None]]
