"""A coordinator keeps a time for some minutes: others see it and book around it, and a stat call goes over it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.consultations.words import Urgency
from telemed.scheduling.model import Booking, BookingState
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, act, booking_body, home_kinds, make_approved, state_of
from tests.telemed.consultations.conftest import Made

LASTS = timedelta(minutes=10)


async def hold(call: Call, id: UUID, body: dict[str, Any], who: str = "coordinator") -> tuple[int, Any]:
    return await call(who, "POST", f"/consultations/{id}/hold", json=body)


async def kept(call: Call, id: UUID) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await call("coordinator", "GET", f"/consultations/{id}/hold"))[1]["items"]
    return items


async def test_what_is_kept_cannot_be_booked_by_others_is_seen_and_ends_by_itself(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    mine, other = await make_approved(call, submitted), await make_approved(call, submitted)
    status, said = await hold(call, mine, booking_body(world, venue))
    assert (status, datetime.fromisoformat(said["until"])) == (200, NOW + LASTS)
    assert (await state_of(call, mine), await home_kinds(call, "expert")) == ("approved", []), "nobody is asked"
    status, problem = await act(call, "coordinator", other, "booking", booking_body(world, venue))
    assert (status, problem["reason"]) == (409, "clash")
    assert {(each["title"], each["booked_by"]) for each in problem["clashes"]} == {("预留，安排中", "coordinator")}
    clock.now = NOW + LASTS
    assert await kept(call, mine) == []
    assert (await act(call, "coordinator", other, "booking", booking_body(world, venue)))[0] == 200


async def test_the_one_for_which_it_is_kept_is_booked_into_it_and_nothing_is_kept_any_more(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    assert (await hold(call, id, booking_body(world, venue)))[0] == 200
    assert len(await kept(call, id)) == 1
    assert (await act(call, "coordinator", id, "booking", booking_body(world, venue)))[0] == 200
    assert await kept(call, id) == []
    states = sorted(each.state for each in await rows(world.db, Booking))
    assert states == [BookingState.cancelled, BookingState.held], "the booking waits for its answers"


async def test_another_time_is_kept_instead_and_given_up_again(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    later = AT + timedelta(hours=3)
    for start in (AT, later):
        assert (await hold(call, id, booking_body(world, venue, start)))[0] == 200
    assert [datetime.fromisoformat(each["starts_at"]) for each in await kept(call, id)] == [later]
    assert (await call("coordinator", "DELETE", f"/consultations/{id}/hold"))[0] == 204
    assert await kept(call, id) == []


async def test_it_is_kept_beside_the_booking_until_that_is_moved(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    assert (await act(call, "coordinator", id, "booking", booking_body(world, venue)))[0] == 200
    later = booking_body(world, venue, AT + timedelta(hours=3)) | {"lead_id": None}
    assert (await hold(call, id, later))[0] == 200
    assert (await act(call, "coordinator", id, "booking", later))[0] == 200
    (stands,) = [each for each in await rows(world.db, Booking) if each.state is not BookingState.cancelled]
    assert (stands.activity_id, stands.starts_at) == (id, AT + timedelta(hours=3))


async def test_a_stat_call_goes_over_what_is_kept(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_approved(call, submitted)
    assert (await hold(call, id, booking_body(world, venue)))[0] == 200
    stat = await submitted(urgency=Urgency.stat)
    assert (await act(call, "expert", stat, "take", {"lead_id": None}))[0] == 200
    line = {"key": "lead", "people": [str(world.ids["expert"])]}
    asked = {"lines": [line], "minutes": 40, "windows": [{"starts_at": AT.isoformat()}], "besides": str(stat)}
    asked["windows"] = [{"starts_at": AT.isoformat(), "ends_at": (AT + timedelta(minutes=40)).isoformat()}]
    for urgency, found in (("urgent", 0), ("stat", 1)):
        answer = (await call("coordinator", "POST", "/scheduling/find", json=asked | {"urgency": urgency}))[1]
        assert len(answer["found"]) == found, urgency
    body = booking_body(world, venue) | {"lead_id": None}
    assert (await act(call, "coordinator", stat, "booking", body))[0] == 200
    assert await kept(call, id) == []


async def test_an_expert_neither_sees_it_in_their_own_calendar_nor_takes_it_back(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    assert (await hold(call, id, booking_body(world, venue)))[0] == 200
    span = {"from": AT.isoformat(), "to": (AT + timedelta(hours=1)).isoformat()}
    query = "&".join(f"{key}={value.replace('+', '%2B')}" for key, value in span.items())
    assert (await call("expert", "GET", f"/calendar/mine?{query}"))[1]["items"] == []
    (booking,) = await rows(world.db, Booking)
    assert (await call("expert", "DELETE", f"/calendar/busy/{booking.id}", match=booking.version))[0] == 403


async def test_only_who_arranges_it_keeps_a_time(call: Call, submitted: Made, world: World, venue: UUID) -> None:
    id = await make_approved(call, submitted)
    for who, status in (("expert", 403), ("doctor", 403), ("duty", 403)):
        assert (await hold(call, id, booking_body(world, venue), who))[0] == status
    status, problem = await hold(call, id, booking_body(world, venue) | {"lead_id": None})
    assert (status, problem["reason"]) == (422, "no_lead")
