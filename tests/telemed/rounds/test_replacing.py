"""并入本次: the lead gives an instruction in place of one that is still open."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.history.model import EventRow
from telemed.kit.table import new_id
from telemed.rounds.model import Instruction
from telemed.work.model import Deadline, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.again import at_next_bed
from tests.telemed.rounds.helpers import act, at_bed, bed_of, done, instructed, live

TEXT = "呋塞米 40 mg 口服，每日两次"


def said(clock: FakeClock, **more: Any) -> dict[str, Any]:
    due = (clock() + timedelta(hours=4)).isoformat()
    return {"instruction": "medicine", "text": TEXT, "due_at": due} | more


async def given_now(call: Call, session: Any, item: Any) -> list[Any]:
    found: list[Any] = (await bed_of(call, session, item))["instructions"]
    return found


async def asked(world: World, id: str) -> list[tuple[str, bool]]:
    """What was ever asked of this instruction, and whether it still is."""
    return [(each.kind, each.done_at is None) for each in await rows(world.db, WorkItem) if str(each.about_id) == id]


async def test_it_ends_with_its_work_and_its_ladder_and_names_the_round_that_took_it_over(
    call: Call, world: World, clock: FakeClock
) -> None:
    before, old, session, item = await at_next_bed(call, world, clock)
    assert await asked(world, old["id"]) == [("read_back_instruction", False), ("carry_out_instruction", True)]
    out = await done(call, clock, session["id"], "expert", "instruct", item, **said(clock, instruction_id=old["id"]))
    assert out["instruction_id"] != old["id"]
    bed = await bed_of(call, session, item)
    assert ([each["text"] for each in bed["instructions"]], bed["before"]) == ([TEXT], [])
    assert await asked(world, old["id"]) == [("read_back_instruction", False), ("carry_out_instruction", False)]
    assert await asked(world, out["instruction_id"]) == [("read_back_instruction", True)]
    climbing = [e for e in await rows(world.db, Deadline) if e.done_at is None and e.ladder == "round_instruction"]
    assert [str(each.activity_id) for each in climbing] == [session["id"]]
    (old,) = await given_now(call, before, {"id": old["item_id"]})
    assert (old["state"], old["replaced_by"], old["may"]) == ("replaced", out["instruction_id"], [])
    assert (old["replaced_round_at"], old["done_by"]["name"]) == (session["starts_at"], "expert")
    (moved,) = [each for each in await rows(world.db, EventRow) if each.data.get("action") == "replace"]
    assert (moved.data["id"], moved.data["source"]) == (old["id"], "to_execute")
    assert (moved.data["replaced_by"], str(moved.activity_id)) == (out["instruction_id"], before["id"])


async def test_one_that_was_carried_out_meanwhile_stays_so_and_the_new_one_is_given(
    call: Call, world: World, clock: FakeClock
) -> None:
    before, old, session, item = await at_next_bed(call, world, clock)
    path, order = f"/rounds/instructions/{old['id']}/execute", {"order_number": "Y2603-17"}
    status, out = await call("doctor", "POST", path, json=order, match=old["version"])
    assert status == 200, out
    await done(call, clock, session["id"], "expert", "instruct", item, **said(clock, instruction_id=old["id"]), ago=60)
    (old,) = await given_now(call, before, {"id": old["item_id"]})
    assert (old["state"], old["replaced_by"], old["order_number"]) == ("executed", None, "Y2603-17")
    assert [each["text"] for each in await given_now(call, session, item)] == [TEXT]


async def test_one_of_this_round_that_nobody_has_read_back_is_replaced_too(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    item = await at_bed(call, clock, session, "01")
    old = await instructed(call, clock, session, item)
    new = await instructed(call, clock, session, item, **said(clock, instruction_id=old["id"]))
    found = await given_now(call, session, item)
    assert [(each["n"], each["state"]) for each in found] == [(1, "replaced"), (2, "to_read_back")]
    assert found[0]["replaced_by"] == new["id"]
    read = {"instruction_id": old["id"], "text": "口服四十毫克"}
    status, out = await act(call, clock, session["id"], "doctor", "read_back", **read)  # late, from a cart
    assert (status, out["reason"], out["state"]) == (409, "wrong_state", "replaced")
    status, note = await call("doctor", "GET", f"/rounds/items/{item['id']}/note")
    assert (status, note["plan"]) == (200, TEXT)


@pytest.mark.parametrize("of", ["another patient", "nobody"])
async def test_where_it_is_none_of_this_patient_nothing_is_given(
    call: Call, world: World, clock: FakeClock, of: str
) -> None:
    session = await live(call, world, clock, "01", "02")
    other = await instructed(call, clock, session, await at_bed(call, clock, session, "02"))
    item = await at_bed(call, clock, session, "01")
    named = other["id"] if of == "another patient" else str(new_id())
    new = said(clock, instruction_id=named)
    status, _ = await act(call, clock, session["id"], "expert", "instruct", item, **new)
    assert status == 404
    assert [str(each.id) for each in await rows(world.db, Instruction)] == [other["id"]]
    assert (await bed_of(call, session, {"id": other["item_id"]}))["instructions"][0]["state"] == "to_read_back"


async def test_who_does_not_lead_the_round_ends_nothing(call: Call, world: World, clock: FakeClock) -> None:
    _, old, session, item = await at_next_bed(call, world, clock)
    new = said(clock, instruction_id=old["id"])
    status, out = await act(call, clock, session["id"], "doctor", "instruct", item, **new)
    assert (status, out["reason"]) == (403, "capacity")
    assert [each["state"] for each in (await bed_of(call, session, item))["before"]] == ["to_execute"]


async def test_the_same_act_sent_again_gives_nothing_twice_and_answers_what_it_gave(
    call: Call, world: World, clock: FakeClock
) -> None:
    _, old, session, item = await at_next_bed(call, world, clock)
    new = said(clock, instruction_id=old["id"], id=str(new_id()))
    first = await done(call, clock, session["id"], "expert", "instruct", item, **new)
    again = await done(call, clock, session["id"], "expert", "instruct", item, **new)
    assert again["instruction_id"] == first["instruction_id"]
    assert len(await given_now(call, session, item)) == 1
    async with world.db.read() as db:
        (kept,) = (await db.exec(select(Instruction).where(Instruction.id == UUID(old["id"])))).all()
    assert (kept.state, str(kept.replaced_by)) == ("replaced", first["instruction_id"])


async def test_the_ward_board_has_the_new_one_alone(call: Call, world: World, clock: FakeClock) -> None:
    _, old, session, item = await at_next_bed(call, world, clock)
    await done(call, clock, session["id"], "expert", "instruct", item, **said(clock, instruction_id=old["id"]))
    status, board = await call("doctor", "GET", f"/rounds/wards/{world.ids['ward']}/board")
    assert status == 200, board
    assert [each["text"] for bed in board["instructions"] for each in bed["items"]] == [TEXT]
