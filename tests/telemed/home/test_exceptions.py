"""What is late at a hub, whom it waits for, and the coordinator's nudge."""

from datetime import timedelta

import pytest

from telemed.history.model import EventRow
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Deadline
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import make_approved
from tests.telemed.consultations.conftest import Made, submitted, venue

__all__ = ["submitted", "venue"]
pytestmark = pytest.mark.usefixtures("world")


async def later(world: World, clock: FakeClock, **by: float) -> None:
    clock.move(**by)
    assert await take_due(world.db, clock(), on_duty) == {}


async def test_what_is_late_says_whom_it_waits_for_and_how_far_it_has_climbed(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []
    await later(world, clock, hours=4, minutes=1)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert (late["activity_id"], late["ladder"], late["climbed"]) == (str(id), "acceptance", 0)
    assert [(each["name"], each["role"]) for each in late["waits_for"]] == [("", "coordinator")]
    await later(world, clock, minutes=10)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert late["climbed"] == 1


async def test_a_nudge_tells_those_who_are_asked_and_is_on_record(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    nudge = f"/home/exceptions/{late['id']}/nudge"
    assert (await call("coordinator", "POST", nudge))[0] == 204
    assert [each["when"] for each in (await call("coordinator", "GET", "/home/notices"))[1]["items"]] == [
        "after",
        "due",
    ]
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "deadline.nudged"]
    assert event.actor_id == world.ids["coordinator"]
    status, problem = await call("coordinator", "POST", nudge)
    assert (status, problem["reason"]) == (409, "nudged")
    await later(world, clock, minutes=5)
    assert (await call("coordinator", "POST", nudge))[0] == 204


async def test_only_the_hub_s_coordinator_sees_and_reminds(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    for who in ("chief", "expert", "jiashan_reviewer"):
        assert (await call(who, "GET", "/home/exceptions"))[0] == 403
        assert (await call(who, "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 403


async def test_what_is_not_late_is_not_nudged(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    clock.move(**{"seconds": -timedelta(hours=2).total_seconds()})
    assert (await call("coordinator", "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 404


async def test_before_the_branch_has_approved_it_is_not_the_hub_s(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await submitted()
    await later(world, clock, hours=3)
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []
    (deadline,) = await rows(world.db, Deadline)
    assert (await call("coordinator", "POST", f"/home/exceptions/{deadline.id}/nudge"))[0] == 404
