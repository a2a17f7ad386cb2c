"""仍需: the lead of a later round says that an open instruction still stands."""

from telemed.history.model import EventRow
from telemed.work.model import WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.again import at_next_bed
from tests.telemed.rounds.helpers import act, at_bed, bed_of, done, instructed, live


async def test_the_lead_says_that_it_still_stands_and_nothing_else_changes(
    call: Call, world: World, clock: FakeClock
) -> None:
    _, given, session, item = await at_next_bed(call, world, clock)
    (open_,) = (await bed_of(call, session, item, "expert"))["before"]
    assert (open_["may"], open_["kept_at"]) == (["keep", "replace"], None)
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
