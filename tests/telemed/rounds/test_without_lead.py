"""Who leads a round is away in the middle of it, afterwards, or for good: it comes to its end all the same."""

from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.documents.canonical import intact
from telemed.people.model import Staff, Title
from telemed.rounds.model import RoundNote
from telemed.work.model import Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import at_bed, done, item_of, listed, live, planned, row, sessions, shown
from tests.telemed.rounds.noting import TEXT, asked, post, put, unregister
from tests.telemed.rounds.room import Room, enters


async def names(call: Call, world: World, session: Any, who: str) -> tuple[int, Any]:
    session = await shown(call, session["id"], "coordinator")
    path, lead = f"/rounds/sessions/{session['id']}/lead", {"lead_id": str(world.ids[who])}
    return await call("coordinator", "POST", path, json=lead, match=session["version"])


async def closes(world: World, who: str) -> None:
    async with world.db.write() as db:
        account = await db.get_one(Account, world.ids[who])
        account.disabled_at = NOW


async def test_a_coordinator_gives_a_round_that_goes_on_to_another_who_leads_and_ends_it(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    assert (await names(call, world, session, "doctor"))[1]["reason"] == "no_such_expert"
    status, out = await names(call, world, session, "neurologist")
    assert (status, out["lead"]["name"], out["lead_answered"]) == (200, "neurologist", "accepted")
    told = [each for each in await rows(world.db, Notice) if each.ladder == "round_takes_over"]
    assert [each.staff_id for each in told] == [world.ids["neurologist"]]
    await done(call, clock, session["id"], "neurologist", "present", session["items"][0])
    await done(call, clock, session["id"], "neurologist", "complete")
    assert (await row(world, session["id"])).state == "completed"


async def test_notes_are_countersigned_by_whom_the_coordinator_names_and_say_who_led(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    out = (await put(call, item, 0))[1]
    out = (await post(call, item, "submit", out["version"], "doctor"))[1]
    assert (await post(call, item, "countersign", out["version"], "neurologist", TEXT))[0] == 404
    assert (await names(call, world, session, "neurologist"))[0] == 200
    assert [each[:2] for each in await asked(world)] == [("countersign_round_note", "neurologist")]
    assert (await names(call, world, session, "expert2"))[0] == 200
    assert (await post(call, item, "countersign", out["version"], "neurologist", TEXT))[0] == 404
    status, mine = await call("expert2", "GET", "/rounds/notes?show=mine")
    assert [(each["bed"], each["waits"]) for each in mine["items"]] == [("01", "countersign")]
    status, out = await post(call, item, "countersign", out["version"], "expert2", TEXT)
    assert status == 200, out
    note = (await rows(world.db, RoundNote))[0]
    assert (note.hub_by, (await row(world, session["id"])).lead_id) == (world.ids["expert2"], world.ids["expert"])
    assert (await names(call, world, session, "neurologist"))[0] == (409 if out["signed_at"] else 200)


async def test_a_note_says_who_led_the_round_at_its_bed_also_after_it_was_handed_over(
    call: Call, world: World, clock: FakeClock
) -> None:
    await unregister(world, "expert")
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["expert2"])).title = Title.attending
    session = await live(call, world, clock)
    one = await at_bed(call, clock, session, "01")
    clock.move(minutes=5)
    await done(call, clock, session["id"], "expert", "discuss", one)
    clock.move(minutes=1)
    await done(call, clock, session["id"], "expert", "hand_over", lead_id=str(world.ids["expert2"]))
    two = item_of(session, "02")
    await done(call, clock, session["id"], "expert2", "present", two)
    clock.move(minutes=5)
    await done(call, clock, session["id"], "expert2", "complete")
    said = []
    for item in (one, two):
        out = (await put(call, item, 0))[1]
        out = (await post(call, item, "submit", out["version"], "doctor"))[1]
        _, out = await post(call, item, "countersign", out["version"], "expert2", TEXT)
        said.append((out["rank"], out["kind"]))
    assert said == [("chief", "guidance"), ("attending", "round_note")]
    kept = next(each for each in await rows(world.db, RoundNote) if each.signed_at is not None)
    text = intact(kept.canonical, kept.sha256)
    assert text is not None
    assert (text["lead"], text["rank"]) == (str(world.ids["expert2"]), "主治医师查房")
    assert text["print"]["lead"].startswith("expert2")


@pytest.mark.parametrize("gone", ["expert", "expert2"])
async def test_what_is_signed_instead_is_guidance_where_the_lead_or_the_signer_is_not_registered(
    call: Call, world: World, clock: FakeClock, gone: str
) -> None:
    await unregister(world, gone)
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    out = (await put(call, item, 0))[1]
    out = (await post(call, item, "submit", out["version"], "doctor"))[1]
    assert (await names(call, world, session, "expert2"))[0] == 200
    status, out = await post(call, item, "countersign", out["version"], "expert2", TEXT)
    assert (status, out["kind"], out["signed_at"]) == (200, "guidance", None)
    assert [each[:2] for each in await asked(world)] == [("countersign_round_note", "senior_doctor")]


async def test_whose_account_is_closed_is_not_asked_to_lead(call: Call, world: World, clock: FakeClock) -> None:
    await closes(world, "expert2")
    await planned(call, world)
    session = (await sessions(call))[0]
    path = f"/rounds/sessions/{session['id']}/answer"
    assert (await call("expert", "POST", path, json={"accepts": False}, match=session["version"]))[0] == 200
    assert (await shown(call, session["id"], "coordinator"))["lead"] is None
    assert (await names(call, world, session, "expert2"))[1]["reason"] == "no_such_expert"


async def test_the_rounds_and_the_pool_of_who_leaves_go_to_a_colleague(call: Call, world: World) -> None:
    await planned(call, world)
    path = f"/admin/staff/{world.ids['expert']}"
    status, found = await call("admin", "GET", f"{path}/waiting")
    assert status == 200, found
    assert [(each["what"], each["number"]) for each in found["items"]] == [("round", "5 病区")] * 8 + [
        ("pool", "5 病区")
    ]
    version = (await call("admin", "GET", path))[1].get("version", 1)
    to = {"to_all": str(world.ids["expert2"])}
    status, out = await call("admin", "POST", f"{path}/disable", match=version, json=to)
    assert status == 200, out
    made = (await call("coordinator", "GET", "/rounds/series"))[1]["items"][0]
    assert [each["name"] for each in made["leads"]] == ["expert2"]
    led = {(each["lead"]["name"], each["lead_answered"]) for each in await sessions(call)}
    assert led == {("expert2", "invited")}
    ids = {each.staff_id for each in await rows(world.db, Notice) if each.ladder == "round_invited"}
    assert ids == {UUID(str(world.ids["expert2"]))}


async def test_who_declined_is_not_reminded_of_it_and_does_not_enter(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    path = f"/rounds/sessions/{session['id']}/answer"
    assert (await call("expert", "POST", path, json={"accepts": False}, match=session["version"]))[0] == 200
    clock.move(hours=2, minutes=15)
    seen = {}
    for who in ("expert", "expert2"):
        home = (await call(who, "GET", "/home"))[1]
        entered = await call(who, "POST", f"/rooms/{session['id']}/ticket", json={"device": "page"})
        seen[who] = (session["id"] in str(home), entered[0])
    assert seen == {"expert": (False, 404), "expert2": (True, 200)}


async def test_a_lead_who_is_replaced_before_it_begins_is_put_out_of_its_room(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    clock.move(hours=2, minutes=15)
    room = Room(world, clock)
    assert await enters(call, world, session, "expert", clock) == 200
    assert await room.put_out() == set()
    assert (await names(call, world, session, "neurologist"))[0] == 200
    assert await room.put_out() == {(session["id"], "expert")}
    assert await enters(call, world, session, "expert", clock) == 404
    assert await enters(call, world, session, "neurologist", clock) == 200
    # Named again they come in again, and whoever led it meanwhile is put out.
    assert (await names(call, world, session, "expert"))[0] == 200
    assert await room.put_out() == {(session["id"], "expert"), (session["id"], "neurologist")}
    assert await enters(call, world, session, "expert", clock) == 200


async def test_a_lead_who_declines_while_in_its_room_is_put_out_of_it(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    clock.move(hours=2, minutes=15)
    assert await enters(call, world, session, "expert", clock) == 200
    path = f"/rounds/sessions/{session['id']}/answer"
    session = await shown(call, session["id"], "expert")
    assert (await call("expert", "POST", path, json={"accepts": False}, match=session["version"]))[0] == 200
    assert await Room(world, clock).put_out() == {(session["id"], "expert")}


async def test_who_hands_a_round_over_stays_in_its_room(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    assert await enters(call, world, session, "expert", clock) == 200
    await done(call, clock, session["id"], "expert", "hand_over", lead_id=str(world.ids["neurologist"]))
    assert await enters(call, world, session, "neurologist", clock) == 200
    assert await Room(world, clock).put_out() == set()
    for who in ("expert", "neurologist"):
        assert await enters(call, world, session, who, clock) == 200, who


async def test_who_is_named_a_doctor_of_it_in_the_meantime_is_not_put_out(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    clock.move(hours=2, minutes=15)
    assert await enters(call, world, session, "expert", clock) == 200
    out = (await names(call, world, session, "neurologist"))[1]
    path, body = f"/rounds/sessions/{session['id']}/doctors", {"staff_id": str(world.ids["expert"])}
    assert (await call("coordinator", "POST", path, json=body, match=out["version"]))[0] == 200
    assert await Room(world, clock).put_out() == set()
