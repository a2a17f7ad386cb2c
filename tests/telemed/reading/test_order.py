"""The order of the desk: what is free is claimed before something more pressing with a reason, which is counted."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.audit.model import AuditEvent
from telemed.history.model import EventRow
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.reading.helpers import STUDY, another, claimed, requested, rostered, save
from tests.telemed.reading.helpers import study as another_study


async def claim(call: Call, id: str, who: str = "reader", **body: Any) -> Any:
    return await call(who, "POST", f"/readings/{id}/claim", json=body)


async def test_something_more_urgent_is_named_and_passed_over_with_a_reason(
    call: Call, world: World, study: UUID
) -> None:
    routine = await requested(call, study, urgency="routine")
    urgent = await requested(call, await another_study(world, STUDY + ".11", "甲"))
    status, answer = await claim(call, routine["id"])
    assert (status, answer["reason"]) == (409, "out_of_order")
    assert set(answer["waiting"]) == {"id", "urgency", "due_at"}, "nothing of the patient"
    assert (answer["waiting"]["id"], answer["waiting"]["urgency"]) == (urgent["id"], "urgent")
    assert (await claim(call, routine["id"], reason="  "))[1]["reason"] == "out_of_order"
    status, out = await claim(call, routine["id"], reason="患者在门诊等候")
    assert (status, out["claim"]["mine"]) == (200, True)
    told = [each.data["reason"] for each in await rows(world.db, EventRow) if each.type == "reading.claimed"]
    assert told == ["患者在门诊等候"]
    assert "患者在门诊等候" in [each.reason for each in await rows(world.db, AuditEvent)]
    assert (await claim(call, routine["id"]))[0] == 200, "it is kept alive without a reason"
    desk = (await call("chief_reader", "GET", "/reading-figures"))[1]["desk"]
    assert desk == {"claims": 1, "taken_over": 0, "out_of_order": 1}


async def test_a_reason_that_nothing_asked_for_is_not_counted(call: Call, world: World, study: UUID) -> None:
    urgent = await requested(call, study)
    await requested(call, await another_study(world, STUDY + ".11", "甲"), urgency="routine")
    assert (await claim(call, urgent["id"], reason="患者在门诊等候"))[0] == 200
    desk = (await call("chief_reader", "GET", "/reading-figures"))[1]["desk"]
    assert desk["out_of_order"] == 0


async def test_of_the_same_urgency_a_reader_chooses_until_one_is_overdue(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    first = await requested(call, study)
    clock.move(hours=1)
    second = await requested(call, await another_study(world, STUDY + ".11", "甲"))
    third = await requested(call, await another_study(world, STUDY + ".12", "乙"))
    assert (await claim(call, second["id"]))[0] == 200
    clock.move(hours=3)
    status, answer = await claim(call, third["id"], "reader2")
    assert (status, answer["waiting"]["id"]) == (409, first["id"])
    clock.move(hours=1)
    assert (await claim(call, third["id"], "reader2"))[0] == 200, "both are overdue"


async def test_what_cannot_be_read_yet_or_by_them_is_passed_over_without_a_word(
    call: Call, world: World, study: UUID
) -> None:
    routine = await requested(call, study, urgency="routine")
    half = await another_study(world, STUDY + ".11", "甲", received=1, expected=2, complete=False)
    await requested(call, half, urgency="stat")
    bare = await another(world, half, STUDY + ".12")
    await requested(call, bare, urgency="stat", purpose="over_read")  # the branch's own report is not here
    await claimed(call, await another_study(world, STUDY + ".13", "乙"), "reader2", urgency="stat")
    assert (await claim(call, routine["id"]))[0] == 200


async def test_what_one_has_begun_is_gone_on_with_and_a_colleagues_is_still_a_colleagues(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    begun = await claimed(call, study, urgency="routine")
    await save(call, begun["id"], 0)
    await call("reader", "POST", f"/readings/{begun['id']}/release")
    await requested(call, await another_study(world, STUDY + ".11", "甲"))
    assert (await claim(call, begun["id"], "reader2"))[1]["reason"] == "out_of_order"
    assert (await claim(call, begun["id"]))[0] == 200
    assert (await claim(call, begun["id"], "reader2"))[1]["reason"] == "claimed"
    assert (await claim(call, begun["id"], "reader2", reason="他去手术室"))[0] == 200
    desk = (await call("chief_reader", "GET", "/reading-figures"))[1]["desk"]
    assert desk == {"claims": 3, "taken_over": 1, "out_of_order": 0}


async def test_the_next_of_what_one_was_given_has_its_images(call: Call, world: World, study: UUID) -> None:
    await rostered(world, "reader")
    half = await another_study(world, STUDY + ".11", "甲", received=1, expected=2, complete=False)
    assert (await requested(call, half))["state"] == "assigned"
    assert (await call("reader", "GET", "/readings/next"))[1] == {"reading": None}
    whole = await requested(call, study)
    assert (await call("reader", "POST", "/readings/next"))[1]["id"] == whole["id"]


@pytest.mark.parametrize("who", ["doctor", "radiographer"])
async def test_a_branch_is_told_nothing_of_the_order(call: Call, world: World, study: UUID, who: str) -> None:
    routine = await requested(call, study, urgency="routine")
    await requested(call, await another_study(world, STUDY + ".11", "甲"))
    status, answer = await claim(call, routine["id"], who)
    assert status == 403
    assert "waiting" not in answer


async def test_the_next_is_named_without_being_claimed(call: Call, world: World, study: UUID) -> None:
    assert await call("reader", "GET", "/readings/next") == (200, {"reading": None})
    await requested(call, study, urgency="routine")
    urgent = await requested(call, await another_study(world, STUDY + ".11", "甲"))
    status, answer = await call("reader", "GET", "/readings/next")
    named = {"id": urgent["id"], "hospital_id": "wuxi", "study_uid": STUDY + ".11", "received": 200}
    assert (status, answer) == (200, {"reading": named})
    assert (await call("reader", "GET", f"/readings/{urgent['id']}"))[1]["claim"] is None
    assert (await call("doctor", "GET", "/readings/next"))[0] == 403
    assert (await call("reader", "POST", "/readings/next"))[1]["id"] == urgent["id"]
    async with world.db.write() as db:
        for link in (await db.exec(select(StudyLink))).all():
            link.state = LinkState.rejected
            db.add(link)
    assert (await call("reader", "GET", "/readings/next"))[1] == {"reading": None}, "its study is recalled"
