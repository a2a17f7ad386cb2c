"""Instructions after they were given: executed, declined, carried over, lapsed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.history.model import EventRow
from telemed.rounds.instructions import lapse_all
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    act,
    at_bed,
    bed_of,
    done,
    instructed,
    item_of,
    leaves,
    live,
    sessions,
    shown,
    sweep,
)


async def test_instructions_are_executed_by_a_doctor_with_an_order_and_never_by_a_nurse(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item)
    path = f"/rounds/instructions/{given['id']}/execute"
    order = {"order_number": "Y2603-17"}
    status, refused = await call("doctor", "POST", path, json=order, match=given["version"])
    assert (status, refused["reason"]) == (409, "wrong_state")  # not read back yet
    await done(call, clock, session["id"], "doctor", "read_back", instruction_id=given["id"], text="口服 40 mg")
    given = (await bed_of(call, session, item))["instructions"][0]
    status, refused = await call("nurse", "POST", path, json=order, match=given["version"])
    assert (status, refused["reason"]) == (403, "doctor_records")
    status, refused = await call("doctor", "POST", path, json={}, match=given["version"])
    assert (status, refused["reason"]) == (422, "order_needed")
    assert (await call("expert", "POST", path, json=order, match=given["version"]))[0] == 403
    assert (await call("jiashan_doctor", "POST", path, json=order, match=given["version"]))[0] == 404
    signed = order | {"ordered_by": "陈医师"}
    status, out = await call("doctor", "POST", path, json=signed, match=given["version"])
    assert (status, out["state"], out["order_number"]) == (200, "executed", "Y2603-17")
    assert out["ordered_at"] == clock().isoformat()[:-6] + "Z"  # nobody said when: just now
    assert (await call("doctor", "POST", path, json=order, match=given["version"]))[0] == 412


async def test_nothing_is_instructed_for_a_time_that_was_or_is_years_ahead(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    said: dict[str, Any] = {"instruction": "test", "text": "复查超声心动图"}
    for ahead, reason in ((timedelta(), "in_the_past"), (timedelta(days=50 * 365), "due_too_far")):
        due = (clock() + ahead).isoformat()
        status, refused = await act(call, clock, session["id"], "expert", "instruct", item, **said, due_at=due)
        assert (status, refused["reason"]) == (422, reason)
    await instructed(call, clock, session, item, due_at=(clock() + timedelta(days=365)).isoformat())
    assert len((await bed_of(call, session, item))["instructions"]) == 1


async def test_what_needs_no_order_is_carried_out_by_a_nurse_in_words(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    given = await instructed(call, clock, session, item, instruction="observe", text="记录 24 小时出入量")
    await done(call, clock, session["id"], "doctor", "read_back", instruction_id=given["id"], text="记出入量")
    given = (await bed_of(call, session, item, "nurse"))["instructions"][0]
    path = f"/rounds/instructions/{given['id']}/execute"
    assert (await call("nurse", "POST", path, json={}, match=given["version"]))[1]["reason"] == "say_how"
    status, out = await call("nurse", "POST", path, json={"words": "已挂出入量单"}, match=given["version"])
    assert (status, out["state"]) == (200, "executed")


async def test_open_instructions_come_first_at_the_next_round_and_lapse_when_the_patient_leaves(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    await instructed(call, clock, session, await at_bed(call, clock, session, "03"))
    await done(call, clock, session["id"], "expert", "complete")
    clock.move(days=6, hours=1)
    await sweep(world, clock)
    second = await shown(call, next(e["id"] for e in await sessions(call) if e["state"] == "list_open"))
    assert [(each["bed"], each["reasons"]) for each in second["items"]] == [
        ("03", ["instruction"]),
        *((bed, ["deferred"]) for bed in ("01", "02", "04")),
    ]
    bed = await bed_of(call, second, item_of(second, "03"))
    assert [each["text"] for each in bed["before"]] == ["呋塞米改为口服 40 mg"]
    await leaves(world, "03")
    assert await lapse_all(world.db, clock()) == {}
    kept = await bed_of(call, session, item_of(await shown(call, session["id"]), "03"))
    assert kept["instructions"][0]["state"] == "lapsed"


async def test_events_of_a_bed_belong_to_its_case(call: Call, world: World, clock: FakeClock) -> None:
    session: Any = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    await instructed(call, clock, session, item)
    given = next(each for each in await rows(world.db, EventRow) if each.type == "instruction.issued")
    assert (given.patient_id, given.case_id is not None) == (world.ids["01"], True)
    assert given.activity_id == UUID(session["id"])
