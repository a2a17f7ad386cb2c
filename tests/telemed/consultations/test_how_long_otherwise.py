"""How long a draft is kept, one side waits, an emergency's papers and the like may last is data too."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.access.model import CaseGrant
from telemed.consultations.dues import watch_anew
from telemed.consultations.model import Consultation
from telemed.consultations.service import close_when_done
from telemed.consultations.sharing import with_hub
from telemed.consultations.words import State, Urgency
from telemed.work.model import Deadline, WorkItem
from telemed.work.service import withdraw
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, act, make_scheduled, pass_time, tell_fact
from tests.telemed.consultations.conftest import Made, Save, everything_ready
from tests.telemed.requests.helpers import change, draft

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CENTRE = {"role": "coordinator", "at_hub": True}


async def running(world: World, ladder: str) -> Deadline:
    (found,) = [each for each in await rows(world.db, Deadline) if each.ladder == ladder and each.done_at is None]
    return found


async def exists(call: Call, id: str) -> bool:
    return (await call("doctor", "GET", f"/requests/{id}"))[0] == 200


async def test_a_draft_is_kept_as_long_as_its_branch_says_from_its_last_change(
    world: World, call: Call, clock: FakeClock, lasts: Save
) -> None:
    await lasts("wuxi_admin", "draft", 5 * 24 * 60, "owners", hospital_id="wuxi")
    clock.move(minutes=1)
    row = await draft(call)
    assert (await running(world, "draft")).due_at == clock() + 5 * DAY
    clock.move(days=3)
    await change(call, row, content={"purpose": "是否手术？"})
    changed = clock()
    assert (await running(world, "draft")).due_at == changed + 5 * DAY
    await pass_time(world, changed + 5 * DAY - MINUTE)
    assert await exists(call, row["id"])
    await pass_time(world, changed + 5 * DAY)
    assert not await exists(call, row["id"])


async def test_a_draft_that_is_written_on_takes_the_new_time_and_one_that_rests_keeps_its_own(
    world: World, call: Call, clock: FakeClock, lasts: Save
) -> None:
    rests, goes_on = await draft(call), await draft(call)
    began = clock()
    clock.move(minutes=1)
    await lasts("admin", "draft", 24 * 60, "owners")
    clock.move(hours=2)
    await change(call, goes_on, content={"purpose": "是否手术？"})
    due = {str(each.activity_id): each.due_at for each in await rows(world.db, Deadline) if each.done_at is None}
    assert due == {rests["id"]: began + 30 * DAY, goes_on["id"]: clock() + DAY}


async def test_what_is_typed_within_the_hour_puts_nothing_off(world: World, call: Call, clock: FakeClock) -> None:
    row, began = await draft(call), clock()
    clock.move(minutes=59)
    row = await change(call, row, content={"purpose": "是否"})
    assert (await running(world, "draft")).due_at == began + 30 * DAY
    clock.move(minutes=1)
    await change(call, row, content={"purpose": "是否手术？"})
    assert (await running(world, "draft")).due_at == clock() + 30 * DAY


async def test_the_rest_of_an_emergency_has_its_own_time_beside_that_of_a_returned_request(
    world: World, submitted: Made, lasts: Save
) -> None:
    await lasts("wuxi_admin", "stat_completion", 45, hospital_id="wuxi")
    await lasts("wuxi_admin", "completion", 15, hospital_id="wuxi")
    id = await submitted(urgency=Urgency.stat)
    due = (await running(world, "stat_completion")).due_at
    (item,) = [each for each in await rows(world.db, WorkItem) if each.activity_id == id and each.kind == "complete"]
    assert (due, item.due_at) == (NOW + 45 * MINUTE, NOW + 45 * MINUTE)


@pytest.mark.parametrize(("minutes", "before"), [(0, 30), (90, 90), (600, 120)])
async def test_the_red_moment_lies_so_long_before_the_meeting_and_not_before_it_was_booked(
    world: World, call: Call, submitted: Made, venue: UUID, lasts: Save, minutes: int, before: int
) -> None:
    await lasts("admin", "readiness", minutes, rungs=[due("role", minutes, **CENTRE)])
    id = await make_scheduled(call, submitted, world, venue)
    assert (await running(world, "readiness")).due_at == AT - before * MINUTE
    async with world.db.write() as db:
        await watch_anew(db, await db.get_one(Consultation, id), NOW + MINUTE)
    assert (await running(world, "readiness")).began_at == NOW


def due(to: str, minutes: int, **more: object) -> dict[str, object]:
    return {"when": "due", "minutes": minutes, "to": to, **more}


async def test_a_missed_meeting_and_a_side_that_is_alone_wait_as_long_as_the_branch_says(
    world: World, call: Call, clock: FakeClock, submitted: Made, venue: UUID, lasts: Save
) -> None:
    await lasts("wuxi_admin", "missed", 20, hospital_id="wuxi", rungs=[due("role", 20, **CENTRE)])
    await lasts("wuxi_admin", "one_sided", 7, "owners", hospital_id="wuxi")
    id = await make_scheduled(call, submitted, world, venue)
    end = AT + 40 * MINUTE
    assert (await running(world, "missed")).due_at == end + 20 * MINUTE
    clock.move(minutes=1)
    await lasts("wuxi_admin", "missed", 50, hospital_id="wuxi", rungs=[due("role", 50, **CENTRE)])
    await everything_ready(world, id, clock())
    await pass_time(world, clock())  # it is ready, and what has begun keeps its time
    assert (await running(world, "missed")).due_at == end + 20 * MINUTE
    await tell_fact(world, id, "doctor", "member.joined", AT - MINUTE)
    assert (await running(world, "one_sided")).due_at == AT + 7 * MINUTE


async def test_whoever_else_an_emergency_called_and_the_hub_after_closing_see_it_as_long_as_is_agreed(
    world: World, call: Call, submitted: Made, lasts: Save
) -> None:
    await lasts("admin", "taken", 2, "owners")
    await lasts("wuxi_admin", "reading", 14 * 24 * 60, "owners", hospital_id="wuxi")
    id = await submitted(urgency=Urgency.stat)
    assert (await act(call, "expert", id, "take", {}))[0] == 200
    assert {each.until for each in await rows(world.db, CaseGrant) if ":expert:" in each.grantee} == {NOW + 2 * MINUTE}
    planned = await submitted()
    async with world.db.write() as db:
        row = await db.get_one(Consultation, planned)
        row.state, row.approved_at = State.executing, NOW
        await withdraw(db, planned, NOW)
        await with_hub(db, row, None, NOW)
        await close_when_done(db, row, NOW)
    assert {each.until for each in await rows(world.db, CaseGrant) if each.activity_id == planned} == {NOW + 14 * DAY}


async def test_each_extension_is_as_long_as_the_rules_say_with_which_the_meeting_began(
    world: World, call: Call, clock: FakeClock, submitted: Made, venue: UUID, lasts: Save
) -> None:
    await lasts("admin", "extension", 10, "owners")
    await lasts("admin", "extension", 25, "owners", valid_from=(AT + MINUTE).isoformat())
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, AT)
    clock.now = AT
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", AT)
    clock.move(minutes=5)
    _, found = await call("expert", "GET", f"/consultations/{id}")
    assert found["soft_end"]["by_minutes"] == 10
    await pass_time(world, AT + 40 * MINUTE)
    async with world.db.read() as db:
        assert (await db.get_one(Consultation, id)).ends_at == AT + 50 * MINUTE


async def test_what_only_lasts_tells_nobody(call: Call) -> None:
    rungs = [due("owners", 60), {"when": "after", "minutes": 10, "to": "role", "role": "reviewer"}]
    _, answer = await call(
        "wuxi_admin", "PUT", "/admin/ladders/reading", match=0, json={"rungs": rungs, "hospital_id": "wuxi"}
    )
    faults = {(each["n"], each["reason"]) for each in answer["faults"]}
    assert faults == {(None, "only_lasts"), (1, "to"), (1, "role")}
