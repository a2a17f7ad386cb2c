"""The branch withdraws what it has requested: the hub is told and sees the study no longer; nothing stays due."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import CaseGrant
from telemed.history.model import EventRow
from telemed.reading.model import Reading
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.critical_findings.helpers import raised
from tests.telemed.reading.helpers import claimed, listed, requested

WHY = {"reason": "患者已转院"}


async def withdraw(call: Call, out: Any, who: str = "doctor") -> tuple[int, Any]:
    return await call(who, "POST", f"/readings/{out['id']}/withdraw", json=WHY, match=out["version"])


async def test_it_ends_for_the_hub_and_who_had_claimed_it_is_told(call: Call, world: World, study: UUID) -> None:
    out = await claimed(call, study)
    status, gone = await withdraw(call, out)
    assert (status, gone["state"], gone["withdraw_words"], gone["actions"]) == (200, "withdrawn", "患者已转院", [])
    assert gone["waits_for_images"] is False, "nothing of it is waited for"
    assert gone["due_at"] is None
    assert (await listed(call, "reader"))["items"] == []
    assert (await call("reader", "GET", "/home"))[1]["work"]["items"] == []
    assert {each.until for each in await rows(world.db, CaseGrant)} == {NOW + timedelta(hours=1)}
    assert [each.ladder for each in await rows(world.db, Deadline) if each.done_at is None] == []
    told = {(each.ladder, each.staff_id) for each in await rows(world.db, Notice)}
    assert ("reading_withdrawn", world.ids["reader"]) in told
    [event] = [each for each in await rows(world.db, EventRow) if each.type == "reading.withdrawn"]
    assert (event.data["reason"], event.data["source"], event.data["target"]) == (
        "患者已转院",
        "claimed",
        "withdrawn",
    )
    # The branch keeps it with its reason.
    assert (await call("radiographer", "GET", f"/readings/{out['id']}"))[1]["withdraw_words"] == "患者已转院"


async def test_what_its_reader_has_seen_may_still_be_raised_for_an_hour(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await claimed(call, study)
    await withdraw(call, out)
    _, shown = await call("reader", "GET", f"/readings/{out['id']}")
    assert (shown["withdraw_words"], shown["actions"], shown["claim"]) == ("患者已转院", [], None)
    assert (await call("reader", "POST", f"/readings/{out['id']}/claim", json={}))[0] == 409
    assert (await raised(call, out))["state"] == "notifying"
    clock.move(hours=1, seconds=1)
    open_ = {each.activity for each in await rows(world.db, CaseGrant) if each.until > clock()}
    assert open_ == {"critical_finding"}, "until it is closed; it opens no images"


async def test_who_had_not_begun_sees_it_no_more(call: Call, world: World, study: UUID) -> None:
    out = await requested(call, study)
    await withdraw(call, out)
    assert (await call("reader", "GET", f"/readings/{out['id']}"))[0] == 404
    assert all(each.ended_at is not None for each in await rows(world.db, CaseGrant))


async def test_nobody_is_told_of_what_nobody_had(call: Call, world: World, study: UUID) -> None:
    assert (await withdraw(call, await requested(call, study)))[0] == 200
    assert [each for each in await rows(world.db, Notice) if each.ladder == "reading_withdrawn"] == []


async def test_the_study_can_be_requested_again_as_often_as_it_is_withdrawn(
    call: Call, world: World, study: UUID
) -> None:
    for _ in range(2):
        assert (await withdraw(call, await requested(call, study)))[0] == 200
    again = await requested(call, study)
    assert (await call("reader", "GET", f"/readings/{again['id']}"))[1]["state"] == "requested"
    assert sorted(each.state for each in await rows(world.db, Reading)) == ["requested", "withdrawn", "withdrawn"]


async def test_what_came_back_is_withdrawn_instead_of_sent_again(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    why = {"code": "wrong_patient", "words": ""}
    _, back = await call("reader", "POST", f"/readings/{out['id']}/return", json=why, match=out["version"])
    assert (await withdraw(call, back))[1]["state"] == "withdrawn"
    assert (await call("doctor", "GET", "/home"))[1]["work"]["items"] == []
    assert (await listed(call, "doctor", "returned"))["items"] == []


@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("jiashan_doctor", 404), ("coordinator", 403)])
async def test_only_the_branch_withdraws_it(call: Call, study: UUID, who: str, status: int) -> None:
    assert (await withdraw(call, await requested(call, study), who))[0] == status


async def test_it_needs_a_reason_and_the_version_that_was_read(call: Call, study: UUID) -> None:
    out = await claimed(call, study)
    path = f"/readings/{out['id']}/withdraw"
    assert (await call("doctor", "POST", path, json={"reason": " "}, match=out["version"]))[0] == 422
    assert (await call("doctor", "POST", path, json=WHY, match=out["version"] - 1))[0] == 412


async def test_what_has_a_critical_finding_is_read_to_its_end(call: Call, world: World, study: UUID) -> None:
    out = await claimed(call, study)
    async with world.db.write() as db:
        (await db.get_one(Reading, UUID(out["id"]))).critical_words = "主动脉夹层 类型 A 型"
    status, answer = await withdraw(call, out)
    assert (status, answer["reason"]) == (409, "critical_raised")


async def test_the_branch_has_a_list_of_what_it_withdrew_the_newest_first(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    first = await requested(call, study)
    await withdraw(call, first)
    clock.move(minutes=5)
    second = await requested(call, study)
    await withdraw(call, second)
    found = await listed(call, "doctor", "withdrawn")
    assert [each["id"] for each in found["items"]] == [second["id"], first["id"]]
    page = await listed(call, "doctor", "withdrawn", limit="1")
    rest = await listed(call, "doctor", "withdrawn", limit="1", after=page["next"])
    assert [each["id"] for each in rest["items"]] == [first["id"]]
    assert (await listed(call, "reader", "withdrawn"))["items"] == []
