"""交班: a shift is offered to a colleague, whose it is once they accept."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.audit.model import AuditEvent
from telemed.rosters.duty import on_duty
from telemed.rosters.model import Standby
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rosters.rosters import HOUR, kept, made, put, shift


async def own(call: Call, who: str) -> Any:
    status, found = await call(who, "GET", "/standby")
    assert status == 200, found
    return found


async def offer(call: Call, who: str, to: UUID, note: str = "") -> tuple[int, Any]:
    """The first of their shifts."""
    status, found = await call(who, "GET", "/standby/shifts")
    assert status == 200, found
    body = {"shift_id": found["items"][0]["id"], "to_id": str(to), "note": note}
    return await call(who, "POST", "/standby/hand-overs", json=body)


async def reply(call: Call, who: str, *, accepts: bool) -> tuple[int, Any]:
    (asked,) = [each for each in (await own(call, who))["hand_overs"] if not each["by_me"]]
    return await call(who, "POST", f"/standby/hand-overs/{asked['id']}/answer", json={"accepts": accepts})


async def called(world: World, clock: FakeClock) -> list[list[UUID]]:
    async with world.db.read() as db:
        return [list(each) for each in await on_duty(db, "ruijin", "cardiology", None, clock())]


@pytest.fixture
async def on(call: Call, world: World, clock: FakeClock) -> None:
    """The expert is on duty for another hour, and stands by."""
    await kept(call, [shift(world.ids["expert"])])
    async with world.db.write() as db:
        until = NOW + HOUR
        db.add(Standby(hospital_id="ruijin", staff_id=world.ids["expert"], began_at=NOW, until=until))


@pytest.mark.usefixtures("on")
async def test_who_accepts_is_called_from_then_on_and_who_gave_it_stands_by_no_longer(
    call: Call, world: World, clock: FakeClock
) -> None:
    expert, other = world.ids["expert"], world.ids["expert2"]
    clock.move(minutes=10)
    status, given = await offer(call, "expert", other, " 3 床夜里可能再呼 ")
    assert status == 200, given
    assert [(each["by_me"], each["answer"]) for each in given["hand_overs"]] == [(True, None)]
    assert await called(world, clock) == [[expert]]
    assert given["now"] is not None
    status, taken = await reply(call, "expert2", accepts=True)
    assert (status, taken["rostered"], taken["now"]) == (200, True, None)
    assert await called(world, clock) == [[other]]
    before = await own(call, "expert")
    assert (before["now"], before["rostered"]) == (None, False)
    assert [each["answer"] for each in before["hand_overs"]] == ["accepted"]
    _, duty = await call("expert2", "GET", "/on-duty")
    people = [each for roster in duty["hospitals"][0]["rosters"] for each in roster["people"]]
    assert [each["note"] for each in people] == ["3 床夜里可能再呼"]
    said = {each.action for each in await rows(world.db, AuditEvent)}
    assert said >= {"hand_over.offered", "hand_over.accepted", "standby.relieved", "roster.shifts"}


@pytest.mark.usefixtures("on")
async def test_who_declined_it_first_is_not_told_beside_who_took_it(call: Call, world: World) -> None:
    for accepts in (False, True):
        assert (await offer(call, "expert", world.ids["expert2"]))[0] == 200
        assert (await reply(call, "expert2", accepts=accepts))[0] == 200
    assert [each["answer"] for each in (await own(call, "expert"))["hand_overs"]] == ["accepted"]


@pytest.mark.usefixtures("on")
async def test_declined_or_taken_back_everything_stays(call: Call, world: World, clock: FakeClock) -> None:
    expert, other = world.ids["expert"], world.ids["expert2"]
    assert (await offer(call, "expert", other))[0] == 200
    assert (await reply(call, "expert2", accepts=False))[0] == 200
    assert [each["answer"] for each in (await own(call, "expert"))["hand_overs"]] == ["declined"]
    assert (await own(call, "expert2"))["hand_overs"] == []
    _, given = await offer(call, "expert", other)
    (asked,) = [each for each in given["hand_overs"] if each["answer"] is None]
    assert (await call("expert2", "POST", f"/standby/hand-overs/{asked['id']}/withdraw"))[0] == 404
    assert (await call("expert", "POST", f"/standby/hand-overs/{asked['id']}/withdraw"))[0] == 200
    late = await call("expert2", "POST", f"/standby/hand-overs/{asked['id']}/answer", json={"accepts": True})
    assert (late[0], late[1]["reason"]) == (404, "hand_over_answered")
    assert await called(world, clock) == [[expert]]
    assert (await own(call, "expert"))["now"] is not None


@pytest.mark.usefixtures("on")
async def test_only_who_can_be_on_this_roster_and_is_not_already_takes_it(call: Call, world: World) -> None:
    _, found = await call("expert", "GET", "/standby/shifts")
    (mine,) = found["items"]
    assert [each["id"] for each in mine["takers"]] == [str(world.ids["expert2"])]
    for who in ("neurologist", "coordinator", "expert"):
        assert (await offer(call, "expert", world.ids[who]))[1]["reason"] == "no_successor"
    body = {"shift_id": mine["id"], "to_id": str(world.ids["expert2"])}
    assert (await call("expert2", "POST", "/standby/hand-overs", json=body))[1]["reason"] == "shift_gone"
    assert (await call("doctor", "POST", "/standby/hand-overs", json=body))[0] == 403


async def test_who_is_on_duty_then_already_is_no_taker(call: Call, world: World) -> None:
    await kept(call, [shift(world.ids["expert"]), shift(world.ids["expert2"], place=2)])
    _, found = await call("expert", "GET", "/standby/shifts")
    assert found["items"][0]["takers"] == []
    assert (await offer(call, "expert", world.ids["expert2"]))[1]["reason"] == "shift_taken"


async def test_a_shift_that_the_keeper_has_changed_meanwhile_is_not_taken(
    call: Call, world: World, clock: FakeClock
) -> None:
    roster = await made(call)
    _, plan = await put(call, roster, [shift(world.ids["expert"])])
    assert (await offer(call, "expert", world.ids["expert2"]))[0] == 200
    (asked,) = (await own(call, "expert2"))["hand_overs"]
    later = shift(world.ids["expert"], ends=NOW + 2 * HOUR)
    assert (await put(call, {**roster, "version": plan["version"]}, [later]))[0] == 200
    assert (await own(call, "expert2"))["hand_overs"] == []
    refused = await call("expert2", "POST", f"/standby/hand-overs/{asked['id']}/answer", json={"accepts": True})
    assert (refused[0], refused[1]["reason"]) == (409, "shift_gone")


async def test_a_coming_shift_is_handed_over_whole_and_its_giver_goes_on_with_this_one(
    call: Call, world: World, clock: FakeClock
) -> None:
    expert = world.ids["expert"]
    tomorrow = shift(expert, NOW + timedelta(hours=20), NOW + timedelta(hours=28))
    await kept(call, [shift(expert), tomorrow])
    _, found = await call("expert", "GET", "/standby/shifts")
    body = {"shift_id": found["items"][1]["id"], "to_id": str(world.ids["expert2"])}
    assert (await call("expert", "POST", "/standby/hand-overs", json=body))[0] == 200
    assert (await reply(call, "expert2", accepts=True))[0] == 200
    assert await called(world, clock) == [[expert]]
    clock.move(hours=21)
    assert await called(world, clock) == [[world.ids["expert2"]]]


@pytest.mark.usefixtures("on")
async def test_offered_to_another_the_first_offer_is_taken_back(call: Call, world: World) -> None:
    assert (await offer(call, "expert", world.ids["expert2"]))[0] == 200
    _, given = await offer(call, "expert", world.ids["expert2"])
    assert [each["answer"] for each in given["hand_overs"]] == [None]
