"""The run-sheet: acts taken once, whichever screen sends them, and nothing at the wrong patient."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from telemed.access.model import AccountRole, Role
from telemed.cases.model import Scope
from telemed.history.model import EventRow
from telemed.kit.events import Outbox
from telemed.kit.table import new_id
from telemed.rounds.model import RoundAct
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.rounds.helpers import (
    act,
    at_bed,
    bed_of,
    confirm,
    consent,
    done,
    instructed,
    item_of,
    listed,
    live,
    shown,
)
from tests.telemed.rounds.tickets import claims_of


async def test_a_round_of_four_beds(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    assert (session["state"], session["current_id"], session["room_open"]) == ("live", None, True)
    first = await at_bed(call, clock, session, "01")
    clock.move(minutes=6)
    given = await instructed(call, clock, session, first)
    assert (given["n"], given["state"], given["owner"]) == (1, "to_read_back", None)
    read = {"instruction_id": given["id"], "text": "呋塞米口服 40 毫克，每日一次"}
    await done(call, clock, session["id"], "doctor", "read_back", **read)
    await done(call, clock, session["id"], "expert", "defer", item_of(session, "02"), reason="外出检查")
    await at_bed(call, clock, session, "03")
    await done(call, clock, session["id"], "expert", "skip", item_of(session, "04"), reason="拒绝")
    await at_bed(call, clock, session, "02")
    await done(call, clock, session["id"], "expert", "complete")
    out = await shown(call, session["id"])
    states = {each["bed"]: each["state"] for each in out["items"]}
    assert (out["state"], states) == (
        "completed",
        {"01": "discussed", "02": "discussed", "03": "discussed", "04": "skipped"},
    )
    bed = await bed_of(call, session, first)
    assert (bed["item"]["spent"], bed["item"]["identified"]) == (360, "wristband")
    instruction = bed["instructions"][0]
    assert (instruction["state"], instruction["heard"]) == ("to_execute", "呋塞米口服 40 毫克，每日一次")
    assert instruction["read_back_by"]["name"] == instruction["owner"]["name"] == "doctor"


async def test_an_act_that_is_sent_again_is_taken_once_and_another_of_its_id_is_refused(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = await at_bed(call, clock, session, "01")
    said: dict[str, Any] = {
        "id": str(new_id()),
        "instruction": "test",
        "text": "复查血钾",
        "due_at": (clock() + timedelta(hours=4)).isoformat(),
        "occurred_at": clock().isoformat(),
    }
    once = await done(call, clock, session["id"], "expert", "instruct", item, **said)
    clock.move(seconds=90)
    again = await done(call, clock, session["id"], "expert", "instruct", item, **said)
    assert again["outcome"] == once["outcome"] == "done"
    assert len((await bed_of(call, session, item))["instructions"]) == 1
    status, refused = await act(call, clock, session["id"], "expert", "instruct", item, **said | {"text": "别的"})
    assert (status, refused["reason"]) == (409, "act_taken")


async def test_nothing_is_instructed_before_it_is_known_who_lies_there(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "01")
    said: dict[str, Any] = {"instruction": "test", "text": "复查", "due_at": (clock() + timedelta(hours=4)).isoformat()}
    status, refused = await act(call, clock, session["id"], "expert", "instruct", item, **said)
    assert (status, refused["reason"]) == (409, "not_at_bed")
    await done(call, clock, session["id"], "expert", "present", item)
    status, refused = await act(call, clock, session["id"], "expert", "instruct", item, **said)
    assert (status, refused["reason"]) == (409, "not_identified")
    await done(call, clock, session["id"], "nurse", "identify", item, how="wristband", number=" w2601 ")
    await done(call, clock, session["id"], "expert", "instruct", item, **said)
    # Gone back to later, they are identified anew.
    await at_bed(call, clock, session, "02")
    await done(call, clock, session["id"], "expert", "present", item)
    status, refused = await act(call, clock, session["id"], "expert", "instruct", item, **said)
    assert (status, refused["reason"]) == (409, "not_identified")


async def test_the_wrong_wristband_is_an_alarm_and_nothing_else(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "01")
    await done(call, clock, session["id"], "expert", "present", item)
    status, out = await act(call, clock, session["id"], "nurse", "identify", item, how="wristband", number="W2602")
    assert (status, out["outcome"]) == (200, "wrong_wristband")
    assert "朱亢宿" not in str(out)
    assert item_of(await shown(call, session["id"]), "01")["identified_at"] is None
    assert "round_item.wristband_refused" in {each.type for each in await rows(world.db, EventRow)}
    status, refused = await act(call, clock, session["id"], "expert", "identify", item, how="wristband", number="W2601")
    assert (status, refused["reason"]) == (403, "capacity")


async def test_said_aloud_it_takes_two_people(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "01")
    await done(call, clock, session["id"], "expert", "present", item)
    await done(call, clock, session["id"], "expert", "identify", item, how="spoken")
    assert item_of(await shown(call, session["id"]), "01")["identified_at"] is None
    status, out = await act(call, clock, session["id"], "expert", "identify", item, how="spoken")
    assert (status, out["outcome"]) == (200, "already")
    await done(call, clock, session["id"], "doctor", "identify", item, how="spoken")
    seen = item_of(await shown(call, session["id"]), "01")
    assert seen["identified_at"] is not None
    assert [each["name"] for each in seen["identified_by"]] == ["expert", "doctor"]


async def test_a_cart_that_was_offline_loses_nothing_and_the_leads_bed_wins(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    one, two, three = (item_of(session, bed) for bed in ("01", "02", "03"))
    given = await instructed(call, clock, session, await at_bed(call, clock, session, "01"))
    clock.move(minutes=5)
    await done(call, clock, session["id"], "expert", "present", three)
    clock.move(minutes=5)
    status, out = await act(call, clock, session["id"], "doctor", "present", two, ago=480)
    assert (status, out["outcome"]) == (200, "overtaken")
    await done(call, clock, session["id"], "doctor", "say", two, ago=400, text="双下肢水肿减轻")
    read = {"instruction_id": given["id"], "text": "口服四十毫克"}
    await done(call, clock, session["id"], "doctor", "read_back", ago=450, **read)
    out = await shown(call, session["id"])
    assert (out["current_id"], item_of(out, "02")["state"]) == (three["id"], "confirmed")
    line = (await bed_of(call, session, two))["lines"][0]
    assert (line["text"], line["at"]) == ("双下肢水肿减轻", (clock() - timedelta(seconds=400)).isoformat()[:-6] + "Z")
    heard = (await bed_of(call, session, one))["instructions"][0]
    assert heard["read_back_at"] == (clock() - timedelta(seconds=450)).isoformat()[:-6] + "Z"


async def test_a_clock_that_is_off_by_an_hour_changes_no_times(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "01")
    wrong = clock() + timedelta(hours=1)
    times = {"occurred_at": (wrong - timedelta(seconds=30)).isoformat(), "sent_at": wrong.isoformat()}
    clock.move(minutes=2)
    await done(call, clock, session["id"], "doctor", "present", item, **times)
    kept = next(each for each in await rows(world.db, RoundAct) if each.kind == "present")
    assert kept.occurred_at == clock() - timedelta(seconds=30)


async def test_what_comes_after_the_end_is_kept_and_moves_nothing(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    item = item_of(session, "02")
    clock.move(minutes=10)
    await done(call, clock, session["id"], "expert", "complete")
    clock.move(minutes=3)
    status, out = await act(call, clock, session["id"], "doctor", "present", item, ago=400)
    assert (status, out["outcome"]) == (200, "overtaken")
    await done(call, clock, session["id"], "doctor", "say", item, ago=380, text="夜间平卧")
    assert item_of(await shown(call, session["id"]), "02")["state"] == "deferred"


async def test_the_lead_hands_over_and_goes_on_seeing_it(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    await done(call, clock, session["id"], "expert", "hand_over", lead_id=str(world.ids["expert2"]))
    status, refused = await act(call, clock, session["id"], "expert", "complete")
    assert (status, refused["reason"]) == (403, "capacity")
    former = await shown(call, session["id"], "expert")
    assert (len(former["items"]), former["actions"]) == (4, [])
    await done(call, clock, session["id"], "expert2", "present", item_of(session, "01"))
    stranger: dict[str, Any] = {"lead_id": str(world.ids["doctor"])}
    status, refused = await act(call, clock, session["id"], "expert2", "hand_over", **stranger)
    assert (status, refused["reason"]) == (404, "no_such_expert")


async def test_a_cart_does_not_turn_back_the_bed_of_who_led_before(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    await done(call, clock, session["id"], "expert", "present", item_of(session, "03"))
    await done(call, clock, session["id"], "expert", "hand_over", lead_id=str(world.ids["expert2"]))
    clock.move(minutes=2)
    status, out = await act(call, clock, session["id"], "doctor", "present", item_of(session, "02"), ago=180)
    assert (status, out["outcome"]) == (200, "overtaken")
    status, out = await act(call, clock, session["id"], "doctor", "present", item_of(session, "02"), ago=60)
    assert (status, out["outcome"]) == (200, "done")


async def test_it_is_ended_once_from_whichever_window(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    await at_bed(call, clock, session, "01")
    await done(call, clock, session["id"], "expert", "complete")
    status, out = await act(call, clock, session["id"], "expert", "complete")
    assert (status, out["outcome"]) == (200, "already")


async def test_only_the_lead_begins_and_before_it_is_ready_with_a_reason(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await listed(call, world, clock)
    await consent(world, "01")
    session = await confirm(call, session, "01")
    status, refused = await act(call, clock, session["id"], "doctor", "start")
    assert (status, refused["reason"]) == (403, "capacity")
    status, refused = await act(call, clock, session["id"], "expert", "start")
    assert (status, refused["reason"]) == (422, "reason_needed")
    await done(call, clock, session["id"], "expert", "start", reason="提前查房")
    status, out = await act(call, clock, session["id"], "expert", "start")
    assert (status, out["outcome"]) == (200, "already")


async def test_paused_it_goes_to_no_other_bed(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock)
    await done(call, clock, session["id"], "doctor", "pause")
    status, refused = await act(call, clock, session["id"], "expert", "present", item_of(session, "01"))
    assert (status, refused["reason"]) == (409, "paused")
    await done(call, clock, session["id"], "expert", "resume")
    await done(call, clock, session["id"], "expert", "present", item_of(session, "01"))


async def test_whoever_is_not_confirmed_is_not_presented(call: Call, world: World, clock: FakeClock) -> None:
    session = await live(call, world, clock, "01")
    item = item_of(await shown(call, session["id"]), "02")
    status, refused = await act(call, clock, session["id"], "doctor", "present", item)
    assert (status, refused["reason"]) == (409, "wrong_state")
    assert (await act(call, clock, session["id"], "expert", "present", item))[0] == 404


async def test_students_follow_only_who_has_agreed_to_teaching(call: Call, world: World, clock: FakeClock) -> None:
    async with world.db.write() as db:
        for each in (await db.exec(select(AccountRole).where(AccountRole.account_id == world.ids["doctor2"]))).all():
            await db.delete(each)
        db.add(AccountRole(account_id=world.ids["doctor2"], role=Role.trainee))
    session = await listed(call, world, clock)
    await consent(world, "01", Scope.consult, Scope.teaching)
    await consent(world, "02")
    for bed in ("01", "02"):
        session = await confirm(call, session, bed)
    seen = await shown(call, session["id"], "doctor2")
    names = {each["bed"]: each["patient"] and each["patient"]["name"] for each in seen["items"]}
    assert names == {"01": "卫长庚", "02": None, "03": None, "04": None}
    assert (await bed_of(call, session, item_of(session, "01"), "doctor2"))["item"]["patient"]["name"] == "卫长庚"
    path = f"/rounds/items/{item_of(session, '02')['id']}"
    assert (await call("doctor2", "GET", path))[0] == 404
    assert (await call("doctor2", "GET", f"{path}/note"))[0] == 404
    agreed = f"/rounds/items/{item_of(session, '01')['id']}/note"
    assert (await call("doctor2", "GET", agreed))[0] == 200


async def test_every_act_is_told_to_both_hospitals_with_the_new_revision(
    call: Call, world: World, clock: FakeClock
) -> None:
    session = await live(call, world, clock)
    before = session["rev"]
    item = item_of(session, "01")
    out = await done(call, clock, session["id"], "expert", "present", item)
    assert out["rev"] > before
    news = [each.data for each in await rows(world.db, Outbox) if each.type == "round.changed"]
    assert {"id": session["id"], "hospitals": ["wuxi", "ruijin"], "rev": out["rev"], "item_id": item["id"]}.items() <= (
        news[-1].items()
    )


@pytest.mark.parametrize(
    ("who", "role", "rights"),
    [
        ("expert", "lead", {"publish", "subscribe", "admit"}),
        ("doctor", "accompanying_physician", {"publish", "subscribe"}),
        ("nurse", "accompanying_physician", {"publish", "subscribe"}),
        ("coordinator", "guest", {"subscribe"}),
    ],
)
async def test_who_enters_its_room_as_what(
    call: Call, world: World, clock: FakeClock, who: str, role: str, rights: set[str]
) -> None:
    session = await live(call, world, clock)
    claims = await claims_of(call, who, session["id"])
    assert (claims["role"], set(claims["grants"]), claims["booked"], claims["case"]) == (role, rights, True, None)


async def test_its_room_is_closed_to_others_and_before_its_time(call: Call, world: World, clock: FakeClock) -> None:
    session = await listed(call, world, clock)
    path = f"/rooms/{session['id']}/ticket"
    status, said = await call("expert", "POST", path, json={"device": "page"})
    assert (status, said["reason"]) == (409, "room_closed")
    assert (await call("neurologist", "POST", path, json={"device": "page"}))[0] == 404
    clock.now = NOW + timedelta(hours=23)
    assert (await call("expert", "POST", path, json={"device": "page"}))[0] == 200
