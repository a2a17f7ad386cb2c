"""The shift of whoever is on duty: its calls and how they ended, and what they may be called about."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.consultations.words import Urgency
from telemed.work.model import RING, Notice
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.calls import later
from tests.telemed.consultations.conftest import Made
from tests.telemed.rosters.rosters import kept, shift


async def seen(call: Call, who: str) -> Any:
    status, found = await call(who, "GET", "/home/shift")
    assert status == 200, found
    return found


async def of_week(call: Call, who: str) -> Any:
    status, found = await call(who, "GET", "/home/calls")
    assert status == 200, found
    return found["calls"]


@pytest.fixture
async def order(call: Call, world: World) -> None:
    """Both experts are on duty, one after the other."""
    await kept(call, [shift(world.ids["expert"]), shift(world.ids["expert2"], place=2)])


@pytest.mark.usefixtures("order")
async def test_the_calls_of_a_shift_say_who_took_them_and_after_how_long(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    stat = await submitted(urgency=Urgency.stat)
    (rings,) = (await seen(call, "expert"))["calls"]
    assert (rings["rings"], rings["ended_at"], rings["rang_me"], rings["lead_name"]) == (True, None, True, "")
    await later(world, clock, 14)
    assert (await act(call, "expert", stat, "take", {}))[0] == 200
    (taken,) = (await seen(call, "expert"))["calls"]
    assert (taken["activity_id"], taken["rings"], taken["lead_name"]) == (str(stat), False, "expert")
    assert taken["ended_at"] > taken["began_at"]
    assert taken["patient"]["name"]


@pytest.mark.usefixtures("order")
async def test_of_what_a_colleague_took_only_those_hear_who_may_still_see_it(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    stat = await submitted(urgency=Urgency.stat)
    assert [each["rang_me"] for each in (await seen(call, "expert2"))["calls"]] == [False]
    assert (await act(call, "expert", stat, "take", {}))[0] == 200
    may_see = (await call("expert2", "GET", f"/consultations/{stat}"))[0] == 200
    assert len((await seen(call, "expert2"))["calls"]) == may_see
    assert (await seen(call, "coordinator"))["calls"] == []  # on another roster, and never rung


@pytest.mark.usefixtures("order")
async def test_who_let_it_ring_at_the_next_sees_that_they_did(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    stat = await submitted(urgency=Urgency.stat)
    passed = await call("expert", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"})
    assert passed[0] == 204
    (mine,) = (await seen(call, "expert"))["calls"]
    assert (mine["passed_for"], mine["rings"]) == ("operating", True)


@pytest.mark.usefixtures("order")
async def test_a_call_says_when_it_rang_at_whom_on_which_screen_and_when_they_passed_it_on(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    stat = await submitted(urgency=Urgency.stat)
    rang = clock()
    clock.move(seconds=6)
    assert (await call("expert", "POST", f"/home/ringing/{stat}/seen", json={"device": "phone"}))[0] == 204
    clock.move(seconds=14)
    assert (await call("expert", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"}))[0] == 204
    (found,) = (await seen(call, "expert2"))["calls"]
    first, second = found["people"]
    assert (first["name"], first["times"], first["seen_on"]) == ("expert", 1, "phone")
    assert (first["passed_for"], second["name"]) == ("operating", "expert2")
    times = [datetime.fromisoformat(first[each]) - rang for each in ("rang_at", "seen_at", "passed_at")]
    assert times == [timedelta(0), timedelta(seconds=6), timedelta(seconds=20)]
    assert datetime.fromisoformat(second["rang_at"]) - rang == timedelta(seconds=20)
    assert (second["seen_at"], second["passed_at"]) == (None, None)


async def test_what_was_before_the_shift_is_not_of_it(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    await submitted(urgency=Urgency.stat)
    assert len((await seen(call, "expert"))["calls"]) == 1
    clock.move(hours=13)
    assert (await seen(call, "expert"))["calls"] == []
    assert len(await of_week(call, "expert")) == 1
    clock.move(days=7)
    assert await of_week(call, "expert") == []


@pytest.mark.usefixtures("order")
async def test_a_call_that_rang_all_week_hides_none_of_the_others(
    call: Call, world: World, clock: FakeClock, submitted: Made
) -> None:
    first = await submitted(urgency=Urgency.stat)
    assert (await call("expert", "POST", f"/home/ringing/{first}/pass", json={"why": "operating"}))[0] == 204
    clock.move(minutes=5)
    second = await submitted(urgency=Urgency.stat)
    async with world.db.write() as db:
        rang = (await db.exec(select(Notice).where(Notice.activity_id == second, Notice.kind == RING))).first()
        assert rang is not None
        again = rang.model_dump(exclude={"id", "n", "told_at"})
        for n in range(1, 2500):
            db.add(Notice(**again, n=rang.n + n, told_at=rang.told_at + timedelta(minutes=n)))
    clock.move(days=3)
    found = await of_week(call, "expert")
    assert [each["activity_id"] for each in found] == [str(second), str(first)]
    assert [each["passed_for"] for each in found] == [None, "operating"]


@pytest.mark.usefixtures("order")
async def test_the_calls_of_a_week_are_those_of_ones_rosters(call: Call, submitted: Made) -> None:
    await submitted(urgency=Urgency.stat)
    assert [each["rang_me"] for each in await of_week(call, "expert2")] == [False], "a colleague's"
    assert await of_week(call, "neurologist") == []


async def test_whoever_leads_a_consultation_that_goes_on_may_be_called_about_it(call: Call, submitted: Made) -> None:
    stat: UUID = await submitted(urgency=Urgency.stat)
    assert (await seen(call, "expert"))["at_hand"] == []
    assert (await act(call, "expert", stat, "take", {}))[0] == 200
    (mine,) = (await seen(call, "expert"))["at_hand"]
    assert (mine["activity_id"], mine["urgency"]) == (str(stat), "stat")
    assert mine["patient"]["name"]
    assert (await seen(call, "neurologist"))["at_hand"] == []
    assert (await seen(call, "coordinator"))["at_hand"] == []


async def test_only_at_whom_emergencies_ring_have_such_a_shift(call: Call) -> None:
    for who in ("doctor", "reviewer", "admin"):
        assert (await call(who, "GET", "/home/shift"))[0] == 403
        assert (await call(who, "GET", "/home/calls"))[0] == 403
