"""Leave and closed rooms over a round that is planned."""

from typing import Any

from telemed.scheduling.model import Resource, ResourceKind
from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, World, rows
from tests.telemed.rounds.helpers import planned, series_of, sessions, shown
from tests.telemed.rounds.notices import told


async def test_leave_over_a_round_asks_the_next_of_the_pool_and_a_closed_room_the_coordinator(
    call: Call, world: World
) -> None:
    await planned(call, world)
    busy = {"kind": "leave", "starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    for who, whose in (("expert", {}), ("coordinator", {"resource_id": str(world.ids["venue"])})):
        status, refused = await call(who, "POST", "/calendar/busy", json=busy | whose)
        assert (status, refused["reason"]) == (409, "clash"), refused
        said = whose | {"given_up": refused["given_up"], "words": "外出开会"}
        status, out = await call(who, "POST", "/calendar/busy", json=busy | said)
        assert status == 201, out
        found = (await sessions(call))[0]
        assert found["lead"]["name"] == "expert2"
        assert found["unbooked"] is (who == "coordinator")
    assert ("book_round", "coordinator") in [(each.kind, each.role) for each in await rows(world.db, WorkItem)]


async def closed(call: Call, world: World) -> Any:
    """The first round, over which its room was closed."""
    await planned(call, world)
    busy = {"kind": "maintenance", "title": "", "resource_id": str(world.ids["venue"])}
    busy |= {"starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    status, refused = await call("coordinator", "POST", "/calendar/busy", json=busy)
    assert (status, refused["reason"]) == (409, "clash")
    said = {"given_up": refused["given_up"], "words": "检修"}
    assert (await call("coordinator", "POST", "/calendar/busy", json=busy | said))[0] == 201
    return await shown(call, (await sessions(call))[0]["id"], "coordinator")


async def test_a_round_whose_room_was_closed_gets_another_at_the_same_time_and_keeps_it(
    call: Call, world: World
) -> None:
    session = await closed(call, world)
    assert (session["unbooked"], [each["name"] for each in session["unbooked_by"]]) == (True, ["会诊一室"])
    assert {("round_place_closed", "expert"), ("round_place_closed", "doctor")} <= await told(world, session)
    async with world.db.write() as db:
        other = Resource(kind=ResourceKind.venue, hospital_id="ruijin", name="会诊二室", name_en="Room 2")
        db.add(other)
        await db.flush()
        venue_id = other.id
    path = f"/rounds/sessions/{session['id']}/move"
    to = {"starts_at": session["starts_at"], "minutes": 60}
    places = {"venue_id": str(world.ids["venue"]), "cart_id": session["cart_id"]}
    status, refused = await call("coordinator", "POST", path, json=to | {"places": places}, match=session["version"])
    assert (status, [each["name"] for each in refused["clashes"]]) == (409, ["会诊一室"])
    places["venue_id"] = str(world.ids["stand"])  # of the branch
    status, refused = await call("coordinator", "POST", path, json=to | {"places": places}, match=session["version"])
    assert (status, refused["reason"]) == (404, "unknown_resource")
    places["venue_id"] = str(venue_id)
    status, session = await call("coordinator", "POST", path, json=to | {"places": places}, match=session["version"])
    assert (status, session["unbooked"], session["venue"]) == (200, False, "会诊二室")
    assert session["lead_answered"] == "accepted", "the time is the same"
    assert await told(world, session) == {("round_booked", "expert"), ("round_booked", "doctor")}
    made = (await call("coordinator", "GET", "/rounds/series"))[1]["items"][0]
    new = series_of(world, minutes=45)
    assert (await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"]))[0] == 200
    assert (await shown(call, session["id"], "coordinator"))["venue"] == "会诊二室"


async def test_without_its_room_another_lead_is_asked_all_the_same_and_who_is_busy_is_refused(
    call: Call, world: World
) -> None:
    session = await closed(call, world)
    path = f"/rounds/sessions/{session['id']}"
    status, _ = await call("expert", "POST", f"{path}/answer", json={"accepts": False}, match=session["version"])
    assert status == 200
    session = await shown(call, session["id"], "coordinator")
    assert (session["lead"]["name"], session["unbooked"]) == ("expert2", True)
    busy = {"kind": "clinic", "title": "", "starts_at": session["starts_at"], "ends_at": session["ends_at"]}
    assert (await call("neurologist", "POST", "/calendar/busy", json=busy))[0] == 201
    lead = {"lead_id": str(world.ids["neurologist"])}
    status, refused = await call("coordinator", "POST", f"{path}/lead", json=lead, match=session["version"])
    assert (status, refused["reason"]) == (409, "round_lead_taken")
    assert "neurologist" in [each["name"] for each in refused["clashes"]]
    assert (await call("expert", "POST", "/calendar/busy", json=busy))[0] == 201, "who declined is free"


async def test_a_cart_that_is_revoked_leaves_its_rounds_their_time_and_asks_for_another(
    call: Call, world: World
) -> None:
    await planned(call, world)
    path = f"/admin/devices/{world.ids['cart']}/revoke"
    status, out = await call("wuxi_admin", "POST", path, match=1)
    assert status == 200, out
    found = await sessions(call)
    assert all(each["unbooked"] for each in found)
    first = await shown(call, found[0]["id"], "coordinator")
    assert [each["name"] for each in first["unbooked_by"]] == ["5 病区查房车"]
    assert (first["starts_at"], first["lead"]["name"]) == ("2026-03-03T00:30:00Z", "expert")
    assert ("book_round", "coordinator") in [(each.kind, each.role) for each in await rows(world.db, WorkItem)]
    assert "round_place_closed" in {ladder for ladder, _ in await told(world, first)}
    assert (await call("wuxi_admin", "POST", path, match=1))[0] == 404
