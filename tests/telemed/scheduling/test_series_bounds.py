"""Where a series begins and ends: split, ended, moved over those days, beyond an agreement, tried again."""

from uuid import UUID

import pytest

from telemed.scheduling import series_making
from telemed.scheduling.model import BookingSeries
from telemed.scheduling.series_making import make_all
from tests.telemed.conftest import Call, FakeClock, World
from tests.telemed.scheduling.kit import book
from tests.telemed.scheduling.series_kit import (
    PATH,
    Json,
    agenda,
    covered_for,
    live,
    planned,
    put,
    put_one,
    series,
    series_of,
    times,
)


async def ended(call: Call, made: Json, last: str) -> tuple[int, Json]:
    body = {"last": last, "reason": "项目结束"}
    return await call("coordinator", "POST", f"{PATH}/{made['id']}/end", json=body, match=made["version"])


async def test_one_that_ends_is_not_split_after_its_end(call: Call, world: World, clock: FakeClock) -> None:
    status, made = await ended(call, await planned(call, world), "2026-03-10")
    assert status == 200
    _, ahead = await call("coordinator", "POST", f"{PATH}/{made['id']}/preview", json=series_of(world))
    assert [each["on"] for each in ahead["items"]] == ["2026-03-03", "2026-03-10"]
    status, out = await put(call, made, series_of(world, since="2026-04-01", starts_on="2026-04-01"))
    assert (status, out["reason"]) == (422, "no_occurrence")
    assert await make_all(world.db, clock.now) == {}
    assert len(await live(world)) == 2


async def test_one_that_was_split_does_not_end_later_again(call: Call, world: World) -> None:
    made = await planned(call, world)
    assert (await put(call, made, series_of(world, since="2026-03-16", at="17:00")))[0] == 200
    former = next(each for each in await series(call) if each["id"] == made["id"])
    status, out = await ended(call, former, "2026-12-31")
    assert (status, out["reason"]) == (422, "no_occurrence")
    assert (await ended(call, former, "2026-03-09"))[0] == 200
    assert len(await live(world)) == 7


async def test_limits_are_asked_about_from_the_day_on_which_it_is_split(call: Call, world: World) -> None:
    made = await planned(call, world, kind="clinic")
    hours = {"week": [], "tele": ["", "14:00-16:00", "", "", "", "", ""], "buffer_minutes": 0}
    path = f"/calendar/availability/{world.ids['expert']}"
    assert (await call("expert", "PUT", path, json=hours, match=0))[0] == 200
    path = f"{PATH}/{made['id']}/occurrences/2026-03-10"
    new = series_of(world, kind="clinic", at="16:00", since="2026-03-16")
    moved = {"change": "moved", "starts_at": "2026-03-10T06:30:00Z", "override": "病房需要"}
    status, made = await call("coordinator", "PUT", path, json=moved, match=made["version"])
    assert status == 200, made
    assert (await put(call, made, new))[0] == 200  # one that stays breaks them, with a reason of its own


async def test_one_that_was_moved_from_a_day_that_was_changes_with_the_others(
    call: Call, world: World, clock: FakeClock
) -> None:
    made = await planned(call, world)
    _, made = await put_one(call, made, "2026-03-03", change="moved", starts_at="2026-03-12T06:00:00Z")
    clock.move(days=3)
    others = [str(world.ids["expert2"]), str(world.ids["doctor"])]
    assert (await put(call, made, series_of(world, resources=others)))[0] == 200
    assert await times(call, "expert") == []
    assert (await times(call, "expert2"))[:2] == ["2026-03-10T06:00:00Z", "2026-03-12T06:00:00Z"]


async def test_none_is_moved_where_no_agreement_holds_any_more(call: Call, world: World) -> None:
    await covered_for(world, 20)
    made = await planned(call, world)
    status, out = await put_one(call, made, "2026-04-07", change="moved", starts_at="2026-04-08T06:00:00Z")
    assert (status, out["reason"]) == (409, "no_agreement_then")
    (first, *_) = await agenda(call, "doctor")
    dragged = {"starts_at": "2026-04-08T06:00:00Z", "ends_at": "2026-04-08T07:00:00Z"}
    path = f"/calendar/busy/{first['id']}/move"
    status, out = await call("doctor", "POST", path, json=dragged, match=first["version"])
    assert (status, out["reason"]) == (409, "no_agreement_then")
    before = {"starts_at": "2026-03-04T06:00:00Z", "ends_at": "2026-03-04T07:00:00Z"}
    assert (await call("doctor", "POST", path, json=before, match=first["version"]))[0] == 200
    assert len(await live(world)) == 3


async def test_one_beyond_the_agreement_is_booked_once_it_is_moved_to_a_day_that_it_covers(
    call: Call, world: World, clock: FakeClock
) -> None:
    await covered_for(world, 20)
    made = await planned(call, world)
    status, made = await put_one(call, made, "2026-03-24", change="moved", starts_at="2026-03-18T06:00:00Z")
    assert (status, len(await live(world))) == (200, 4), made
    assert (await put(call, made, series_of(world, at="15:00")))[0] == 200
    assert await make_all(world.db, clock.now) == {}
    assert (await times(call))[-1] == "2026-03-18T06:00:00Z"


async def test_nothing_is_tried_in_vain_where_one_was_moved_past_the_others(
    call: Call, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await planned(call, world)
    status, made = await put_one(call, made, "2026-03-03", change="moved", starts_at="2026-04-20T06:00:00Z")
    await book(world, ["expert2"], 3, 24 * 80)
    status, made = await put(call, made, series_of(world, resources=[str(world.ids["expert2"])]))
    assert (status, made["unbooked"]) == (200, 8)
    tried: list[object] = []

    async def make(*of: object) -> None:
        tried.append(of)

    monkeypatch.setattr(series_making, "make", make)
    assert await make_all(world.db, clock.now) == {}
    assert tried == []


async def test_where_only_words_change_no_time_is_lost_to_a_limit_that_is_new(call: Call, world: World) -> None:
    three = {"kind": "clinic", "rrule": "FREQ=WEEKLY;BYDAY=TU,WE,TH", "at": "16:00"}
    made = await planned(call, world, **three)
    _, made = await put_one(call, made, "2026-04-21", change="moved", starts_at="2026-04-20T06:00:00Z")
    hours = {"week": [], "tele": ["14:00-16:00", "", "", "", "", "", ""], "buffer_minutes": 0}
    path = f"/calendar/availability/{world.ids['expert']}"
    assert (await call("expert", "PUT", path, json=hours, match=0))[0] == 200
    status, out = await put(call, made, series_of(world, title="新名", **three))
    assert (status, out["unbooked"]) == (200, 0)
    assert {(each.title, each.version) for each in await live(world)} == {("新名", 2), ("新名", 3)}


@pytest.mark.parametrize("broken", [{"rrule": "FREQ=NEVER"}, {"at": "noon"}])
async def test_one_that_cannot_be_read_stands_in_the_list_and_is_said_anew(
    call: Call, world: World, clock: FakeClock, broken: dict[str, str]
) -> None:
    made, _ = await planned(call, world), await planned(call, world, at="16:00")
    async with world.db.write() as db:
        (await db.get_one(BookingSeries, UUID(made["id"]))).sqlmodel_update(broken)
    for who in ("coordinator", "expert", "doctor"):
        assert sorted((each["unreadable"], each["unbooked"]) for each in await series(call, who)) == [
            (False, 0),
            (True, 0),
        ]
    status, out = await ended(call, made, "2026-03-10")
    assert (status, out["reason"]) == (409, "rule_unreadable")
    status, out = await put_one(call, made, "2026-03-10", change="left_out", reason="专家外出")
    assert (status, out["reason"]) == (409, "rule_unreadable")
    status, out = await put(call, made, series_of(world, at="15:00"))
    assert (status, out["unreadable"]) == (200, False), out
    assert (await times(call))[:2] == ["2026-03-03T07:00:00Z", "2026-03-03T08:00:00Z"]


@pytest.mark.parametrize("broken", [["expert"], [""]])
async def test_one_of_which_nobody_can_read_whom_it_takes_stands_in_the_list_and_is_said_anew(
    call: Call, world: World, clock: FakeClock, broken: list[str]
) -> None:
    made, _ = await planned(call, world), await planned(call, world, at="16:00")
    async with world.db.write() as db:
        (await db.get_one(BookingSeries, UUID(made["id"]))).resources = [str(world.ids["doctor"]), *broken]
    clock.move(days=7)
    assert list(await make_all(world.db, clock.now)) == [UUID(made["id"])]
    for who in ("coordinator", "expert", "doctor"):
        (shown,) = [each for each in await series(call, who) if each["unreadable"]]
        assert [each["name"] for each in shown["resources"]] == ["doctor"]
    status, out = await ended(call, made, "2026-03-10")
    assert (status, out["reason"]) == (409, "rule_unreadable")
    status, out = await put_one(call, made, "2026-03-24", change="moved", starts_at="2026-03-25T06:00:00Z")
    assert (status, out["reason"]) == (409, "rule_unreadable")
    status, made = await put_one(call, made, "2026-03-24", change="left_out")
    assert (status, made["unreadable"]) == (200, True), made
    status, out = await put(call, made, series_of(world, at="15:00"))
    assert (status, out["unreadable"], len(out["resources"])) == (200, False, 2), out
    assert (await times(call))[-2:] == ["2026-04-07T07:00:00Z", "2026-04-07T08:00:00Z"]
