"""The ward board and the page of all wards: what they say, to whom, and whom they name."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from telemed.access.model import AccountRole, Role
from telemed.audit.model import AuditEvent
from telemed.cases.model import Scope
from telemed.people.chart_tables import Admission
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    at_bed,
    confirm,
    consent,
    done,
    instructed,
    item_of,
    listed,
    live,
    planned,
    shown,
    sweep,
)
from tests.telemed.rounds.noting import unregister

TEXT = {"condition": "夜间平卧", "assessment": "容量负荷好转", "plan": ""}


async def board(call: Call, world: World, who: str = "nurse", query: str = "") -> Any:
    status, out = await call(who, "GET", f"/rounds/wards/{world.ids['ward']}/board{query}")
    assert status == 200, out
    return out


def by_bed(out: Any) -> dict[str, Any]:
    return {each["item"]["bed"]: each for each in out["beds"]}


async def wards(call: Call, who: str) -> Any:
    status, out = await call(who, "GET", "/rounds/wards")
    assert status == 200, out
    return out["items"]


async def over(call: Call, world: World, clock: FakeClock) -> tuple[Any, Any]:
    """A round of one bed with an instruction; it has ended, and its note waits to be written."""
    session = await live(call, world, clock, "01", "02")
    item = await at_bed(call, clock, session, "01")
    await instructed(call, clock, session, item)
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "02"), reason="外出")
    clock.move(minutes=10)
    await done(call, clock, session["id"], "expert", "complete")
    return session, item


async def trainee(world: World, who: str) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(AccountRole).where(AccountRole.account_id == world.ids[who]))).all():
            await db.delete(each)
        db.add(AccountRole(account_id=world.ids[who], role=Role.trainee))


async def test_before_the_round_each_bed_says_when_it_is_expected(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    for bed in ("01", "02"):
        await consent(world, bed)
        session = await confirm(call, session, bed)
    out = await board(call, world)
    assert (out["session"]["id"], out["ward"], out["hidden"]) == (session["id"], "5 病区", 0)
    assert [each["which"] for each in out["days"]] == ["today", "next"]
    beds = by_bed(out)
    starts = NOW + timedelta(hours=23, minutes=30)
    assert beds["01"]["expected_at"] == starts.isoformat().replace("+00:00", "Z")
    assert beds["02"]["expected_at"] == (starts + timedelta(minutes=8)).isoformat().replace("+00:00", "Z")
    assert beds["03"]["expected_at"] is None  # not confirmed
    assert beds["01"]["last"] is None
    assert out["next"]["lead"]["name"] == "expert"


async def test_while_it_goes_on_it_says_whose_turn_it_is(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    await at_bed(call, clock, session, "02")
    clock.move(minutes=3)
    out = await board(call, world)
    beds = by_bed(out)
    turns = {bed: each["turn"] for bed, each in beds.items() if each["turn"]}
    assert turns == {"02": "now", "01": "next", "03": "after"}
    assert beds["02"]["item"]["spent"] == 180
    assert beds["02"]["began_at"] is not None
    assert beds["01"]["expected_at"] == (clock() + timedelta(minutes=5)).isoformat().replace("+00:00", "Z")
    assert out["ends_expected_at"] == (clock() + timedelta(minutes=29)).isoformat().replace("+00:00", "Z")


async def test_open_instructions_stand_by_bed_until_they_are_carried_out(
    call: Call, world: World, clock: FakeClock
) -> None:
    _, item = await over(call, world, clock)
    out = await board(call, world)
    (open_,) = out["instructions"]
    assert (open_["bed"], open_["patient"]["name"], open_["items"][0]["state"]) == ("01", "卫长庚", "to_read_back")
    given = open_["items"][0]
    path = f"/rounds/instructions/{given['id']}/decline"
    assert (await call("doctor", "POST", path, json={"reason": "已停"}, match=given["version"]))[0] == 200
    assert (await board(call, world))["instructions"] == []
    assert item["bed"] == "01"


async def test_the_round_of_another_day_is_shown_and_one_of_another_ward_is_not(
    call: Call, world: World, clock: FakeClock
) -> None:
    session, _ = await over(call, world, clock)
    clock.move(days=2)
    out = await board(call, world)
    assert [each["which"] for each in out["days"]] == ["before", "next"]
    assert out["session"]["id"] == out["days"][1]["id"]
    before = await board(call, world, query=f"?session={session['id']}")
    assert by_bed(before)["01"]["item"]["state"] == "discussed"
    status, _ = await call("nurse", "GET", f"/rounds/wards/{world.ids['ward']}/board?session={world.ids['ward']}")
    assert status == 404


async def test_the_weeks_are_computed_from_rounds_and_notes(call: Call, world: World, clock: FakeClock) -> None:
    _, item = await over(call, world, clock)
    weeks = (await board(call, world))["cadence"]
    assert (weeks["every"], weeks["since_last"]) == (7, 0)
    assert weeks["ranks"] == [{"rank": "chief", "counts": [0] * 7 + [1]}]
    assert (weeks["guidance"], weeks["kept"]) == ([0] * 8, [None] * 7 + [True])
    assert weeks["written"][-1] == {"in_time": 0, "late": 0, "waits": 1, "overdue": 0}
    clock.move(hours=3)
    path = f"/rounds/items/{item['id']}/note"
    version = (await call("doctor", "PUT", path, json=TEXT, match=0))[1]["version"]
    assert (await call("doctor", "POST", f"{path}/submit", match=version))[0] == 200
    weeks = (await board(call, world))["cadence"]
    assert weeks["written"][-1] == {"in_time": 0, "late": 1, "waits": 0, "overdue": 0}
    assert weeks["countersigned"][-1] == {"in_time": 0, "late": 0, "waits": 1, "overdue": 0}
    clock.move(days=8)
    weeks = (await board(call, world))["cadence"]
    assert (weeks["kept"][-1], weeks["since_last"]) == (False, 8)
    assert weeks["countersigned"][-2]["overdue"] == 1


async def test_guidance_counts_as_no_senior_round(call: Call, world: World, clock: FakeClock) -> None:
    await unregister(world, "expert")
    await over(call, world, clock)
    weeks = (await board(call, world))["cadence"]
    assert (weeks["ranks"], weeks["guidance"][-1]) == ([], 1)


async def test_the_last_senior_round_of_the_stay_stands_at_the_bed(call: Call, world: World, clock: FakeClock) -> None:
    await over(call, world, clock)
    clock.move(days=6)
    await sweep(world, clock)
    clock.move(hours=12)
    beds = by_bed(await board(call, world))
    assert beds["01"]["last"]["lead"]["name"] == "expert"  # has an open instruction, and is proposed again
    assert all(each["last"] is None for bed, each in beds.items() if bed != "01")


async def test_a_ward_of_another_hospital_does_not_exist(call: Call, world: World, clock: FakeClock) -> None:
    await listed(call, world, clock)
    path = f"/rounds/wards/{world.ids['ward']}/board"
    for who in ("jiashan_doctor", "neurologist", "coordinator", "expert"):
        assert (await call(who, "GET", path))[0] == 404, who


async def test_who_leads_the_round_that_goes_on_sees_whom_it_visits_and_nobody_else(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock, "01")
    await instructed(call, clock, session, await at_bed(call, clock, session, "01"))
    out = await board(call, world, "expert")
    assert [each["item"]["bed"] for each in out["beds"]] == ["01"]
    assert out["hidden"] == 3
    assert [each["bed"] for each in out["instructions"]] == ["01"]
    await done(call, clock, session["id"], "expert", "complete")
    assert (await call("expert", "GET", f"/rounds/wards/{world.ids['ward']}/board"))[0] == 404


async def test_a_student_sees_the_beds_of_those_who_agreed_and_nothing_of_the_others(
    call: Call, world: World, clock: FakeClock
) -> None:
    await trainee(world, "doctor2")
    session = await live(call, world, clock, "01", "02")
    await instructed(call, clock, session, await at_bed(call, clock, session, "01"))
    out = await board(call, world, "doctor2")
    assert {bed: each["item"]["patient"] for bed, each in by_bed(out).items()} == dict.fromkeys(by_bed(out))
    assert out["instructions"] == []
    assert "卫长庚" not in str(out)


async def test_a_student_sees_what_is_open_of_who_agreed_to_teaching(
    call: Call, world: World, clock: FakeClock
) -> None:
    await trainee(world, "doctor2")
    session = await listed(call, world, clock)
    await consent(world, "01", Scope.consult, Scope.teaching)
    await confirm(call, session, "01")
    clock.now = NOW + timedelta(hours=23, minutes=30)
    await sweep(world, clock)
    await done(call, clock, session["id"], "expert", "start")
    session = await shown(call, session["id"], "expert")
    await instructed(call, clock, session, await at_bed(call, clock, session, "01"))
    out = await board(call, world, "doctor2")
    assert [each["patient"]["name"] for each in out["instructions"]] == ["卫长庚"]
    assert by_bed(out)["01"]["item"]["patient"]["name"] == "卫长庚"


async def test_whoever_is_named_on_it_is_kept_as_seen(call: Call, world: World, clock: FakeClock) -> None:
    await over(call, world, clock)
    clock.move(minutes=6)
    before = {each.id for each in await rows(world.db, AuditEvent)}
    await board(call, world)
    left = [each for each in await rows(world.db, AuditEvent) if each.id not in before]
    assert {each.patient_id for each in left} == {world.ids[bed] for bed in ("01", "02")}


@pytest.mark.parametrize("who", ["coordinator", "expert", "chief"])
async def test_all_wards_in_one_list(call: Call, world: World, clock: FakeClock, who: str) -> None:
    await over(call, world, clock)
    clock.move(hours=5)
    (ward,) = await wards(call, who)
    assert (ward["ward"], ward["open"], ward["overdue"], ward["late_to_write"]) == ("5 病区", 1, 1, 1)
    assert ward["may_open"] == (who == "chief")
    (series,) = ward["series"]
    assert (series["kept"], series["days"], series["last"]["lead"]["name"]) == (True, 0, "expert")
    assert series["next"] is not None
    clock.move(days=9)
    (series,) = (await wards(call, who))[0]["series"]
    assert (series["kept"], series["days"]) == (False, 9)


async def test_all_wards_are_for_who_answers_for_them(call: Call, world: World, clock: FakeClock) -> None:
    await planned(call, world)
    assert await wards(call, "neurologist") == []
    for who in ("doctor", "nurse", "jiashan_doctor"):
        assert (await call(who, "GET", "/rounds/wards"))[0] == 403, who


async def test_who_has_just_come_is_marked_with_by_when_the_first_round_is_due(
    call: Call, world: World, clock: FakeClock
) -> None:
    came = NOW - timedelta(hours=20)
    _, item = await over(call, world, clock)
    async with world.db.write() as db:
        for each in (await db.exec(select(Admission))).all():
            each.admitted_at = came
    beds = by_bed(await board(call, world))
    assert item["bed"] == "01"
    assert beds["01"]["first_by"] is None  # this round was it
    assert beds["02"]["first_by"] == (came + timedelta(hours=48)).isoformat().replace("+00:00", "Z")


async def test_guidance_is_no_first_round(call: Call, world: World, clock: FakeClock) -> None:
    await unregister(world, "expert")
    await over(call, world, clock)
    assert by_bed(await board(call, world))["01"]["first_by"] is not None
