"""全部重测: every room and cart is asked to test itself now, and answers or is shown as not reached."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.devices.rules import ASKED_FOR, test_due
from telemed.devices.standing import ANSWERS_WITHIN, Known, Retest, retest
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import AT, make_scheduled
from tests.telemed.consultations.conftest import Made, submitted, venue
from tests.telemed.devices.conftest import Screen, ask, registered

__all__ = ("submitted", "venue")

PASSED = {"camera": True, "microphone": True, "network": True}
test_due.__test__ = False  # type: ignore[attr-defined]


async def board(call: Call, who: str = "coordinator", method: str = "GET") -> dict[str, Any]:
    """By device what became of the test that was asked for."""
    status, found = await call(who, method, "/sites" if method == "GET" else "/sites/tests")
    assert status == 200, found
    return {device["id"]: device["retest"] for site in found["items"] for device in site["devices"]}


async def is_due(screen: Screen) -> bool:
    status, found = await ask(screen, "GET", "devices/here")
    assert status == 200, found
    return bool(found["registered"]["test_due"])


async def test_each_answers_or_is_shown_as_not_reached(
    call: Call, screen: Screen, other_screen: Screen, clock: FakeClock
) -> None:
    here, silent = (await registered(call, screen))["id"], (await registered(call, other_screen))["id"]
    assert (await ask(screen, "POST", "devices/tests", json=PASSED))[0] == 201
    assert await is_due(screen) is False  # it has tested itself today
    assert await board(call) == {here: None, silent: None}
    clock.move(seconds=1)
    assert await board(call, method="POST") == {here: "waits", silent: "unreached"}
    assert await is_due(screen) is True
    clock.move(seconds=9)
    assert (await ask(screen, "POST", "devices/tests", json=PASSED | {"camera": False}))[0] == 201
    assert await board(call) == {here: "answered", silent: "unreached"}
    assert await is_due(screen) is False
    clock.move(minutes=61)
    assert await board(call) == {here: None, silent: None}


async def test_one_that_comes_back_later_makes_the_test_then(call: Call, screen: Screen, clock: FakeClock) -> None:
    id = (await registered(call, screen))["id"]
    assert (await ask(screen, "POST", "devices/tests", json=PASSED))[0] == 201
    clock.move(minutes=1)
    assert await board(call, method="POST") == {id: "unreached"}  # it has never asked what to show
    clock.move(minutes=20)
    assert await is_due(screen) is True
    assert (await ask(screen, "POST", "devices/tests", json=PASSED))[0] == 201
    assert await board(call) == {id: "answered"}


async def test_where_people_meet_it_waits_until_they_are_done(
    call: Call, screen: Screen, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    await make_scheduled(call, submitted, world, venue)
    id = (await registered(call, screen, venue))["id"]
    assert (await ask(screen, "POST", "devices/tests", json=PASSED))[0] == 201
    clock.now = AT - timedelta(minutes=10)
    assert await is_due(screen) is False
    assert await board(call, method="POST") == {id: "busy"}
    assert await is_due(screen) is False
    clock.now = AT + timedelta(minutes=41)
    assert await is_due(screen) is True


async def test_a_branch_asks_its_own_and_a_hub_also_those_of_its_branches(
    call: Call, screen: Screen, other_screen: Screen
) -> None:
    wuxi = (await registered(call, screen, who="wuxi_admin"))["id"]
    ours = (await registered(call, other_screen))["id"]
    for each in (screen, other_screen):
        await ask(each, "GET", "devices/here")
    assert await board(call, "duty", "POST") == {wuxi: "waits"}
    assert await board(call) == {wuxi: "waits", ours: None}
    assert await board(call, "coordinator", "POST") == {wuxi: "waits", ours: "waits"}
    for who in ("doctor", "expert", "reviewer"):
        assert (await call(who, "POST", "/sites/tests"))[0] == 403


@pytest.mark.parametrize(
    ("seen", "tested", "meets", "after", "found"),
    [
        (0, None, False, timedelta(0), Retest.waits),
        (0, None, False, ANSWERS_WITHIN, Retest.waits),
        (0, None, False, ANSWERS_WITHIN + timedelta(seconds=1), Retest.unreached),
        (0, -60, False, timedelta(0), Retest.waits),
        (0, 0, False, timedelta(0), Retest.answered),
        (0, None, True, timedelta(0), Retest.busy),
        (-600, None, True, timedelta(0), Retest.unreached),
        (-600, 5, False, timedelta(minutes=9), Retest.answered),
        (0, None, False, timedelta(minutes=61), None),
    ],
)
def test_what_became_of_it_is_told_from_what_was_heard(
    seen: int, tested: int | None, meets: bool, after: timedelta, found: Retest | None
) -> None:
    now = NOW + after
    known = Known(
        now + timedelta(seconds=seen), None if tested is None else NOW + timedelta(seconds=tested), passed=True
    )
    assert retest(NOW, known, meets=meets, now=now) is found


def test_a_test_that_was_asked_for_half_a_day_ago_is_forgotten() -> None:
    last = NOW - timedelta(minutes=1)
    assert test_due(last, NOW, [], "UTC", NOW)
    assert not test_due(last, None, [], "UTC", NOW)
    assert not test_due(NOW, NOW, [], "UTC", NOW)
    assert not test_due(last, NOW, [], "UTC", NOW + ASKED_FOR + timedelta(seconds=1))
