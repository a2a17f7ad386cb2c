"""What arrives late from a cart, and what is more than usual at one bed."""

import pytest

from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds.helpers import act, at_bed, bed_of, done, item_of, live, shown
from tests.telemed.rounds.noting import TEXT, post, put


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


@pytest.mark.parametrize("kind", ["defer", "skip", "discuss"])
async def test_what_the_cart_did_before_the_lead_came_to_a_bed_takes_it_from_nobody(
    call: Call, world: World, clock: FakeClock, kind: str
) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "02")
    clock.move(minutes=2)
    await done(call, clock, session["id"], "expert", "present", item)
    clock.move(minutes=2)
    status, out = await act(call, clock, session["id"], "doctor", kind, item, ago=180, reason="外出检查")
    assert (status, out["outcome"]) == (200, "overtaken")
    seen = await shown(call, session["id"])
    assert (seen["current_id"], item_of(seen, "02")["state"]) == (item["id"], "presenting")
    # What is done now is done, and so is what the lead sends late.
    who, ago = ("expert", 180) if kind == "defer" else ("doctor", 0)
    await done(call, clock, session["id"], who, kind, item, ago=ago, reason="外出检查")


async def test_a_pause_of_before_the_lead_went_on_stops_no_round(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    clock.move(minutes=2)
    await done(call, clock, session["id"], "expert", "present", item_of(session, "01"))
    clock.move(minutes=2)
    status, out = await act(call, clock, session["id"], "doctor", "pause", ago=180)
    assert (status, out["outcome"]) == (200, "overtaken")
    assert (await shown(call, session["id"]))["state"] == "live"
    status, refused = await act(call, clock, session["id"], "coordinator", "pause", ago=180)
    assert (status, refused["reason"]) == (403, "capacity")
    await done(call, clock, session["id"], "doctor", "pause")


@pytest.mark.parametrize("number", ["W2601", "W2602"])
async def test_a_wristband_of_before_the_round_came_back_to_the_bed_says_nothing(
    call: Call, world: World, clock: FakeClock, number: str
) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "01")
    for bed in ("01", "02", "01"):
        await done(call, clock, session["id"], "expert", "present", item_of(session, bed))
        clock.move(minutes=1)
    band = {"how": "wristband", "number": number}
    status, out = await act(call, clock, session["id"], "nurse", "identify", item, ago=150, **band)
    assert (status, out["outcome"]) == (200, "overtaken")
    seen = item_of(await shown(call, session["id"]), "01")
    assert (seen["identified_at"], seen["wrong_band_at"]) == (None, None)
    await done(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2601")


async def test_what_comes_after_a_round_is_signed_is_told_to_wait_for_nobody(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    status, out = await put(call, item, 0)
    status, out = await post(call, item, "submit", out["version"], "doctor")
    await post(call, item, "countersign", out["version"], "expert", TEXT)
    status, refused = await act(call, clock, session["id"], "doctor", "say", item, ago=60, text="夜间平卧")
    assert (status, refused["reason"]) == (409, "round_over")


async def test_what_a_list_said_of_who_was_put_off_stays_once_the_round_is_over(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    item = item_of(await shown(call, session["id"]), "02")
    said = {"summary": "别的", "changes": "", "question": "", "minutes": 8}
    status, refused = await call("doctor", "PUT", f"/rounds/items/{item['id']}", json=said, match=item["version"])
    assert (item["state"], status, refused["reason"]) == ("deferred", 409, "no_list")


async def test_who_only_follows_moves_no_bed_and_leaves_no_trace_of_it(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    clock.move(minutes=1)
    await done(call, clock, session["id"], "expert", "present", item_of(session, "02"))
    for kind in ("present", "discuss", "defer", "skip"):
        status, refused = await act(call, clock, session["id"], "nurse", kind, item, ago=90, reason="外出")
        assert (status, refused["reason"]) == (403, "capacity"), kind
    await done(call, clock, session["id"], "expert", "complete")
    status, refused = await act(call, clock, session["id"], "nurse", "present", item, ago=90)
    assert (status, refused["reason"]) == (403, "capacity")


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
