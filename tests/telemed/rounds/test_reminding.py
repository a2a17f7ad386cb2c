"""催办 at the ward board: who owes late countersignatures is told once more, once an hour."""

from typing import Any

from telemed.history.model import EventRow
from telemed.work.model import Notice
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import at_bed, done, item_of, live
from tests.telemed.rounds.noting import TEXT, post, put, unregister


async def board(call: Call, world: World) -> Any:
    status, out = await call("nurse", "GET", f"/rounds/wards/{world.ids['ward']}/board")
    assert status == 200, out
    return out


async def waiting_for_signature(call: Call, world: World, clock: FakeClock) -> Any:
    """The note of bed 01 was submitted; it is due in 24 hours."""
    session = await live(call, world, clock, "01", "02")
    item = await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "02"), reason="外出")
    await done(call, clock, session["id"], "expert", "complete")
    version = (await put(call, item, 0))[1]["version"]
    assert (await post(call, item, "submit", version, "doctor"))[0] == 200
    return item


async def remind(call: Call, world: World, staff_id: Any, who: str = "nurse") -> tuple[int, Any]:
    body = {"staff_id": str(staff_id) if staff_id else None}
    return await call(who, "POST", f"/rounds/wards/{world.ids['ward']}/reminders", json=body)


async def test_who_owes_a_late_signature_is_reminded_once_an_hour(call: Call, world: World, clock: FakeClock) -> None:
    await waiting_for_signature(call, world, clock)
    lead = world.ids["expert"]
    assert (await board(call, world))["owed"] == []
    assert (await remind(call, world, lead))[1]["reason"] == "nothing_owed"
    clock.move(hours=25)
    (owed,) = (await board(call, world))["owed"]
    assert (owed["by"]["name"], owed["n"], owed["reminded_at"]) == ("expert", 1, None)
    before = len([each for each in await rows(world.db, Notice) if each.staff_id == lead])
    status, _ = await remind(call, world, lead)
    assert status == 204
    told = [each for each in await rows(world.db, Notice) if each.staff_id == lead]
    assert (len(told) - before, told[-1].ladder) == (1, "round_countersign")
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "deadline.nudged"]
    assert event.data["people"] == [str(lead)]
    clock.move(minutes=59)
    assert (await board(call, world))["owed"][0]["reminded_at"] is not None
    status, problem = await remind(call, world, lead, "doctor")
    assert (status, problem["reason"]) == (409, "reminded")
    clock.move(minutes=1)
    assert (await remind(call, world, lead))[0] == 204


async def test_of_guidance_the_senior_doctors_are_reminded(call: Call, world: World, clock: FakeClock) -> None:
    await unregister(world, "expert")
    item = await waiting_for_signature(call, world, clock)
    version = (await call("expert", "GET", f"/rounds/items/{item['id']}/note"))[1]["version"]
    assert (await post(call, item, "countersign", version, "expert", TEXT))[0] == 200
    clock.move(hours=25)
    assert (await board(call, world))["owed"] == [{"by": None, "n": 1, "reminded_at": None}]
    assert (await remind(call, world, None))[0] == 204


async def test_reminding_is_for_the_ward_s_own_doctors_and_nurses(call: Call, world: World, clock: FakeClock) -> None:
    await waiting_for_signature(call, world, clock)
    clock.move(hours=25)
    assert (await remind(call, world, world.ids["expert"], "coordinator"))[0] == 403
    assert (await remind(call, world, world.ids["expert"], "jiashan_doctor"))[0] == 404
