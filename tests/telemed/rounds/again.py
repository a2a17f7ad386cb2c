"""The same ward's next round, with an instruction that is open since the one before."""

from typing import Any

from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds.helpers import at_bed, bed_of, confirm, done, instructed, live, shown, sweep


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


async def at_next_bed(call: Call, world: World, clock: FakeClock) -> tuple[Any, Any, Any, Any]:
    """The round before, its instruction as it is at the next round, that round, and the bed where it is now."""
    before, session, _ = await next_round(call, world, clock)
    session = await confirm(call, session, "01")
    clock.move(hours=2)
    await done(call, clock, session["id"], "expert", "start", reason="到点")
    item = await at_bed(call, clock, session, "01")
    (given,) = (await bed_of(call, session, item))["before"]
    return before, given, session, item
