"""One time of a series is moved or left out: on its page, in the calendar, by leave."""

from uuid import UUID

from telemed.access.model import Account
from telemed.audit.model import AuditEvent
from telemed.scheduling.model import BookingSeries
from telemed.scheduling.series_making import make_all
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.scheduling.series_kit import (
    PATH,
    agenda,
    live,
    planned,
    put,
    put_one,
    series,
    series_of,
    times,
)


async def test_one_is_moved_and_stays_there_when_the_series_changes(call: Call, world: World) -> None:
    made = await planned(call, world)
    status, out = await put_one(call, made, "2026-03-10", change="moved", starts_at="2026-03-11T01:00:00Z")
    assert status == 200, out
    assert (await times(call))[:3] == ["2026-03-03T06:00:00Z", "2026-03-11T01:00:00Z", "2026-03-17T06:00:00Z"]
    status, out = await put(call, out, series_of(world, at="15:00"))
    assert (await times(call))[:3] == ["2026-03-03T07:00:00Z", "2026-03-11T01:00:00Z", "2026-03-17T07:00:00Z"]
    _, ahead = await call("coordinator", "POST", f"{PATH}/{made['id']}/preview", json=series_of(world, at="15:00"))
    assert [(each["moved"], each["booked"], each["clashes"]) for each in ahead["items"][:2]] == [
        (False, True, []),
        (True, True, []),
    ]


async def test_one_that_is_left_out_is_not_booked_again_until_it_is_moved(
    call: Call, world: World, clock: FakeClock
) -> None:
    made = await planned(call, world)
    status, out = await put_one(call, made, "2026-03-03", change="left_out", reason="专家外出")
    assert status == 200, out
    assert await make_all(world.db, clock.now) == {}
    assert (out["unbooked"], (await times(call))[0]) == (0, "2026-03-10T06:00:00Z")
    status, out = await put_one(call, out, "2026-03-03", change="moved", starts_at="2026-03-04T06:00:00Z")
    assert (status, (await times(call))[0]) == (200, "2026-03-04T06:00:00Z")


async def test_a_move_that_clashes_names_what_blocks_and_changes_nothing(call: Call, world: World) -> None:
    made = await planned(call, world)
    status, out = await put_one(call, made, "2026-03-10", change="moved", starts_at="2026-03-17T06:30:00Z")
    assert (status, out["reason"]) == (409, "clash")
    assert {each["name"] for each in out["clashes"]} == {"expert", "doctor"}
    assert (await times(call))[1] == "2026-03-10T06:00:00Z"
    assert (await series(call))[0]["version"] == made["version"]


async def test_who_takes_one_back_or_moves_it_in_the_calendar_changes_that_one_of_the_series(
    call: Call, world: World, clock: FakeClock
) -> None:
    await planned(call, world)
    first, second, *_ = await agenda(call, "doctor")
    assert (await call("doctor", "DELETE", f"/calendar/busy/{first['id']}", match=first["version"]))[0] == 204
    later = {"starts_at": "2026-03-12T06:00:00Z", "ends_at": "2026-03-12T06:30:00Z"}
    path = f"/calendar/busy/{second['id']}/move"
    assert (await call("doctor", "POST", path, json=later, match=second["version"]))[0] == 200
    assert await make_all(world.db, clock.now) == {}
    assert (await times(call))[:2] == ["2026-03-12T06:00:00Z", "2026-03-17T06:00:00Z"]
    assert (await series(call))[0]["unbooked"] == 0


async def test_leave_over_it_gives_that_one_up_for_good(call: Call, world: World, clock: FakeClock) -> None:
    await planned(call, world)
    (first, *_) = await agenda(call, "expert")
    leave = {
        "kind": "leave",
        "starts_at": "2026-03-03T00:00:00Z",
        "ends_at": "2026-03-04T00:00:00Z",
        "given_up": [first["id"]],
        "words": "休假",
    }
    status, out = await call("expert", "POST", "/calendar/busy", json=leave)
    assert status == 201, out
    assert await make_all(world.db, clock.now) == {}
    assert [each["kind"] for each in await agenda(call, "expert")][:2] == ["leave", "teleclinic"]
    assert (await times(call, "doctor"))[0] == "2026-03-10T06:00:00Z"


async def test_who_has_left_is_booked_no_more_and_what_stands_waits_for_who_comes_instead(
    call: Call, world: World, clock: FakeClock
) -> None:
    made = await planned(call, world)
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["expert"])).disabled_at = clock.now
    clock.move(days=14)
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 8
    (shown,) = await series(call)
    assert shown["unbooked"] == 2
    status, out = await put(call, made, series_of(world, at="15:00"))
    assert (status, out["reason"]) == (404, "person_left")
    status, out = await put_one(call, made, "2026-03-24", change="moved", starts_at="2026-03-25T01:00:00Z")
    assert (status, out["reason"]) == (409, "person_left")
    instead = [str(world.ids["expert2"]), str(world.ids["doctor"])]
    status, out = await put(call, made, series_of(world, resources=instead))
    assert (status, out["unbooked"]) == (200, 0), out
    assert len(await times(call, "expert2")) == 4  # until the tenth of April


async def test_a_series_that_cannot_be_read_keeps_no_other_from_being_booked(
    call: Call, world: World, clock: FakeClock
) -> None:
    broken, _ = await planned(call, world), await planned(call, world, at="16:00")
    async with world.db.write() as db:
        (await db.get_one(BookingSeries, UUID(broken["id"]))).at = "noon"
    clock.move(days=7)
    assert list(await make_all(world.db, clock.now)) == [UUID(broken["id"])]
    assert len(await live(world)) == 17


async def test_one_that_was_left_out_is_shown_with_why_and_brought_back_to_the_time_of_the_rule(
    call: Call, world: World
) -> None:
    made = await planned(call, world)
    _, made = await put_one(call, made, "2026-03-10", change="left_out", reason="专家外出")
    path = f"{PATH}/{made['id']}/preview"
    _, ahead = await call("coordinator", "POST", path, json=series_of(world))
    by_rule = {"on": "2026-03-10", "starts_at": "2026-03-10T06:00:00Z", "ends_at": "2026-03-10T07:00:00Z"}
    assert ahead["left_out"] == [by_rule | {"reason": "专家外出"}]
    assert [each["on"] for each in ahead["items"]][:2] == ["2026-03-03", "2026-03-17"]
    _, other = await call("coordinator", "POST", path, json=series_of(world, rrule="FREQ=WEEKLY;BYDAY=FR"))
    assert other["left_out"] == []
    status, made = await put_one(call, made, "2026-03-10", change="moved", starts_at="2026-03-10T06:00:00Z")
    assert (status, (await times(call))[1]) == (200, "2026-03-10T06:00:00Z"), made
    _, ahead = await call("coordinator", "POST", path, json=series_of(world))
    assert (ahead["left_out"], ahead["items"][1]["moved"]) == ([], False)
    assert (await put(call, made, series_of(world, at="15:00")))[0] == 200
    assert (await times(call))[1] == "2026-03-10T07:00:00Z"  # it follows the rule again


async def test_one_that_was_left_out_stays_so_while_something_else_has_its_time(call: Call, world: World) -> None:
    made = await planned(call, world)
    _, made = await put_one(call, made, "2026-03-10", change="left_out", reason="专家外出")
    await planned(call, world, starts_on="2026-03-10", rrule="FREQ=MONTHLY;BYDAY=2TU")
    status, out = await put_one(call, made, "2026-03-10", change="moved", starts_at="2026-03-10T06:00:00Z")
    assert (status, out["reason"]) == (409, "clash")
    path = f"{PATH}/{made['id']}/preview"
    _, ahead = await call("coordinator", "POST", path, json=series_of(world))
    assert [each["on"] for each in ahead["left_out"]] == ["2026-03-10"]


async def test_one_that_is_dragged_back_to_its_time_follows_the_rule_again(call: Call, world: World) -> None:
    made = await planned(call, world)
    (first, *_) = await agenda(call, "doctor")

    async def dragged(start: str, end: str) -> None:
        (at, *_) = [each for each in await agenda(call, "doctor") if each["id"] == first["id"]]
        span = {"starts_at": f"2026-03-{start}:00Z", "ends_at": f"2026-03-{end}:00Z"}
        status, out = await call("doctor", "POST", f"/calendar/busy/{first['id']}/move", json=span, match=at["version"])
        assert status == 200, out

    async def moved() -> bool:
        _, ahead = await call("coordinator", "POST", f"{PATH}/{made['id']}/preview", json=series_of(world))
        return bool(ahead["items"][0]["moved"])

    await dragged("04T06:00", "04T07:00")
    assert await moved()
    await dragged("03T06:00", "03T06:30")  # its time, and another length
    assert await moved()
    await dragged("03T06:00", "03T07:00")
    assert not await moved()
    assert (await put(call, made, series_of(world, at="15:00")))[0] == 200
    assert (await times(call))[0] == "2026-03-03T07:00:00Z"
    log = [each.action for each in await rows(world.db, AuditEvent) if each.target == first["id"]]
    assert log.count("booking.moved") >= 3  # what became of it in between


async def test_one_whose_rule_cannot_be_read_is_dragged_all_the_same(call: Call, world: World) -> None:
    made = await planned(call, world)
    (first, *_) = await agenda(call, "doctor")
    async with world.db.write() as db:
        (await db.get_one(BookingSeries, UUID(made["id"]))).at = "noon"
    span = {"starts_at": "2026-03-04T06:00:00Z", "ends_at": "2026-03-04T07:00:00Z"}
    status, out = await call("doctor", "POST", f"/calendar/busy/{first['id']}/move", json=span, match=first["version"])
    assert (status, (await times(call))[0]) == (200, "2026-03-04T06:00:00Z"), out
