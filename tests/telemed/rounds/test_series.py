"""Series: planned, looked ahead, changed whole or from a day on, one round moved or left out; what is in the way."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from telemed.rounds.closing import close_all
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.rounds.helpers import RULE, covered_until, planned, series_of, sessions, shown, sweep


async def test_its_sessions_are_made_eight_weeks_ahead_and_booked(call: Call, world: World, clock: FakeClock) -> None:
    made = await planned(call, world)
    found = await sessions(call)
    assert len(found) == 4  # four weeks of them are listed
    assert found[0]["starts_at"] == "2026-03-03T00:30:00Z"
    assert {each["lead"]["name"] for each in found} == {"expert"}
    assert not any(each["unbooked"] for each in found)
    status, agenda = await call("expert", "GET", "/calendar/mine?from=2026-03-01T00:00:00Z&to=2026-04-10T00:00:00Z")
    assert status == 200, agenda
    assert [each["title"] for each in agenda["items"]][:2] == ["查房 5 病区", "查房 5 病区"]
    assert (made["next_at"], made["unbooked"], made["ward"]) == ("2026-03-03T00:30:00Z", 0, "5 病区")


async def test_each_week_one_more_is_made(call: Call, world: World, clock: FakeClock) -> None:
    await planned(call, world)
    clock.move(days=28)
    await sweep(world, clock)
    assert len(await sessions(call)) == 4


async def test_the_preview_names_everything_in_the_way(call: Call, world: World) -> None:
    busy = {"kind": "clinic", "title": "", "starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    for who in ("expert", "expert2"):
        status, said = await call(who, "POST", "/calendar/busy", json=busy)
        assert status == 201, said
    status, out = await call("coordinator", "POST", "/rounds/series/preview", json=series_of(world))
    assert status == 200, out
    first, second = out["items"][:2]
    assert len(out["items"]) == 8
    assert (first["lead_id"], {each["name"] for each in first["clashes"]}) == (None, {"expert", "expert2"})
    assert (second["lead_id"], second["clashes"]) == (str(world.ids["expert"]), [])


async def test_who_is_free_leads_and_the_rest_says_what_blocks_it(call: Call, world: World) -> None:
    busy = {"kind": "clinic", "title": "", "starts_at": "2026-03-03T00:00:00Z", "ends_at": "2026-03-03T04:00:00Z"}
    assert (await call("expert", "POST", "/calendar/busy", json=busy))[0] == 201
    made = await planned(call, world)
    found = await sessions(call)
    assert [each["lead"]["name"] for each in found][:2] == ["expert2", "expert"]
    assert made["unbooked"] == 0


async def test_a_second_series_of_the_same_cart_is_made_and_says_that_it_has_no_time(call: Call, world: World) -> None:
    await planned(call, world)
    other = await planned(call, world, leads=[str(world.ids["neurologist"])], venue_id=None)
    assert other["unbooked"] == 8
    listed = await sessions(call)
    assert sorted(each["unbooked"] for each in listed) == [False] * 4 + [True] * 4
    _, out = await call("coordinator", "POST", "/rounds/series/preview", json=series_of(world))
    assert all(each["same_ward"] for each in out["items"])


async def test_all_that_is_to_come_is_changed_and_sessions_stay_the_same_ones(call: Call, world: World) -> None:
    made = await planned(call, world)
    before = [each["id"] for each in await sessions(call)]
    new = series_of(world, at="10:00", minutes=45)
    status, out = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"])
    assert status == 200, out
    after = await sessions(call)
    assert [each["id"] for each in after] == before
    assert after[0]["starts_at"] == "2026-03-03T02:00:00Z"
    assert after[0]["ends_at"] == "2026-03-03T02:45:00Z"


async def test_from_a_day_on_it_is_another_series(call: Call, world: World) -> None:
    made = await planned(call, world)
    before = [each["id"] for each in await sessions(call)]
    new = series_of(world, rrule="FREQ=WEEKLY;BYDAY=TU,FR", since="2026-03-16")
    status, out = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"])
    assert status == 200, out
    assert out["id"] != made["id"]
    after = await sessions(call)
    assert [each["starts_at"][:10] for each in after] == [
        "2026-03-03",
        "2026-03-10",
        "2026-03-17",
        "2026-03-20",
        "2026-03-24",
        "2026-03-27",
    ]
    assert set(before) <= {each["id"] for each in after}
    assert {each["series_id"] for each in after[:2]} == {made["id"]}
    assert {each["series_id"] for each in after[2:]} == {out["id"]}


async def test_days_that_fall_away_are_cancelled_and_may_come_again(call: Call, world: World) -> None:
    made = await planned(call, world)
    for rule, days in (("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 2), (RULE, 4)):
        new = series_of(world, rrule=rule)
        status, made = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"])
        assert status == 200, made
        assert len([each for each in await sessions(call) if each["state"] == "planned"]) == days


async def test_one_round_is_moved_and_one_left_out(call: Call, world: World) -> None:
    made = await planned(call, world)
    moved = {"change": "moved", "starts_at": "2026-03-04T06:00:00Z", "reason": "出差"}
    path = f"/rounds/series/{made['id']}/occurrences"
    status, made = await call("coordinator", "PUT", f"{path}/2026-03-03", json=moved, match=made["version"])
    assert status == 200, made
    left_out = {"change": "left_out", "reason": "公休"}
    status, made = await call("coordinator", "PUT", f"{path}/2026-03-10", json=left_out, match=made["version"])
    assert status == 200, made
    states = {each["starts_at"][:10]: each["state"] for each in await sessions(call)}
    assert states == {
        "2026-03-04": "planned",
        "2026-03-10": "cancelled",
        "2026-03-17": "planned",
        "2026-03-24": "planned",
    }
    new = series_of(world, at="09:00")
    status, made = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"])
    assert status == 200, made
    starts = [each["starts_at"] for each in await sessions(call) if each["state"] == "planned"]
    assert starts[:2] == ["2026-03-04T06:00:00Z", "2026-03-17T01:00:00Z"]


async def test_it_ends_and_what_was_planned_later_is_cancelled(call: Call, world: World) -> None:
    made = await planned(call, world)
    end = {"last": "2026-03-12", "reason": "协议到期"}
    status, out = await call("coordinator", "POST", f"/rounds/series/{made['id']}/end", json=end, match=made["version"])
    assert status == 200, out
    assert [each["state"] for each in await sessions(call)] == ["planned", "planned", "cancelled", "cancelled"]


@pytest.mark.parametrize(
    ("wrong", "status", "reason"),
    [
        ({"rrule": "FREQ=DAILY"}, 422, "bad_rule"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU,TU"}, 422, "bad_rule"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3"}, 422, "bad_rule"),
        ({"at": "25:00"}, 422, "bad_time"),
        ({"ward_id": "018f0000-0000-7000-8000-000000000000"}, 404, "no_such_ward"),
        ({"venue_id": "018f0000-0000-7000-8000-000000000000"}, 404, "unknown_resource"),
        ({"cart_id": "018f0000-0000-7000-8000-000000000000"}, 404, "no_such_cart"),
        ({"branch_id": "jiashan"}, 404, "no_such_ward"),
    ],
)
async def test_what_cannot_be_is_refused(
    call: Call, world: World, wrong: dict[str, Any], status: int, reason: str
) -> None:
    found, said = await call("coordinator", "POST", "/rounds/series", json=series_of(world, **wrong))
    assert (found, said.get("reason")) == (status, reason)
    assert await sessions(call) == []


async def test_a_lead_must_be_an_expert_of_the_hub(call: Call, world: World) -> None:
    for who in ("doctor", "coordinator"):
        body = series_of(world, leads=[str(world.ids[who])])
        status, said = await call("coordinator", "POST", "/rounds/series", json=body)
        assert (status, said["reason"]) == (404, "no_such_expert")


async def test_nobody_but_a_coordinator_of_the_hub_plans_and_others_do_not_see_it(call: Call, world: World) -> None:
    made = await planned(call, world)
    for who, expected in ((None, 401), ("doctor", 403), ("expert", 403)):
        assert (await call(who, "POST", "/rounds/series", json=series_of(world)))[0] == expected
    assert [e["id"] for e in (await call("doctor", "GET", "/rounds/series"))[1]["items"]] == [made["id"]]
    assert [e["id"] for e in (await call("expert", "GET", "/rounds/series"))[1]["items"]] == [made["id"]]
    for who in ("neurologist", "jiashan_doctor"):
        assert (await call(who, "GET", "/rounds/series"))[1]["items"] == []
        assert await sessions(call, who) == []


async def test_two_coordinators_at_once_one_is_told(call: Call, world: World) -> None:
    made = await planned(call, world)
    path, new = f"/rounds/series/{made['id']}", series_of(world, at="10:00")
    assert (await call("coordinator", "PUT", path, json=new, match=made["version"]))[0] == 200
    assert (await call("coordinator", "PUT", path, json=new, match=made["version"]))[0] == 412


async def test_who_declines_is_followed_by_the_next_of_the_pool_and_then_by_nobody(call: Call, world: World) -> None:
    await planned(call, world)
    session = (await sessions(call))[0]
    path = f"/rounds/sessions/{session['id']}/answer"
    status, out = await call("expert", "POST", path, json={"accepts": False, "words": "手术"}, match=session["version"])
    assert (status, out["actions"], out["may_answer"]) == (200, [], False)
    session = await shown(call, session["id"], "expert2")
    assert (session["lead"]["name"], session["lead_answered"], session["may_answer"]) == ("expert2", "invited", True)
    await call("expert2", "POST", path, json={"accepts": False}, match=session["version"])
    session = await shown(call, session["id"], "coordinator")
    assert (session["lead"], session["may_name_lead"]) == (None, True)
    named = {"lead_id": str(world.ids["neurologist"])}
    lead = f"/rounds/sessions/{session['id']}/lead"
    status, session = await call("coordinator", "POST", lead, json=named, match=session["version"])
    assert (status, session["lead"]["name"]) == (200, "neurologist")


async def test_one_session_is_moved_by_its_coordinator_and_a_taken_time_names_what_takes_it(
    call: Call, world: World
) -> None:
    await planned(call, world)
    session = (await sessions(call))[0]
    later = datetime.fromisoformat(session["starts_at"]) + timedelta(hours=3)
    busy = {"kind": "clinic", "title": "", "starts_at": later.isoformat()}
    busy |= {"ends_at": (later + timedelta(hours=1)).isoformat()}
    assert (await call("expert", "POST", "/calendar/busy", json=busy))[0] == 201
    path = f"/rounds/sessions/{session['id']}/move"
    to = {"starts_at": later.isoformat(), "minutes": 60}
    status, said = await call("coordinator", "POST", path, json=to, match=session["version"])
    assert (status, said["reason"]) == (409, "clash")
    assert [each["name"] for each in said["clashes"]] == ["expert"]
    to = {"starts_at": (later + timedelta(hours=2)).isoformat(), "minutes": 60}
    status, out = await call("coordinator", "POST", path, json=to, match=session["version"])
    assert (status, out["starts_at"]) == (200, "2026-03-03T05:30:00Z")
    assert datetime.fromisoformat(out["locks_at"]) > NOW


async def test_none_is_made_for_a_day_that_no_agreement_covers_until_one_does(
    call: Call, world: World, clock: FakeClock
) -> None:
    await covered_until(world, date(2026, 3, 12))
    await planned(call, world)
    assert [each["starts_at"][:10] for each in await sessions(call)] == ["2026-03-03", "2026-03-10"]
    _, out = await call("coordinator", "POST", "/rounds/series/preview", json=series_of(world))
    assert [each["not_covered"] for each in out["items"]][:3] == [False, False, True]
    await covered_until(world, date(2030, 1, 1))
    await sweep(world, clock)
    assert len(await sessions(call)) == 4


async def test_what_a_changed_series_has_after_the_agreement_is_called_off(call: Call, world: World) -> None:
    made = await planned(call, world)
    await covered_until(world, date(2026, 3, 12))
    new = series_of(world, at="10:00")
    status, out = await call("coordinator", "PUT", f"/rounds/series/{made['id']}", json=new, match=made["version"])
    assert status == 200, out
    left = [each for each in await sessions(call) if each["state"] == "planned"]
    assert [each["starts_at"] for each in left] == ["2026-03-03T02:00:00Z", "2026-03-10T02:00:00Z"]


async def test_what_has_nothing_due_is_only_looked_at(
    call: Call, world: World, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await covered_until(world, date(2026, 3, 12))
    await planned(call, world)
    clock.move(hours=21)  # the list of the first is open
    for _ in range(2):
        await sweep(world, clock)

    def refuse() -> None:
        raise AssertionError("nothing is to be written")

    monkeypatch.setattr(world.db, "write", refuse)
    clock.move(minutes=1)
    await sweep(world, clock)
    assert await close_all(world.db, clock()) == {}


async def test_a_calendar_offers_the_move_of_a_round_to_the_hubs_coordinator(call: Call, world: World) -> None:
    await planned(call, world)
    period = {"from": "2026-03-02T00:00:00Z", "to": "2026-03-08T00:00:00Z", "hospital_id": "ruijin,wuxi"}
    seen = {}
    for who in ("coordinator", "expert", "doctor"):
        _, body = await call(who, "GET", "/calendar", params=period)
        seen[who] = [each["movable"] for each in body["entries"] if each["activity"] == "round"]
    assert seen == {"coordinator": [True], "expert": [False], "doctor": [False]}
