"""The site board: every room and cart, red before the doctor who is to meet there would notice."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.devices.standing import SILENT, Known, SiteFault, SiteState, faults, standing
from telemed.people.rules import Span
from telemed.scheduling.model import BookingKind, Resource, ResourceKind
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import AT, make_booked, make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.devices.conftest import Screen, ask, registered

__all__ = ("submitted", "venue")

PASSED = {"camera": True, "microphone": True, "network": True}


def ago(**by: float) -> datetime:
    return NOW - timedelta(**by)


def meeting(**ahead: float) -> Span:
    return Span(NOW + timedelta(**ahead), NOW + timedelta(**ahead) + timedelta(minutes=40))


def test_a_device_that_is_heard_of_and_passed_its_test_today_has_no_fault() -> None:
    assert faults(Known(ago(minutes=1), ago(hours=6), passed=True), NOW) == []
    assert faults(Known(NOW - SILENT, ago(hours=24), passed=True), NOW) == []


@pytest.mark.parametrize(
    ("device", "found"),
    [
        (Known(None, None, passed=False), ["untested", "offline"]),
        (Known(ago(minutes=4), ago(hours=6), passed=True), ["offline"]),
        (Known(NOW, ago(hours=25), passed=True), ["untested"]),
        (Known(NOW, ago(hours=6), passed=False), ["failed"]),
        (Known(NOW, ago(days=9), passed=False), ["failed"]),
    ],
)
def test_what_is_wrong_with_a_device_is_told_from_what_was_last_heard(device: Known, found: list[str]) -> None:
    assert faults(device, NOW) == found


@pytest.mark.parametrize(
    ("fault", "ahead", "state"),
    [
        (SiteFault.failed, 24, SiteState.red),
        (SiteFault.failed, 25, SiteState.watch),
        (SiteFault.untested, 4, SiteState.red),
        (SiteFault.untested, 5, SiteState.watch),
        (SiteFault.untested, 25, SiteState.idle),
        (SiteFault.offline, 1, SiteState.red),
        (SiteFault.offline, 2, SiteState.watch),
        (SiteFault.offline, 25, SiteState.idle),
    ],
)
def test_each_fault_is_red_while_there_is_still_time_to_mend_it(fault: SiteFault, ahead: int, state: SiteState) -> None:
    assert standing([[fault]], meeting(hours=ahead), NOW) is state
    assert standing([[], [fault]], meeting(hours=ahead), NOW) is state


def test_without_a_meeting_only_a_failed_test_is_worth_a_look() -> None:
    assert standing([[SiteFault.failed]], None, NOW) is SiteState.watch
    assert standing([[SiteFault.untested, SiteFault.offline]], None, NOW) is SiteState.idle
    assert standing([[]], None, NOW) is SiteState.ready
    assert standing([], meeting(hours=1), NOW) is SiteState.bare


def test_in_a_meeting_that_is_on_only_silence_is_red() -> None:
    on = meeting(minutes=-10)
    assert standing([[SiteFault.offline]], on, NOW) is SiteState.red
    assert standing([[SiteFault.untested]], on, NOW) is SiteState.watch


async def sites(call: Call, who: str) -> dict[str, Any]:
    status, found = await call(who, "GET", "/sites")
    assert status == 200, found
    return {each["name"]: each for each in found["items"]}


async def test_a_room_turns_red_as_its_meeting_comes_near_and_ready_once_its_device_answers(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    await make_scheduled(call, submitted, world, venue)
    await registered(call, screen, venue)
    room = (await sites(call, "coordinator"))["会诊室 1"]
    assert (room["state"], room["devices"][0]["faults"]) == ("red", ["untested", "offline"])
    assert room["next"] == {
        "kind": "consultation",
        "starts_at": AT.isoformat().replace("+00:00", "Z"),
        "ends_at": (AT + timedelta(minutes=40)).isoformat().replace("+00:00", "Z"),
        "held": False,
    }
    assert (await ask(screen, "POST", "devices/tests", json=PASSED))[0] == 201
    await ask(screen, "GET", "devices/here")
    assert (await sites(call, "coordinator"))["会诊室 1"]["state"] == "ready"
    clock.move(minutes=10)
    assert (await sites(call, "coordinator"))["会诊室 1"]["state"] == "watch"
    clock.now = AT - timedelta(minutes=50)
    assert (await sites(call, "coordinator"))["会诊室 1"]["state"] == "red"
    await ask(screen, "POST", "devices/tests", json=PASSED | {"network": False})
    await ask(screen, "GET", "devices/here")
    [device] = (await sites(call, "coordinator"))["会诊室 1"]["devices"]
    assert (device["online"], device["faults"], device["last_test"]["network"]) == (True, ["failed"], False)


async def test_it_names_no_patient_and_neither_who_meets(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    _, consultation = await call("coordinator", "GET", f"/consultations/{id}")
    _, found = await call("admin", "GET", "/sites")
    assert found["items"][0]["next"]["held"] is True
    assert consultation["patient"]["name"] not in str(found)
    assert str(id) not in str(found)


async def test_a_hub_sees_its_branches_and_a_branch_only_itself(
    call: Call, screen: Screen, world: World, venue: UUID
) -> None:
    await registered(call, screen, who="wuxi_admin")
    async with world.db.write() as db:
        db.add(Resource(kind=ResourceKind.venue, hospital_id="jiashan", name="嘉善会诊室", name_en="Jiashan room"))
    for who in ("coordinator", "dispatcher", "hub_duty", "admin"):
        assert set(await sites(call, who)) == {"会诊室 1", "嘉善会诊室", "一号车"}
    for who in ("duty", "wuxi_admin"):
        assert set(await sites(call, who)) == {"一号车"}
    for who in ("doctor", "expert", "reviewer", "nurse"):
        assert (await call(who, "GET", "/sites"))[0] == 403


async def test_a_room_that_is_closed_for_repair_waits_for_the_meeting_after_it(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    closed = {
        "resource_id": str(venue),
        "kind": BookingKind.maintenance,
        "starts_at": NOW.isoformat(),
        "ends_at": (NOW + timedelta(hours=1)).isoformat(),
        "title": "检修",
    }
    status, found = await call("coordinator", "POST", "/calendar/busy", json=closed)
    assert status == 201, found
    room = (await sites(call, "coordinator"))["会诊室 1"]
    assert (room["state"], room["next"]["kind"]) == ("bare", "consultation")


async def test_of_two_devices_that_failed_the_one_that_is_needed_sooner_comes_first(
    call: Call, screen: Screen, other_screen: Screen, submitted: Made, world: World, venue: UUID
) -> None:
    await registered(call, other_screen, who="wuxi_admin")
    await ask(other_screen, "POST", "devices/tests", json=PASSED | {"camera": False})
    assert list(await sites(call, "coordinator")) == ["一号车", "会诊室 1"]
    await make_scheduled(call, submitted, world, venue)
    await registered(call, screen, venue)
    assert list(await sites(call, "coordinator")) == ["会诊室 1", "一号车"]


async def test_a_revoked_device_stands_nowhere(call: Call, screen: Screen, world: World) -> None:
    made = await registered(call, screen)
    path = f"/admin/devices/{made['id']}/revoke"
    assert (await call("admin", "POST", path, match=made["version"]))[0] == 200
    assert await sites(call, "coordinator") == {}


async def test_the_longest_wait_of_each_quarter_of_the_last_day_is_drawn(
    call: Call, screen: Screen, venue: UUID, clock: FakeClock
) -> None:
    await registered(call, screen, venue)
    clock.now = NOW.replace(minute=1)

    async def waited(took: int) -> list[int | None]:
        await ask(screen, "GET", "devices/here", params={"took": str(took)})
        drawn: list[int | None] = (await sites(call, "coordinator"))["会诊室 1"]["devices"][0]["link"]
        return drawn

    assert (await sites(call, "coordinator"))["会诊室 1"]["devices"][0]["link"] == []
    assert await waited(20) == [None] * 95 + [20]
    clock.move(minutes=2)
    assert (await waited(180))[-1] == 180
    clock.move(minutes=2)
    assert (await waited(30))[-1] == 180  # the longest
    clock.move(minutes=30)
    assert (await waited(25))[-3:] == [180, None, 25]
    clock.move(hours=24)
    assert await waited(26) == [None] * 95 + [26]
    status, refused = await ask(screen, "GET", "devices/here", params={"took": "-1"})
    assert (status, refused["code"]) == (422, "invalid")
