"""What arrives late from a cart, and what is more than usual at one bed."""

from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds.helpers import act, at_bed, bed_of, done, item_of, live, shown


async def test_a_bed_gone_to_before_the_pause_counts_when_the_cart_sends_it_later(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    clock.move(minutes=5)
    await done(call, clock, session["id"], "expert", "pause")
    clock.move(minutes=1)
    status, out = await act(call, clock, session["id"], "doctor", "present", item_of(session, "01"), ago=120)
    assert (status, out["outcome"]) == (200, "done")
    after = await shown(call, session["id"])
    assert (after["state"], item_of(after, "01")["state"]) == ("paused", "presenting")
    status, refused = await act(call, clock, session["id"], "doctor", "present", item_of(after, "02"))
    assert (status, refused["reason"]) == (409, "paused")


async def test_every_instruction_of_a_bed_is_shown_however_many(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    for n in range(31):
        due = {"due_at": clock().replace(hour=23).isoformat()}
        await done(
            call, clock, session["id"], "expert", "instruct", item, instruction="observe", text=f"观察 {n + 1}", **due
        )
    given = (await bed_of(call, session, item))["instructions"]
    assert [each["text"] for each in given] == [f"观察 {n + 1}" for n in range(31)]
