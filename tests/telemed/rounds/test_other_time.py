"""The lead of a round proposes another time: a coordinator moves the round there, or says why it stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from telemed.audit.model import AuditEvent
from telemed.history.model import EventRow
from telemed.work.model import WorkItem
from tests.telemed.conftest import NOW, Call, FakeClock, World, add_hub, rows
from tests.telemed.rounds.helpers import answer_of, confirm, consent, first, listed, planned, series_of, shown, sweep
from tests.telemed.rounds.notices import told

STARTS, LATER = NOW + timedelta(hours=23, minutes=30), NOW + timedelta(hours=26)
WORDS = "上午门诊，十一点以后可以"


async def propose(call: Call, session: Any, who: str = "expert", at: datetime = LATER, **more: Any) -> tuple[int, Any]:
    path, body = f"/rounds/sessions/{session['id']}/other-time", {"starts_at": at.isoformat(), "words": WORDS}
    return await call(who, "POST", path, json=body | more, match=session["version"])


async def turn_down(
    call: Call, session: Any, who: str = "coordinator", words: str = "上午只有这一段"
) -> tuple[int, Any]:
    path = f"/rounds/sessions/{session['id']}/other-time/turn-down"
    return await call(who, "POST", path, json={"words": words}, match=session["version"])


async def move(call: Call, session: Any, at: datetime = LATER, minutes: int = 60, **more: Any) -> tuple[int, Any]:
    path, body = f"/rounds/sessions/{session['id']}/move", {"starts_at": at.isoformat(), "minutes": minutes} | more
    return await call("coordinator", "POST", path, json=body, match=session["version"])


async def asked(world: World) -> list[tuple[str, str]]:
    """What is open about rounds, of whom."""
    names = {id: name for name, id in world.ids.items()}
    found = [each for each in await rows(world.db, WorkItem) if each.done_at is None and each.activity == "round"]
    return [(each.kind, names[each.staff_id] if each.staff_id else each.role or "") for each in found]


async def only_afternoons(call: Call, world: World) -> None:
    """When the lead can be had."""
    hours = {"week": [*["13:00-17:00"] * 5, "", ""], "tele": [], "buffer_minutes": 0}
    path = f"/calendar/availability/{world.ids['expert']}"
    assert (await call("expert", "PUT", path, json=hours, match=0))[0] == 200


@pytest.fixture
async def session(call: Call, world: World) -> Any:
    await planned(call, world)
    return await first(call)


async def test_the_centre_sees_the_time_that_the_lead_proposes_and_moves_the_round_there(
    call: Call, world: World, session: Any
) -> None:
    status, out = await propose(call, session)
    assert (status, out["lead_answered"], out["starts_at"]) == (200, "proposed", session["starts_at"])
    mine = {"words": WORDS, "passed": False, "in_the_way": None}
    assert mine.items() <= out["other_time"].items()
    assert await asked(world) == [("decide_round_time", "coordinator")]
    seen = await first(call)
    assert datetime.fromisoformat(seen["other_time"]["starts_at"]) == LATER
    assert datetime.fromisoformat(seen["other_time"]["ends_at"]) == LATER + timedelta(hours=1)
    assert seen["other_time"]["in_the_way"] == {"clashes": [], "limits": []}
    status, out = await move(call, seen)
    assert (status, out["lead_answered"], out["other_time"]) == (200, "accepted", None)
    assert datetime.fromisoformat(out["starts_at"]) == LATER
    assert await asked(world) == []
    assert await told(world, session) == {("round_moved", "expert"), ("round_moved", "doctor")}
    status, refused = await move(call, seen)
    assert (status, refused["code"]) == (412, "stale"), "a second press changes nothing"
    types = [each.type for each in await rows(world.db, EventRow) if str(each.activity_id) == session["id"]]
    assert types.count("round.time_proposed") == types.count("round.moved") == 1
    noted = [each.action for each in await rows(world.db, AuditEvent) if each.target == session["id"]]
    assert {"round.time_proposed", "round.moved"} <= set(noted)


async def test_one_that_is_turned_down_is_told_with_its_words_and_the_lead_is_asked_again(
    call: Call, world: World, session: Any
) -> None:
    seen = (await propose(call, session))[1]
    assert (await turn_down(call, seen, words=" "))[1]["reason"] == "reason_needed"
    status, out = await turn_down(call, seen)
    assert (status, out["lead_answered"], out["other_time"], out["turned_down"]) == (200, "invited", None, "")
    assert await asked(world) == [("answer_round", "expert")]
    assert ("round_time_kept", "expert") in await told(world, session)
    assert (await turn_down(call, seen))[0] == 412
    status, refused = await turn_down(call, out)
    assert (status, refused["reason"]) == (409, "no_proposal")
    mine = await shown(call, session["id"], "expert")
    assert (mine["turned_down"], mine["may_answer"]) == ("上午只有这一段", True)
    path = f"/rounds/sessions/{session['id']}/answer"
    status, mine = await call("expert", "POST", path, json={"accepts": True}, match=mine["version"])
    assert (status, mine["lead_answered"], mine["turned_down"]) == (200, "accepted", "")
    assert await asked(world) == []


async def test_what_stands_in_the_way_is_seen_before_it_is_moved_and_refuses_the_move(
    call: Call, world: World, session: Any
) -> None:
    span = {"starts_at": LATER.isoformat(), "ends_at": (LATER + timedelta(hours=1)).isoformat()}
    busy = {"kind": "clinic", "title": "", **span}
    assert (await call("doctor", "POST", "/calendar/busy", json=busy))[0] == 201
    await only_afternoons(call, world)
    await propose(call, session)
    seen = await first(call)
    found = seen["other_time"]["in_the_way"]
    assert [each["name"] for each in found["clashes"]] == ["doctor"]
    assert [(each["limit"], each["name"]) for each in found["limits"]] == [("hours", "expert")]
    status, refused = await move(call, seen, override="本人提出")
    assert (status, refused["reason"], [each["name"] for each in refused["clashes"]]) == (409, "clash", ["doctor"])
    assert (await first(call))["lead_answered"] == "proposed", "it stays as it was"


async def test_a_limit_is_passed_over_with_a_reason(call: Call, world: World, session: Any) -> None:
    await only_afternoons(call, world)
    out = (await propose(call, session))[1]
    status, refused = await move(call, out)
    assert (status, refused["reason"]) == (409, "limits")
    status, out = await move(call, out, override="本人提出")
    assert (status, out["lead_answered"]) == (200, "accepted")


async def test_only_who_leads_it_proposes_and_only_what_is_to_come(call: Call, world: World, session: Any) -> None:
    assert (await propose(call, session, "expert2"))[0] == 404
    assert (await propose(call, session, at=NOW))[1]["reason"] == "in_the_past"
    status, refused = await propose(call, session, at=STARTS)
    assert (status, refused["reason"]) == (422, "same_time")
    assert (await propose(call, session, "doctor"))[0] == 403
    assert (await turn_down(call, session, "expert"))[0] == 403
    assert await asked(world) == []
    await add_hub(world, "renji")
    assert (await turn_down(call, (await propose(call, session))[1], "renji"))[0] == 404
    assert await asked(world) == [("decide_round_time", "coordinator")]


async def test_what_was_moved_called_off_or_given_to_another_meanwhile_is_said(
    call: Call, world: World, session: Any
) -> None:
    status, moved = await move(call, session, STARTS + timedelta(hours=5))
    assert status == 200
    assert (await propose(call, session))[0] == 412
    status, out = await propose(call, moved)
    assert status == 200
    status, out = await move(call, out, STARTS + timedelta(hours=6))
    assert (status, out["lead_answered"], out["other_time"]) == (200, "invited", None), "neither time: asked again"
    out = (await propose(call, out))[1]
    path, body = f"/rounds/sessions/{session['id']}/lead", {"lead_id": str(world.ids["neurologist"])}
    status, led = await call("coordinator", "POST", path, json=body, match=out["version"])
    assert (status, led["lead_answered"], led["other_time"]) == (200, "invited", None)
    assert (await propose(call, led))[0] in (404, 409), "they lead it no more"
    assert await asked(world) == [("answer_round", "neurologist")]
    led = (await propose(call, led, "neurologist"))[1]
    path = f"/rounds/sessions/{session['id']}/cancel"
    status, off = await call("coordinator", "POST", path, json={"reason": "病区消毒"}, match=led["version"])
    assert (status, off["other_time"]) == (200, None)
    assert await asked(world) == []
    assert (await turn_down(call, led))[0] == 412
    assert (await turn_down(call, off))[1]["reason"] == "no_proposal"
    assert (await propose(call, off, "neurologist"))[1]["reason"] == "no_invitation"


async def test_whoever_declined_once_is_not_shown_their_words_when_named_again(
    call: Call, world: World, session: Any
) -> None:
    path = f"/rounds/sessions/{session['id']}"
    body = {"accepts": False, "words": "出差"}
    out = (await call("expert", "POST", f"{path}/answer", json=body, match=session["version"]))[1]
    body = {"lead_id": str(world.ids["expert"])}
    assert (await call("coordinator", "POST", f"{path}/lead", json=body, match=out["version"]))[0] == 200
    assert (await shown(call, session["id"], "expert"))["turned_down"] == ""


async def test_a_round_is_not_ready_while_its_lead_proposes_another_time(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await confirm(call, session, "01")
    clock.now = NOW + timedelta(hours=22)
    await sweep(world, clock)
    session = await shown(call, session["id"], "expert")
    assert session["state"] == "ready"
    status, out = await propose(call, session, at=STARTS + timedelta(minutes=30))
    assert (status, out["state"]) == (200, "list_locked")
    status, out = await move(call, out, STARTS + timedelta(minutes=30))
    assert (status, out["state"], out["lead_answered"]) == (200, "ready", "accepted")


async def test_a_time_that_has_passed_meanwhile_is_only_turned_down(
    call: Call, world: World, session: Any, clock: FakeClock
) -> None:
    await propose(call, session, at=NOW + timedelta(hours=20))
    clock.now = NOW + timedelta(hours=21)
    seen = await first(call)
    assert (seen["other_time"]["passed"], seen["other_time"]["in_the_way"]) == (True, None)
    status, refused = await move(call, seen, NOW + timedelta(hours=20))
    assert (status, refused["reason"]) == (409, "in_the_past")
    assert (await turn_down(call, seen))[0] == 200


async def test_a_series_at_another_hour_asks_who_had_proposed_a_time(call: Call, world: World) -> None:
    made = await planned(call, world)
    session = await first(call)
    await propose(call, session)
    path, new = f"/rounds/series/{made['id']}", series_of(world, at="10:00")
    assert (await call("coordinator", "PUT", path, json=new, match=made["version"]))[0] == 200
    assert await answer_of(world, session["id"], "expert") == "invited"
    assert ("answer_round", "expert") in await asked(world)
    assert "decide_round_time" not in {kind for kind, _ in await asked(world)}
