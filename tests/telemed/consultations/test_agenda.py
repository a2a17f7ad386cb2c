"""A day's agenda goes by what became of a consultation, not by the clock; what it does not need is free again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.scheduling.model import BookingKind
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import AT, act, make_booked, make_scheduled, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready


async def _agenda(call: Call, who: str = "expert") -> list[dict[str, Any]]:
    period = {"from": NOW.isoformat(), "to": (NOW + timedelta(hours=12)).isoformat()}
    status, body = await call(who, "GET", "/calendar/mine", params=period)
    assert status == 200, body
    items: list[dict[str, Any]] = body["items"]
    return items


async def _met(call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock) -> UUID:
    """Both are in the room as its time begins."""
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, AT)
    clock.now = AT
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", AT)
    return id


async def test_one_that_nobody_has_agreed_to_stands_as_a_hold_and_only_until_it_lapses(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    await make_booked(call, submitted, world, venue)
    assert [(each["phase"], each["state"]) for each in await _agenda(call)] == [("unsettled", "held")]
    clock.move(hours=5)
    assert await _agenda(call) == []


async def test_one_that_ended_early_is_over_and_the_rest_of_its_time_is_free(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await _met(call, submitted, world, venue, clock)
    assert [each["phase"] for each in await _agenda(call)] == ["running"]
    clock.move(minutes=15)
    assert (await act(call, "expert", id, "end"))[1]["state"] == "answering"
    (entry,) = await _agenda(call)
    assert (entry["phase"], entry["ends_at"]) == ("over", "2026-03-02T03:15:00Z")
    rest = {"starts_at": clock().isoformat(), "ends_at": (AT + timedelta(minutes=40)).isoformat()}
    status, made = await call("expert", "POST", "/calendar/busy", json={"kind": BookingKind.clinic} | rest)
    assert status == 201, made
    assert [each["phase"] for each in await _agenda(call)] == ["over", None]


async def test_one_that_ended_before_its_time_takes_none(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    clock.move(minutes=30)
    assert (await act(call, "expert", id, "end"))[1]["state"] == "answering"
    assert await _agenda(call) == []


async def test_an_interrupted_one_is_not_in_progress(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await _met(call, submitted, world, venue, clock)
    await tell_fact(world, id, "doctor", "member.left", AT + timedelta(minutes=1))
    assert [each["phase"] for each in await _agenda(call)] == ["interrupted"]


async def test_a_calendar_offers_a_move_to_the_hubs_coordinator_until_people_meet(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)

    async def movable(who: str) -> list[bool]:
        period = {"from": NOW.isoformat(), "to": (NOW + timedelta(hours=12)).isoformat(), "hospital_id": "ruijin,wuxi"}
        _, body = await call(who, "GET", "/calendar", params=period)
        return [each["movable"] for each in body["entries"] if each["kind"] == BookingKind.consultation]

    seen = {who: await movable(who) for who in ("coordinator", "expert", "doctor", "reviewer", "expert2")}
    assert seen == {
        "coordinator": [True],
        "expert": [False],
        "doctor": [False],
        "reviewer": [False],
        "expert2": [False],
    }
    await everything_ready(world, id, AT)
    clock.now = AT
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", AT)
    assert await movable("coordinator") == [False]
