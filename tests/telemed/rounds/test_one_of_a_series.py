"""One round of a series that was moved, given another lead, or blocked: it stays so when the series changes."""

from typing import Any

import pytest
from sqlmodel import select

from telemed.activities.model import Answer
from telemed.devices.model import Device
from telemed.scheduling.model import Booking, BookingState
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds.helpers import answer_of, planned, series_of, sessions, shown

CLINIC = {"kind": "clinic", "title": ""}


async def changed(call: Call, world: World, made: Any, **new: Any) -> Any:
    body = series_of(world, **new)
    status, out = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=body, match=made["version"])
    assert status == 200, out
    return out


async def moved(call: Call, session: Any, to: str, minutes: int = 60) -> Any:
    path, body = f"/rounds/sessions/{session['id']}/move", {"starts_at": to, "minutes": minutes}
    status, out = await call("coordinator", "POST", path, json=body, match=session["version"])
    assert status == 200, out
    return out


async def led_by(call: Call, world: World, session: Any, who: str) -> Any:
    path, body = f"/rounds/sessions/{session['id']}/lead", {"lead_id": str(world.ids[who])}
    status, out = await call("coordinator", "POST", path, json=body, match=session["version"])
    assert status == 200, out
    return out


async def busy(call: Call, who: str, starts_at: str, ends_at: str) -> None:
    status, out = await call(who, "POST", "/calendar/busy", json=CLINIC | {"starts_at": starts_at, "ends_at": ends_at})
    assert status == 201, out


@pytest.mark.parametrize("since", [None, "2026-03-03"])
async def test_a_round_that_was_dragged_elsewhere_stays_there_when_its_series_changes(
    call: Call, world: World, since: str | None
) -> None:
    made = await planned(call, world)
    session = (await sessions(call))[0]
    await moved(call, session, "2026-03-04T06:00:00Z", 45)
    made = await changed(call, world, made, at="10:00", since=since)
    session = await shown(call, session["id"], "coordinator")
    assert (session["starts_at"], session["ends_at"]) == ("2026-03-04T06:00:00Z", "2026-03-04T06:45:00Z")
    end = {"last": "2026-03-12", "reason": "协议到期"}
    status, out = await call("coordinator", "POST", f"/rounds/series/{made['id']}/end", json=end, match=made["version"])
    assert status == 200, out
    assert (await shown(call, session["id"], "coordinator"))["starts_at"] == "2026-03-04T06:00:00Z"


async def test_a_round_that_was_dragged_back_to_its_time_follows_the_rule_again(call: Call, world: World) -> None:
    made = await planned(call, world)
    session = (await sessions(call))[0]
    was = session["starts_at"]
    session = await moved(call, session, "2026-03-04T06:00:00Z")
    await moved(call, session, was)
    made = await changed(call, world, made, at="10:00")
    assert (await shown(call, session["id"], "coordinator"))["starts_at"] == "2026-03-03T02:00:00Z"


async def test_who_was_named_by_hand_leads_on_and_whom_the_series_drops_does_not(call: Call, world: World) -> None:
    made = await planned(call, world)
    by_hand, usual = (await sessions(call))[:2]
    await led_by(call, world, by_hand, "neurologist")
    made = await changed(call, world, made, at="10:00")
    led = await shown(call, by_hand["id"], "coordinator")
    assert (led["lead"]["name"], led["lead_answered"]) == ("neurologist", "invited")
    await changed(call, world, made, at="10:00", leads=[str(world.ids["expert2"])])
    names = [(await shown(call, each["id"], "coordinator"))["lead"]["name"] for each in (by_hand, usual)]
    assert names == ["neurologist", "expert2"]


async def test_who_declined_is_not_taken_again_by_a_change_of_the_series(call: Call, world: World) -> None:
    made = await planned(call, world)
    session = (await sessions(call))[0]
    path = f"/rounds/sessions/{session['id']}/answer"
    assert (await call("expert", "POST", path, json={"accepts": False}, match=session["version"]))[0] == 200
    await busy(call, "expert2", "2026-03-03T02:00:00Z", "2026-03-03T03:00:00Z")
    await changed(call, world, made, at="10:00")
    session = await shown(call, session["id"], "coordinator")
    assert (session["lead"]["name"], session["unbooked"]) == ("expert2", True)


async def test_a_change_that_is_blocked_leaves_no_entry_at_the_old_time(call: Call, world: World) -> None:
    made = await planned(call, world)
    session = (await sessions(call))[0]
    for who in ("expert", "expert2"):
        await busy(call, who, "2026-03-03T02:00:00Z", "2026-03-03T03:00:00Z")
    await changed(call, world, made, at="10:00")
    session = await shown(call, session["id"], "coordinator")
    assert (session["starts_at"], session["unbooked"]) == ("2026-03-03T02:00:00Z", True)
    await busy(call, "expert", "2026-03-03T00:30:00Z", "2026-03-03T01:30:00Z")  # the old time is free


async def test_a_change_into_a_taken_room_keeps_the_new_time_of_the_lead(call: Call, world: World) -> None:
    made = await planned(call, world)
    session = (await sessions(call))[0]
    closed = {"kind": "maintenance", "title": "", "resource_id": str(world.ids["venue"])}
    closed |= {"starts_at": "2026-03-03T02:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    assert (await call("coordinator", "POST", "/calendar/busy", json=closed))[0] == 201
    await changed(call, world, made, at="10:00")
    session = await shown(call, session["id"], "coordinator")
    assert (session["lead"]["name"], session["unbooked"]) == ("expert", True)
    async with world.db.read() as db:
        live = select(Booking).where(Booking.kind == "round", Booking.state != BookingState.cancelled)
        kept = [each for each in (await db.exec(live)).all() if str(each.activity_id) == session["id"]]
    assert [each.starts_at.isoformat() for each in kept] == ["2026-03-03T02:00:00+00:00"]
    taken = CLINIC | {"starts_at": "2026-03-03T02:00:00Z", "ends_at": "2026-03-03T03:00:00Z"}
    assert (await call("expert", "POST", "/calendar/busy", json=taken))[0] == 409


async def test_another_bed_doctor_of_the_series_takes_part_and_the_former_does_not(call: Call, world: World) -> None:
    made = await planned(call, world)
    await changed(call, world, made, accompanying_id=str(world.ids["nurse"]))
    session = (await sessions(call))[0]["id"]
    asked = {who: await answer_of(world, session, who) for who in ("nurse", "doctor")}
    assert asked == {"nurse": Answer.accepted, "doctor": None}


async def test_a_series_stays_with_its_ward(call: Call, world: World) -> None:
    made = await planned(call, world)
    body = series_of(world, ward_id="018f0000-0000-7000-8000-000000000000")
    status, out = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=body, match=made["version"])
    assert (status, out["reason"]) == (409, "other_ward")


async def test_a_cart_is_booked_itself_also_where_it_stands_in_no_place(call: Call, world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Device, world.ids["cart"])).venue_id = None
    await planned(call, world)
    status, out = await call("coordinator", "POST", "/rounds/series/preview", json=series_of(world))
    taken = {str(clash["resource_id"]) for each in out["items"] for clash in each["clashes"]}
    assert (status, str(world.ids["cart"]) in taken) == (200, True)
    assert str(world.ids["stand"]) not in taken


async def test_who_is_in_the_place_where_the_cart_stands_does_not_block_it(call: Call, world: World) -> None:
    await planned(call, world)
    busy = {"kind": "maintenance", "title": "", "resource_id": str(world.ids["stand"])}
    busy |= {"starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    assert (await call("reviewer", "POST", "/calendar/busy", json=busy))[0] == 201
    busy["resource_id"] = str(world.ids["cart"])
    status, refused = await call("reviewer", "POST", "/calendar/busy", json=busy)
    assert (status, [each["name"] for each in refused["clashes"]]) == (409, ["5 病区查房车"])


async def test_one_of_a_day_that_was_which_was_dragged_ahead_is_changed_with_its_series(
    call: Call, world: World, clock: FakeClock
) -> None:
    made = await planned(call, world)
    session = await moved(call, (await sessions(call))[0], "2026-03-05T06:00:00Z")
    clock.move(days=2)  # Wednesday: its own day is over
    await changed(call, world, made, venue_id=None)
    assert (await shown(call, session["id"], "coordinator"))["venue_id"] is None
    assert (await shown(call, session["id"], "coordinator"))["starts_at"] == "2026-03-05T06:00:00Z"


async def test_a_series_is_split_before_its_end_and_what_was_split_off_ends_by_itself(call: Call, world: World) -> None:
    made = await planned(call, world)
    later = await changed(call, world, made, since="2026-03-17")
    former = f"/rounds/series/{made['id']}"
    new = series_of(world, since="2026-03-24")
    status, out = await call("coordinator", "PUT", former, json=new, match=made["version"] + 1)
    assert (status, out["reason"]) == (422, "no_occurrence")
    end = {"last": "2026-03-31", "reason": "协议到期"}
    status, out = await call("coordinator", "POST", f"{former}/end", json=end, match=made["version"] + 1)
    assert (status, out["reason"]) == (422, "no_occurrence")
    path = f"/rounds/series/{later['id']}/end"
    assert (await call("coordinator", "POST", path, json=end, match=later["version"]))[0] == 200
    days = [each["starts_at"][:10] for each in await sessions(call)]
    assert days == sorted(set(days))


async def ahead_of(call: Call, world: World, made: Any) -> Any:
    status, out = await call("coordinator", "POST", f"/rounds/series/{made['id']}/preview", json=series_of(world))
    assert status == 200, out
    return out


async def brought_back(call: Call, made: Any, day: Any) -> Any:
    path = f"/rounds/series/{made['id']}/occurrences/{day['on']}"
    body = {"change": "moved", "starts_at": day["starts_at"]}
    status, out = await call("coordinator", "PUT", path, json=body, match=made["version"])
    assert status == 200, out
    return out


async def test_one_that_was_left_out_is_brought_back_and_follows_the_rule_again(call: Call, world: World) -> None:
    made = await planned(call, world)
    path = f"/rounds/series/{made['id']}/occurrences/2026-03-10"
    out = {"change": "left_out", "reason": "公休"}
    _, made = await call("coordinator", "PUT", path, json=out, match=made["version"])
    (day,) = (await ahead_of(call, world, made))["left_out"]
    assert (day["on"], day["reason"]) == ("2026-03-10", "公休")
    made = await brought_back(call, made, day)
    ahead = await ahead_of(call, world, made)
    assert (ahead["left_out"], ahead["items"][1]["moved"], ahead["items"][1]["on"]) == ([], False, "2026-03-10")
    await changed(call, world, made, at="10:00")
    stand = [each["starts_at"] for each in await sessions(call) if each["state"] == "planned"]
    assert stand[1] == "2026-03-10T02:00:00Z"


async def test_one_that_was_cancelled_by_itself_is_shown_as_left_out_and_brought_back(call: Call, world: World) -> None:
    made = await planned(call, world)
    session = (await sessions(call))[0]
    path, why = f"/rounds/sessions/{session['id']}/cancel", {"reason": "病区消毒"}
    assert (await call("coordinator", "POST", path, json=why, match=session["version"]))[0] == 200
    ahead = await ahead_of(call, world, made)
    assert [(each["on"], each["reason"]) for each in ahead["left_out"]] == [("2026-03-03", "病区消毒")]
    assert ahead["items"][0]["on"] == "2026-03-10"
    made = await brought_back(call, made, ahead["left_out"][0])
    assert (await ahead_of(call, world, made))["items"][0]["on"] == "2026-03-03"
    await changed(call, world, made, at="10:00")  # of the two of that day, the one that takes place
    days = {(each["starts_at"][:10], each["starts_at"][11:16], each["state"]) for each in await sessions(call)}
    assert {("2026-03-03", "02:00", "planned"), (session["starts_at"][:10], "00:30", "cancelled")} <= days
