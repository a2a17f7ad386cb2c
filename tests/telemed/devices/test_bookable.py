"""A ward cart and a bedside camera are booked themselves, wherever they stand; a room's computer goes with its room."""

from typing import Any
from uuid import UUID

import pytest

from telemed.scheduling.model import Booking, BookingKind, Occupancy
from tests.telemed.conftest import Call, World, rows
from tests.telemed.devices.conftest import Screen, ask, code_of, registered
from tests.telemed.scheduling.kit import at, book, venues


async def equipment(call: Call, hospital: str = "ruijin") -> dict[str, str]:
    """On the calendar, by name."""
    params = {"from": at(-9).isoformat(), "to": at(24 * 5).isoformat(), "hospital_id": hospital}
    status, out = await call("coordinator", "GET", "/calendar", params=params)
    assert status == 200
    return {each["name"]: each["id"] for each in out["resources"] if each["kind"] == "equipment"}


def closed(resource: str, start: float, end: float) -> dict[str, str]:
    times = {"starts_at": at(start).isoformat(), "ends_at": at(end).isoformat()}
    return {"kind": "maintenance", "title": "检修", "resource_id": resource} | times


async def revoke(call: Call, made: Any) -> None:
    path = f"/admin/devices/{made['id']}/revoke"
    assert (await call("admin", "POST", path, match=made["version"]))[0] == 200


async def change(call: Call, made: Any, **new: Any) -> Any:
    body = {"name": made["name"], "kind": made["kind"], "venue_id": made["venue_id"]} | new
    status, out = await call("admin", "PUT", f"/admin/devices/{made['id']}", json=body, match=made["version"])
    assert status == 200, out
    return out


async def test_a_cart_stands_on_the_calendar_by_its_name_while_it_is_in_use(call: Call, screen: Screen) -> None:
    made = await registered(call, screen)
    assert await equipment(call) == {"一号车": made["id"]}
    made = await change(call, made, name="二号车")
    assert await equipment(call) == {"二号车": made["id"]}
    made = await change(call, made, kind="room")
    assert await equipment(call) == {}
    made = await change(call, made, kind="camera")
    assert await equipment(call) == {"二号车": made["id"]}
    await revoke(call, made)
    assert await equipment(call) == {}


async def test_a_room_s_computer_is_booked_with_its_room(call: Call, screen: Screen) -> None:
    new = {"code": await code_of(screen), "name": "会诊室电脑", "kind": "room", "venue_id": None}
    assert (await call("admin", "POST", "/admin/devices", json=new))[0] == 201
    assert await equipment(call) == {}


async def test_two_carts_that_stand_in_one_place_are_booked_apart_and_neither_twice(
    call: Call, world: World, screen: Screen, other_screen: Screen
) -> None:
    place = (await venues(world))["会诊室 1"]
    one, two = await registered(call, screen, place), await registered(call, other_screen, place)
    for each in (one, two, {"id": str(place)}):
        assert (await call("coordinator", "POST", "/calendar/busy", json=closed(each["id"], 1, 2)))[0] == 201
    status, refused = await call("coordinator", "POST", "/calendar/busy", json=closed(two["id"], 1.5, 3))
    assert (status, [each["resource_id"] for each in refused["clashes"]]) == (409, [two["id"]])


@pytest.mark.parametrize("free", [True, False])
async def test_find_a_time_keeps_to_when_a_cart_is_free_and_offers_the_other(
    call: Call, world: World, screen: Screen, other_screen: Screen, free: bool
) -> None:
    await venues(world)
    one, two = await registered(call, screen), await registered(call, other_screen)
    await book(world, ["expert2"], 0, 2 if free else 3, venues=[UUID(one["id"])])
    line = {"key": "cart", "venues": [one["id"]], "replaceable": True}
    expert = {"key": "a", "people": [str(world.ids["expert"])]}
    asked = {"lines": [expert, line], "minutes": 60, "urgency": "urgent"}
    asked["windows"] = [{"starts_at": at(0).isoformat(), "ends_at": at(3).isoformat()}]
    status, found = await call("coordinator", "POST", "/scheduling/find", json=asked)
    assert status == 200, found
    if free:
        assert [each["starts_at"] for each in found["found"]][:1] == [at(2).isoformat().replace("+00:00", "Z")]
        return
    assert found["found"] == []
    instead = [each for each in found["relaxations"] if each["change"] == "instead"]
    assert [each["question"]["lines"][1]["venues"] for each in instead] == [[one["id"], two["id"]]]


async def test_a_cart_that_is_taken_out_of_use_leaves_what_is_booked_and_no_more_is(
    call: Call, world: World, screen: Screen
) -> None:
    made = await registered(call, screen)
    cart = UUID(made["id"])
    plain: dict[str, Any] = {"activity": None, "kind": BookingKind.teaching}
    begun = await book(world, ["expert"], -1, 1, now=at(-2), venues=[cart], **plain)
    coming = await book(world, ["expert"], 2, 3, venues=[cart], **plain)
    alone = await book(world, [], 4, 5, venues=[cart], **plain)
    await revoke(call, made)
    active = [each for each in await rows(world.db, Occupancy) if each.active]
    assert {each.booking_id for each in active} == {begun.id, coming.id}
    assert [each.booking_id for each in active if each.resource_id == cart] == [begun.id]
    states = {each.id: each.state for each in await rows(world.db, Booking)}
    assert (states[begun.id], states[coming.id], states[alone.id]) == ("booked", "booked", "cancelled")
    asked = {"lines": [{"key": "cart", "venues": [made["id"]]}], "minutes": 60}
    status, problem = await call("coordinator", "POST", "/scheduling/find", json=asked)
    assert (status, problem["reason"]) == (404, "unknown_resource")


async def test_a_cart_that_is_booked_shows_its_meeting_and_is_on_the_site_board_with_it(
    call: Call, world: World, screen: Screen
) -> None:
    made = await registered(call, screen)
    await book(world, ["expert"], 1, 2, venues=[UUID(made["id"])], kind=BookingKind.round)
    status, here = await ask(screen, "GET", "devices/here")
    assert (status, [each["kind"] for each in here["registered"]["meetings"]]) == (200, ["round"]), here
    _, board = await call("coordinator", "GET", "/sites")
    assert [(each["name"], each["next"]["kind"]) for each in board["items"] if each["next"]] == [("一号车", "round")]
