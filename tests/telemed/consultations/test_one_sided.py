"""At a meeting that should have begun one side waits for the other: both are told, and then the coordinator."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.work.model import Deadline
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.actions import AT, make_scheduled, pass_time, tell_fact, told
from tests.telemed.consultations.conftest import Made, everything_ready

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def ready(call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock) -> UUID:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, AT)
    await pass_time(world, AT - 5 * MINUTE)
    clock.now = AT - 5 * MINUTE
    return id


@pytest.mark.parametrize("fact", ["member.joined", "member.waiting"])
async def test_the_side_that_waits_and_the_one_that_is_missing_are_told_and_then_the_coordinator(
    call: Call, world: World, clock: FakeClock, ready: UUID, fact: str
) -> None:
    await tell_fact(world, ready, "doctor", fact, clock())
    assert await told(world, clock, AT + 3 * MINUTE - timedelta(seconds=1), "one_sided") == set()
    assert await told(world, clock, AT + 3 * MINUTE, "one_sided") == {"doctor", "expert"}
    found = {each["ladder"]: each for each in (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]}
    assert [each["name"] for each in found["one_sided"]["waits_for"]] == ["expert"]
    assert await told(world, clock, AT + 5 * MINUTE, "one_sided") == {"coordinator"}
    assert await told(world, clock, AT + 15 * MINUTE, "one_sided") == {"hub_duty"}


async def test_when_the_other_side_comes_nobody_is_told_any_more(
    call: Call, world: World, clock: FakeClock, ready: UUID
) -> None:
    await tell_fact(world, ready, "doctor", "member.joined", AT)
    await tell_fact(world, ready, "expert", "member.joined", AT + 2 * MINUTE)
    assert await told(world, clock, AT + 20 * MINUTE, "one_sided") == set()
    assert (await call("doctor", "GET", f"/consultations/{ready}"))[1]["state"] == "in_progress"


async def test_who_comes_later_has_waited_for_three_minutes_first(world: World, clock: FakeClock, ready: UUID) -> None:
    await tell_fact(world, ready, "expert", "member.waiting", AT + 10 * MINUTE)
    assert await told(world, clock, AT + 12 * MINUTE, "one_sided") == set()
    assert await told(world, clock, AT + 13 * MINUTE, "one_sided") == {"doctor", "expert"}


async def test_where_nobody_is_left_nobody_waits(world: World, clock: FakeClock, ready: UUID) -> None:
    await tell_fact(world, ready, "expert", "member.waiting", AT)
    await tell_fact(world, ready, "expert", "member.left", AT + MINUTE)
    assert await told(world, clock, AT + 5 * MINUTE, "one_sided") == set()
    assert [each for each in await rows(world.db, Deadline) if each.ladder == "one_sided" and not each.done_at] == []
