"""What becomes of advice: answered by the requester, executed by a branch doctor, closed as the rules say."""

from datetime import timedelta
from uuid import UUID

import pytest

from telemed.access.model import CaseGrant
from telemed.consultations.model import Consultation
from telemed.consultations.words import State
from telemed.work.model import WorkItem, WorkKind
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import (
    acknowledge,
    advice,
    answers,
    board,
    execute,
    opinion,
    save,
    sign,
    signed,
    text_of,
)


async def test_only_a_requesting_doctor_of_the_branch_answers(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    assert (await acknowledge(call, id, out, *["adopted"] * 3, who="nurse"))[0] == 403
    assert (await acknowledge(call, id, out, *["adopted"] * 3, who="jiashan_doctor"))[0] == 404
    assert (await acknowledge(call, id, out, *["adopted"] * 3, who="doctor2"))[0] == 200


async def test_not_adopting_needs_a_reason_and_every_advice_an_answer(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    body = answers(out, "adopted", "not_adopted", "adopted")
    body["answers"][1]["reason"] = " "
    path, version = f"/consultations/{id}/acknowledgement", out["consultation_version"]
    assert (await call("doctor", "POST", path, match=version, json=body))[0] == 422
    body["answers"].pop(1)
    status, problem = await call("doctor", "POST", path, match=version, json=body)
    assert (status, problem["reason"], problem["missing"]) == (409, "advice_unanswered", [2])
    assert (await board(call, id))["state"] == "signed"


async def test_an_adopted_advice_becomes_work_with_its_owner_and_due(call: Call, world: World) -> None:
    mine = advice("a1", "复查血压", owner="doctor2", owner_id=str(world.ids["doctor2"]))
    at = advice("a2", "复查 CT", due="at", due_at=(NOW + timedelta(days=2)).isoformat())
    id, out = await signed(call, world, advice=[mine, at], medicines=[])
    status, after = await acknowledge(call, id, out, "adopted", "in_part")
    assert (status, after["state"]) == (200, "executing")
    items = [each for each in await rows(world.db, WorkItem) if each.kind is WorkKind.execute]
    assert [each.staff_id for each in items] == [world.ids["doctor2"], world.ids["doctor"]]
    assert [each.due_at for each in items] == [NOW + timedelta(minutes=40), NOW + timedelta(days=2)]
    assert str(items[0].activity_id) == id


async def test_a_nurse_and_the_hub_never_execute_and_an_order_must_be_named(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await acknowledge(call, id, out, *["adopted"] * 3)
    first = (await board(call, id))["advice"][0]
    assert (await execute(call, first, "nurse"))[0] == 403
    assert (await execute(call, first, "expert"))[0] == 403
    assert (await execute(call, first, "jiashan_doctor"))[0] == 404
    assert (await execute(call, first, order_number=" "))[0] == 422
    status, done = await execute(call, first, order_number="", ordered_at=NOW.isoformat())
    assert (status, done["execution"]) == (200, "executed")
    assert (await execute(call, first | {"version": done["version"]}))[1]["reason"] == "not_open"


async def test_it_closes_by_itself_when_all_is_adopted_and_executed(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await acknowledge(call, id, out, *["adopted"] * 3)
    for each in (await board(call, id))["advice"]:
        assert (await board(call, id))["state"] == "executing"
        assert (await execute(call, each))[0] == 200
    assert (await board(call, id))["state"] == "closed"
    assert [each.until for each in await rows(world.db, CaseGrant)] == [NOW + timedelta(days=7)]


async def test_without_advice_it_closes_with_the_acknowledgement(call: Call, world: World) -> None:
    id, out = await signed(call, world, advice=[], medicines=[], no_advice=True)
    assert (await acknowledge(call, id, out))[1]["state"] == "closed"


async def test_when_one_is_not_adopted_the_requester_closes_once_nothing_is_open(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    _, after = await acknowledge(call, id, out, "adopted", "not_adopted", "adopted")
    path = f"/consultations/{id}/close"
    status, problem = await call("doctor", "POST", path, match=after["consultation_version"])
    assert (status, problem["reason"]) == (409, "advice_open")
    first, _, third = after["advice"]
    await execute(call, first)
    why = {"reason": "患者已转院"}
    assert (await call("doctor", "POST", f"/advice/{third['id']}/decline", match=third["version"], json=why))[0] == 200
    waiting = await board(call, id)
    assert (waiting["state"], waiting["may"]["close"]) == ("executing", True)
    assert WorkKind.close in [each.kind for each in await rows(world.db, WorkItem)]
    assert (await call("doctor2", "POST", path, match=waiting["consultation_version"]))[0] == 200
    assert (await board(call, id))["state"] == "closed"


async def test_the_pages_show_what_the_branch_made_of_it(call: Call, world: World, clock: FakeClock) -> None:
    id, out = await signed(call, world)
    one = out["signed"][0]
    await acknowledge(call, id, out, "adopted", "not_adopted", "in_part")
    clock.move(hours=1)
    _, pdf = await call("doctor", "GET", f"/opinions/{one['id']}/pages/1")
    text = text_of(pdf)
    for part in ("邀请方反馈", "不采纳", "部分采纳", "本院无此条件", "doctor主任医师", one["sha256"]):
        assert part in text
    await execute(call, (await board(call, id))["advice"][0])
    assert len((await board(call, id))["signed"][0]["pages"]) == 1, "one of the orders is still open"
    await execute(call, (await board(call, id))["advice"][2])
    _, pdf = await call("expert", "GET", f"/opinions/{one['id']}/pages/2")
    text = text_of(pdf)
    for part in ("建议落实情况", "已开医嘱", "不采纳", "YZ-8841许知遥", one["sha256"]):
        assert part in text


async def test_an_amended_advice_asks_for_an_answer_again_and_keeps_it_open(call: Call, world: World) -> None:
    id, out = await signed(call, world)
    await acknowledge(call, id, out, *["adopted"] * 3)
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    content = opinion(medicines=[advice("m1", "改用拉贝洛尔", kind="medicine")])
    _, draft = await save(call, id, draft["version"], content)
    assert (await sign(call, id, draft["version"]))[0] == 200
    after = await board(call, id)
    assert [each["reply"] for each in after["advice"]] == ["adopted", "adopted", None]
    for each in after["advice"][:2]:
        await execute(call, each)
    waiting = await board(call, id)
    assert (waiting["state"], waiting["may"]["answer"]) == ("executing", True)
    body = answers({"advice": waiting["advice"][2:]}, "adopted")
    path = f"/consultations/{id}/acknowledgement"
    assert (await call("doctor", "POST", path, match=waiting["consultation_version"], json=body))[0] == 200
    assert (await execute(call, (await board(call, id))["advice"][2]))[0] == 200
    assert (await board(call, id))["state"] == "closed"


@pytest.mark.parametrize("state", [State.closed, State.archived])
async def test_what_an_amendment_changes_after_closing_is_still_answered(
    call: Call, world: World, state: State
) -> None:
    id, out = await signed(call, world, advice=[], medicines=[], no_advice=True)
    await acknowledge(call, id, out)
    async with world.db.write() as db:
        (await db.get_one(Consultation, UUID(id))).state = state
    _, draft = await call("expert", "POST", f"/consultations/{id}/opinion/amendment", json={"reason": "补充"})
    _, draft = await save(call, id, draft["version"], opinion(advice=[advice("a1", "复查超声")], medicines=[]))
    await sign(call, id, draft["version"])
    waiting = await board(call, id)
    assert (waiting["state"], waiting["may"]["answer"]) == (state, True)
    assert (await acknowledge(call, id, waiting, "adopted"))[0] == 200
    assert (await execute(call, (await board(call, id))["advice"][0]))[0] == 200
    assert (await board(call, id))["state"] == state
