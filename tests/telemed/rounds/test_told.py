"""Who takes part in a round hears at once when it is, that it was moved or called off, and that they need not come."""

from datetime import timedelta
from typing import Any

from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.rounds.helpers import (
    answer_of,
    confirm,
    consent,
    item_of,
    listed,
    planned,
    series_of,
    sessions,
    shown,
    sweep,
)
from tests.telemed.rounds.notices import told


async def post(call: Call, session: Any, what: str, body: Any) -> Any:
    path = f"/rounds/sessions/{session['id']}/{what}"
    status, out = await call("coordinator", "POST", path, json=body, match=session["version"])
    assert status == 200, out
    return out


def hours_later(session: Any, hours: int) -> dict[str, Any]:
    at = NOW + timedelta(hours=23, minutes=30) + timedelta(hours=hours)
    return {"starts_at": at.isoformat(), "minutes": 60}


async def test_who_leads_and_who_is_at_the_bed_hear_when_it_is(call: Call, world: World) -> None:
    await planned(call, world)
    session = (await sessions(call))[0]
    assert await told(world, session) == {("round_booked", "expert"), ("round_booked", "doctor")}


async def test_a_round_that_is_moved_is_told_to_who_takes_part_and_its_lead_is_asked_again(
    call: Call, world: World
) -> None:
    await planned(call, world)
    session = (await sessions(call))[0]
    session = await post(call, session, "doctors", {"staff_id": str(world.ids["neurologist"])})
    session = await post(call, session, "move", hours_later(session, 3))
    assert await told(world, session) == {("round_moved", who) for who in ("expert", "doctor", "neurologist")}
    assert (session["lead_answered"], await answer_of(world, session["id"], "doctor")) == ("invited", "accepted")
    assert (await shown(call, session["id"], "expert"))["may_answer"]


async def test_what_is_moved_to_another_day_has_its_list_open_again(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await confirm(call, session, "01")
    clock.now = NOW + timedelta(hours=22)
    await sweep(world, clock)
    session = await shown(call, session["id"])
    assert session["state"] == "ready"
    session = await post(call, session, "move", hours_later(session, 48))
    assert (session["state"], session["confirmed"]) == ("list_open", 1)
    assert item_of(await shown(call, session["id"]), "01")["state"] == "confirmed"


async def test_a_time_moved_within_the_lock_is_ready_only_once_its_lead_has_accepted_it(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await confirm(call, session, "01")
    clock.now = NOW + timedelta(hours=22)
    await sweep(world, clock)
    session = await post(call, await shown(call, session["id"]), "move", hours_later(session, 0) | {"minutes": 45})
    assert (session["state"], session["lead_answered"]) == ("list_locked", "invited")
    path = f"/rounds/sessions/{session['id']}/answer"
    status, session = await call("expert", "POST", path, json={"accepts": True}, match=session["version"])
    assert (status, session["state"]) == (200, "ready")


async def test_a_round_that_is_called_off_or_made_a_written_one_is_told(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await post(call, session, "cancel", {"reason": "病区消毒"})
    off = {("round_called_off", "expert"), ("round_called_off", "doctor")}
    assert await told(world, session) == off
    assert await told(world, session, ended=True) == {("round_booked", "expert"), ("round_booked", "doctor")}
    clock.move(days=7)
    await sweep(world, clock)
    found = next(each for each in await sessions(call) if each["state"] == "list_open")
    session = await confirm(call, await shown(call, found["id"]), "01", emergency="心源性休克")
    await post(call, session, "convert", {"reason": "网络"})
    assert await told(world, session) == {("round_written", "expert"), ("round_written", "doctor")}


async def test_another_lead_is_invited_and_the_former_need_not_come(call: Call, world: World) -> None:
    await planned(call, world)
    session = (await sessions(call))[0]
    session = await post(call, session, "lead", {"lead_id": str(world.ids["neurologist"])})
    named = {("round_relieved", "expert"), ("round_booked", "doctor"), ("round_invited", "neurologist")}
    assert await told(world, session) == named
    assert await answer_of(world, session["id"], "expert") is None


async def test_a_series_at_another_hour_tells_of_each_round_and_asks_its_pool_nothing(call: Call, world: World) -> None:
    made = await planned(call, world)
    new = series_of(world, at="10:00", accompanying_id=str(world.ids["nurse"]))
    status, out = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"])
    assert status == 200, out
    session = (await sessions(call))[0]
    named = {("round_moved", "expert"), ("round_booked", "nurse"), ("round_relieved", "doctor")}
    assert (await told(world, session), session["lead_answered"]) == (named, "accepted")


async def test_whom_the_ward_puts_forward_the_lead_hears_of(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    clock.now = NOW + timedelta(hours=22)
    await sweep(world, clock)
    item = item_of(await shown(call, session["id"]), "01")
    status, _ = await call("doctor", "POST", f"/rounds/items/{item['id']}/remove", json={}, match=item["version"])
    assert status == 200
    path = f"/rounds/sessions/{session['id']}/items"
    late = item_of((await call("doctor", "POST", path, json={"patient_id": str(world.ids["01"])}))[1], "01")
    body = {"emergency": "心源性休克"}
    status, _ = await call(
        "doctor", "POST", f"/rounds/items/{late['id']}/put-forward", json=body, match=late["version"]
    )
    assert status == 200
    assert ("round_put_forward", "expert") in await told(world, session)
