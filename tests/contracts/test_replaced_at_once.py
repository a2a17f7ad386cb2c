"""The ward carries an instruction out while the lead gives another in its place: it ends once, and nothing fails."""

import asyncio
from datetime import timedelta

import pytest

from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.rounds.again import at_next_bed
from tests.telemed.rounds.helpers import act, bed_of, ward

pytestmark = pytest.mark.databases_differ


async def test_carried_out_and_replaced_at_once(call: Call, world: World, clock: FakeClock) -> None:
    await ward(world)
    before, old, session, item = await at_next_bed(call, world, clock)
    due = (clock() + timedelta(hours=4)).isoformat()
    new = {"instruction": "medicine", "text": "呋塞米 40 mg 每日两次", "due_at": due, "instruction_id": old["id"]}
    path, order = f"/rounds/instructions/{old['id']}/execute", {"order_number": "Y2603-17"}
    (executed, _), (instructed, out) = await asyncio.gather(
        call("doctor", "POST", path, json=order, match=old["version"]),
        act(call, clock, session["id"], "expert", "instruct", item, **new),
    )
    assert instructed == 200, out
    (ended,) = (await bed_of(call, before, {"id": old["item_id"]}))["instructions"]
    assert (executed, ended["state"]) in {(200, "executed"), (412, "replaced")}
    assert (ended["replaced_by"] is None) == (ended["state"] == "executed")
    assert [each["id"] for each in (await bed_of(call, session, item))["instructions"]] == [out["instruction_id"]]
