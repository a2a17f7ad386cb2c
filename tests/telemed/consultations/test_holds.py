"""A booked time is held until all have accepted, and never longer than until the meeting begins."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.history.model import EventRow
from telemed.scheduling.model import Booking
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    act,
    booking_body,
    home_kinds,
    make_approved,
    make_booked,
    make_scheduled,
    pass_time,
    state_of,
)
from tests.telemed.consultations.conftest import Made


async def booking(world: World) -> tuple[str, datetime | None]:
    (found,) = await rows(world.db, Booking)
    return str(found.state), found.expires_at


async def invitation(world: World) -> WorkItem:
    (found,) = [each for each in await rows(world.db, WorkItem) if each.kind == WorkKind.invite]
    return found


async def test_a_time_that_not_all_have_accepted_is_held_and_becomes_a_booking_when_they_have(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    assert await booking(world) == ("held", AT)
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[0] == 200
    assert await booking(world) == ("booked", None)


async def test_an_invitation_is_due_when_half_of_the_time_until_the_meeting_is_left(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await make_booked(call, submitted, world, venue)
    asked = await invitation(world)
    assert asked.due_at == NOW + (AT - NOW) / 2


async def test_a_hold_that_lapses_frees_the_time_and_asks_for_another(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await pass_time(world, AT - timedelta(seconds=1))
    assert await state_of(call, id) == "scheduling"
    clock.now = AT
    await pass_time(world, AT)
    _, found = await call("coordinator", "GET", f"/consultations/{id}")
    assert (found["state"], found["starts_at"]) == ("accepted", None)
    assert [await home_kinds(call, who) for who in ("expert", "coordinator")] == [[], ["book"]]
    assert (await booking(world))[0] == "cancelled"
    assert "consultation.lapsed" in [each.type for each in await rows(world.db, EventRow)]
    again = booking_body(world, venue, AT + timedelta(hours=1))
    assert (await act(call, "coordinator", id, "booking", again))[1]["state"] == "scheduling"


async def test_who_asked_for_another_time_and_then_accepts_leaves_the_coordinator_nothing_to_book(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    other = {"starts_at": (AT + timedelta(hours=1)).isoformat(), "ends_at": (AT + timedelta(hours=2)).isoformat()}
    assert (await act(call, "expert", id, "answer", {"answer": "proposed", "words": "手术"} | other))[0] == 200
    assert await home_kinds(call, "coordinator") == ["book"]
    assert (await act(call, "expert", id, "answer", {"answer": "accepted"}))[1]["state"] == "scheduled"
    assert await home_kinds(call, "coordinator") == []


async def test_a_time_far_ahead_is_not_held_for_more_than_a_day_without_an_answer(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    new: dict[str, Any] = booking_body(world, venue, NOW + timedelta(days=3))
    assert (await act(call, "coordinator", id, "booking", new))[0] == 200
    assert await booking(world) == ("held", NOW + timedelta(days=1))
    await pass_time(world, NOW + timedelta(days=1))
    assert await state_of(call, id) == "accepted"


async def test_who_asks_for_another_time_leaves_the_old_one_held_and_their_words_with_the_coordinator(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    later = {"starts_at": (AT + timedelta(hours=2)).isoformat(), "ends_at": (AT + timedelta(hours=3)).isoformat()}
    said = {"answer": "proposed", "words": "手术中", **later}
    assert (await act(call, "expert", id, "answer", said))[1]["state"] == "scheduling"
    assert await booking(world) == ("held", AT)
    await pass_time(world, AT)
    assert await state_of(call, id) == "accepted"
    (asked,) = [each for each in await rows(world.db, WorkItem) if each.kind == WorkKind.book and not each.done_at]
    assert asked.note["asked"] == "手术中"


async def test_a_new_time_is_held_from_its_own_booking_on(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    later = booking_body(world, venue, AT + timedelta(hours=3))
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    await pass_time(world, AT)
    assert await state_of(call, id) == "scheduling"
    await pass_time(world, AT + timedelta(hours=3))
    assert await state_of(call, id) == "accepted"
