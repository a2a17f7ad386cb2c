"""仍需: the lead of a later round says that an open instruction still stands."""

from typing import Any

from telemed.history.model import EventRow
from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import act, at_bed, bed_of, confirm, done, instructed, live, shown, sweep


async def next_round(call: Call, world: World, clock: FakeClock) -> tuple[Any, Any, Any]:
    """A week after the round at which bed 01 was given an instruction, the next one is at that bed."""
    before = await live(call, world, clock, "01")
    given = await instructed(call, clock, before, await at_bed(call, clock, before, "01"))
    path = {"text": "呋塞米 40 mg 口服", "instruction_id": given["id"]}
    await done(call, clock, before["id"], "doctor", "read_back", None, **path)
    await done(call, clock, before["id"], "expert", "complete")
    clock.move(days=6)
    await sweep(world, clock)
    clock.move(hours=22)
    await sweep(world, clock)
    status, found = await call("coordinator", "GET", "/rounds/sessions?show=ahead")
    assert status == 200, found
    session = await shown(call, found["items"][0]["id"])
    return before, session, given


async def test_the_lead_says_that_it_still_stands_and_nothing_else_changes(
    call: Call, world: World, clock: FakeClock
) -> None:
    _, session, given = await next_round(call, world, clock)
    session = await confirm(call, session, "01")
    clock.move(hours=2)
    await done(call, clock, session["id"], "expert", "start", reason="到点")
    item = await at_bed(call, clock, session, "01")
    (open_,) = (await bed_of(call, session, item, "expert"))["before"]
    assert (open_["may"], open_["kept_at"]) == (["keep"], None)
    asked = [(e.kind, e.due_at, e.note) for e in await rows(world.db, WorkItem) if str(e.about_id) == given["id"]]
    status, out = await act(call, clock, session["id"], "doctor", "keep", item, instruction_id=given["id"])
    assert (status, out["reason"]) == (403, "capacity")
    out = await done(call, clock, session["id"], "expert", "keep", item, instruction_id=given["id"])
    assert (out["outcome"], out["instruction_id"]) == ("done", given["id"])
    (open_,) = (await bed_of(call, session, item))["before"]
    assert (open_["kept_by"]["name"], open_["state"], open_["due_at"]) == ("expert", "to_execute", given["due_at"])
    after = [(e.kind, e.due_at, e.note) for e in await rows(world.db, WorkItem) if str(e.about_id) == given["id"]]
    assert after == asked
    status, again = await act(call, clock, session["id"], "expert", "keep", item, instruction_id=given["id"])
    assert (status, again["outcome"]) == (200, "already")
    kept = [e for e in await rows(world.db, EventRow) if e.data.get("action") == "keep"]
    assert [(e.data["id"], e.data["source"], e.data["target"]) for e in kept] == [
        (given["id"], "to_execute", "to_execute")
    ]


async def test_one_of_this_round_is_none_of_a_round_before(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    status, _ = await act(call, clock, session["id"], "expert", "keep", item, instruction_id=given["id"])
    assert status == 404
    status, out = await act(call, clock, session["id"], "expert", "keep", item)
    assert (status, out["reason"]) == (422, "instruction_needed")
