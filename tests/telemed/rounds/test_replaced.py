"""A lead whom the coordinator replaces while the round goes on leaves it: its room, its patients and its acts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.activities.model import Participant
from telemed.work.model import Notice
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import act, at_bed, done, instructed, item_of, live, shown
from tests.telemed.rounds.room import Room, enters


async def replaced(call: Call, world: World, clock: FakeClock) -> tuple[Any, Any, Room]:
    """The round is at bed 01, where its lead has instructed; they are in its room, and another leads from now on."""
    session = await live(call, world, clock, "01", "02")
    item = await at_bed(call, clock, session, "01")
    await instructed(call, clock, session, item)
    assert await enters(call, world, session, "expert", clock) == 200
    room = Room(world, clock)
    assert await room.put_out() == set()
    version = (await shown(call, session["id"], "coordinator"))["version"]
    path, lead = f"/rounds/sessions/{session['id']}/lead", {"lead_id": str(world.ids["neurologist"])}
    status, out = await call("coordinator", "POST", path, json=lead, match=version)
    assert status == 200, out
    return session, item, room


async def test_they_are_put_out_of_its_room_and_do_not_come_in_again(
    call: Call, world: World, clock: FakeClock
) -> None:
    session, _, room = await replaced(call, world, clock)
    assert (session["id"], "expert") in await room.put_out()
    assert await enters(call, world, session, "expert", clock) == 404
    assert await enters(call, world, session, "neurologist", clock) == 200


async def test_they_see_that_it_is_held_and_no_patient_of_it(call: Call, world: World, clock: FakeClock) -> None:
    session, item, _ = await replaced(call, world, clock)
    out = await shown(call, session["id"], "expert")
    assert (out["items"], out["hidden"], out["capacities"]) == ([], 4, ["pool"])
    for path in (f"/rounds/items/{item['id']}", f"/rounds/items/{item['id']}/note"):
        assert (await call("expert", "GET", path))[0] == 404, path
    assert (await call("expert", "GET", f"/patients/{world.ids['01']}/chart"))[0] == 404
    assert (await call("expert", "GET", f"/rounds/wards/{world.ids['ward']}/board"))[0] == 404


async def test_they_do_nothing_on_its_run_sheet(call: Call, world: World, clock: FakeClock) -> None:
    session, item, _ = await replaced(call, world, clock)
    due = (clock() + timedelta(hours=4)).isoformat()
    for kind, more in (
        ("present", {"item_id": item_of(session, "02")["id"]}),
        ("say", {"item_id": item["id"], "text": "继续利尿"}),
        ("instruct", {"item_id": item["id"], "text": "复查血钾", "instruction": "test", "due_at": due}),
        ("pause", {}),
        ("complete", {}),
    ):
        status, out = await act(call, clock, session["id"], "expert", kind, **more)
        assert status in (403, 404), (kind, status, out)
    await done(call, clock, session["id"], "neurologist", "present", item_of(session, "02"))
    await done(call, clock, session["id"], "neurologist", "complete")


async def test_both_are_told_once_and_the_one_before_is_kept_as_having_led_it(
    call: Call, world: World, clock: FakeClock
) -> None:
    session, _, _ = await replaced(call, world, clock)
    names = {id: name for name, id in world.ids.items() if isinstance(id, UUID)}
    told = [(each.ladder, names[each.staff_id]) for each in await rows(world.db, Notice) if each.ended_at is None]
    assert ("round_relieved", "expert") in told
    assert [each for each in told if each[1] == "neurologist"] == [("round_takes_over", "neurologist")]
    kept = {names[e.staff_id]: e.role for e in await rows(world.db, Participant) if str(e.activity_id) == session["id"]}
    assert (kept["expert"], kept["neurologist"]) == ("former_lead", "lead")
