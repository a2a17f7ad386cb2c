"""The claim: one at a time, kept alive, lapsing, taken over with a reason; and sending back to the branch."""

from uuid import UUID

import pytest

from telemed.history.model import EventRow
from telemed.reading.model import Reading
from telemed.reading.service import release_idle
from telemed.work.clock import take_due
from telemed.work.duty import on_duty
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.reading.helpers import STUDY, claimed, listed, requested, rostered
from tests.telemed.reading.helpers import study as another_study


async def test_a_claim_is_shown_with_the_name_and_leaves_the_homes_of_the_others(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    assert (out["state"], out["claim"]["name"], out["claim"]["mine"]) == ("claimed", "reader", True)
    assert out["claim"]["idle_until"] == "2026-03-02T01:10:00Z"
    assert out["actions"] == ["release", "return", "submit"]
    _, seen = await call("reader2", "GET", f"/readings/{out['id']}")
    assert (seen["claim"]["name"], seen["claim"]["mine"], seen["actions"]) == ("reader", False, ["take_over"])
    assert len((await call("reader", "GET", "/home"))[1]["work"]["items"]) == 1
    assert (await call("reader2", "GET", "/home"))[1]["work"]["items"] == []
    assert (await listed(call, "reader"))["counts"]["mine"] == 1
    assert (await listed(call, "reader2"))["counts"]["mine"] == 0


async def test_a_colleague_cannot_claim_it_but_take_it_over_with_a_reason(
    call: Call, world: World, study: UUID
) -> None:
    id = (await claimed(call, study))["id"]
    status, answer = await call("reader2", "POST", f"/readings/{id}/claim", json={})
    assert (status, answer["reason"]) == (409, "claimed")
    status, out = await call("reader2", "POST", f"/readings/{id}/claim", json={"reason": "他去手术室会诊"})
    assert (status, out["claim"]["name"]) == (200, "reader2")
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "reading.taken_over"]
    assert (event.data["before_id"], event.data["reason"]) == (str(world.ids["reader"]), "他去手术室会诊")
    assert (await call("reader", "POST", f"/readings/{id}/release"))[0] == 403
    assert len((await call("reader2", "GET", "/home"))[1]["work"]["items"]) == 1
    assert (await call("reader", "GET", "/home"))[1]["work"]["items"] == []


async def test_keeping_it_alive_is_no_change_and_an_idle_claim_lapses(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await claimed(call, study)
    clock.move(minutes=9)
    _, alive = await call("reader", "POST", f"/readings/{out['id']}/claim", json={})
    assert (alive["version"], alive["claim"]["idle_until"]) == (out["version"], "2026-03-02T01:19:00Z")
    clock.move(minutes=9)
    assert await release_idle(world.db, clock()) == {}
    assert (await rows(world.db, Reading))[0].state == "claimed"
    clock.move(minutes=1)
    _, seen = await call("reader2", "GET", f"/readings/{out['id']}")
    assert (seen["claim"], seen["actions"]) == (None, ["claim", "return"]), "before the clock has noticed"
    assert await release_idle(world.db, clock()) == {}
    (row,) = await rows(world.db, Reading)
    assert (row.state, row.reader_id) == ("requested", None)
    assert len((await call("reader2", "GET", "/home"))[1]["work"]["items"]) == 1, "it is asked of all again"
    assert (await call("reader2", "POST", f"/readings/{out['id']}/claim", json={}))[0] == 200


async def test_a_claim_is_released(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    status, free = await call("reader", "POST", f"/readings/{out['id']}/release")
    assert (status, free["state"], free["claim"]) == (200, "requested", None)
    assert (await call("reader", "POST", f"/readings/{out['id']}/release"))[0] == 409


async def test_it_is_given_to_the_reader_on_duty_with_the_least_open_work(
    call: Call, world: World, study: UUID
) -> None:
    await rostered(world, "reader", "reader2")
    first = await requested(call, study)
    second = await requested(call, await another_study(world, STUDY + ".8", "李"))
    assert {first["state"], second["state"]} == {"assigned"}
    assert {first["claim"]["name"], second["claim"]["name"]} == {"reader", "reader2"}
    mine = first if first["claim"]["name"] == "reader" else second
    assert [each["activity_id"] for each in (await call("reader", "GET", "/home"))[1]["work"]["items"]] == [mine["id"]]
    status, answer = await call("reader2", "POST", f"/readings/{mine['id']}/claim", json={})
    assert (status, answer["reason"]) == (409, "claimed")
    assert (await call("reader", "POST", f"/readings/{mine['id']}/claim", json={}))[1]["state"] == "claimed"


async def test_it_goes_back_to_the_branch_with_a_reason_and_comes_again(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await claimed(call, study)
    path = f"/readings/{out['id']}"
    why = {"code": "incomplete", "words": "缺静脉期"}
    assert (await call("reader2", "POST", f"{path}/return", json=why, match=out["version"]))[0] == 403
    assert (await call("reader", "POST", f"{path}/return", json=why, match=out["version"] - 1))[0] == 412
    assert (await call("reader", "POST", f"{path}/return", json={"code": "other"}, match=out["version"]))[0] == 422
    status, back = await call("reader", "POST", f"{path}/return", json=why, match=out["version"])
    assert (status, back["state"], back["return_words"], back["claim"]) == (200, "returned", "缺静脉期", None)
    assert (await call("reader", "GET", "/home"))[1]["work"]["items"] == []
    (item,) = (await call("doctor", "GET", "/home"))[1]["work"]["items"]
    assert (item["kind"], item["note"]) == ("send_again", {"code": "incomplete", "reason": "缺静脉期"})
    assert (back["due_at"], item["due_at"]) == ("2026-03-02T05:00:00Z",) * 2, "urgent: four hours to see to it"
    (of_images,) = (await call("radiographer", "GET", "/home"))[1]["work"]["items"]
    assert (of_images["kind"], of_images["note"]["reason"]) == ("send_again", "缺静脉期")
    running = {each.ladder for each in await rows(world.db, Deadline) if each.done_at is None}
    assert running == {"sending_again"}
    clock.move(hours=1)
    assert (await call("reader", "POST", f"{path}/resend", json={}, match=back["version"]))[0] == 403
    status, again = await call("doctor", "POST", f"{path}/resend", json={"history": "已补传"}, match=back["version"])
    assert (status, again["state"], again["history"]) == (200, "requested", "已补传")
    assert again["due_at"] == "2026-03-02T06:00:00Z", "its time begins anew"
    for who in ("doctor", "radiographer"):
        assert (await call(who, "GET", "/home"))[1]["work"]["items"] == []
    assert len((await call("reader", "GET", "/home"))[1]["work"]["items"]) == 1


@pytest.mark.parametrize(
    ("urgency", "minutes", "code", "first"),
    [
        ("stat", 30, "quality", ["doctor", "radiographer"]),
        ("urgent", 240, "no_history", ["doctor"]),
        ("routine", 1440, "no_history", ["doctor"]),
    ],
)
async def test_what_came_back_is_due_by_its_urgency_and_tells_who_was_asked_then_the_radiographers(
    call: Call, world: World, study: UUID, clock: FakeClock, urgency: str, minutes: int, code: str, first: list[str]
) -> None:
    out = await claimed(call, study, urgency=urgency)
    _, back = await call("reader", "POST", f"/readings/{out['id']}/return", json={"code": code}, match=out["version"])
    [row] = (await listed(call, "doctor", "returned"))["items"]
    assert row["due_at"] == back["due_at"]
    told: list[list[str]] = []
    for passed in (minutes - 1, 1, 30):
        clock.move(minutes=passed)
        assert await take_due(world.db, clock(), on_duty) == {}
        open_to = {each.staff_id for each in await rows(world.db, Notice) if each.ended_at is None}
        told.append([who for who in ("doctor", "radiographer", "reader") if world.ids[who] in open_to])
    assert told == [[], first, ["doctor", "radiographer"]]
    status, again = await call("doctor", "POST", f"/readings/{out['id']}/resend", json={}, match=back["version"])
    assert (status, again["state"]) == (200, "requested")
    assert {each.ladder for each in await rows(world.db, Deadline) if each.done_at is None} == {"desk"}
    assert all(each.ended_at is not None for each in await rows(world.db, Notice))


async def test_the_ladder_tells_who_has_it_then_all_radiologists(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    await claimed(call, study, urgency="stat")
    clock.move(minutes=30)
    assert await take_due(world.db, clock(), on_duty) == {}
    assert {each.staff_id for each in await rows(world.db, Notice)} == {world.ids["reader"]}
    clock.move(minutes=10)
    assert await take_due(world.db, clock(), on_duty) == {}
    told = {each.staff_id for each in await rows(world.db, Notice)}
    assert told == {world.ids[each] for each in ("reader", "reader2", "chief_reader")}


async def test_the_next_is_the_most_pressing_that_nobody_has_and_whose_images_are_there(
    call: Call, world: World, study: UUID
) -> None:
    await requested(call, study, urgency="routine")
    half = await another_study(world, STUDY + ".11", "甲", received=1, expected=2, complete=False)
    await requested(call, half, urgency="stat")
    await claimed(call, await another_study(world, STUDY + ".12", "乙"), "reader2", urgency="stat")
    await requested(call, await another_study(world, STUDY + ".13", "丙"), urgency="urgent")
    for name in ("丙", "陈远山"):
        status, out = await call("reader", "POST", "/readings/next")
        assert (status, out["patient"]["name"], out["claim"]["mine"]) == (200, name, True)
    status, answer = await call("reader", "POST", "/readings/next")
    assert (status, answer["reason"]) == (409, "nothing_to_read")
    assert (await call("doctor", "POST", "/readings/next"))[0] == 403
