"""Submitting: only what is complete, once, with its number, its case and the work that follows."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from telemed.cases.model import Consent, PacketItem
from telemed.cases.rules import PAPERS_FOLLOW
from telemed.consultations.model import Consultation
from telemed.history.model import EventRow
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.consultations.second_hub import HUB, open_second_hub
from tests.telemed.requests.helpers import (
    change,
    complete,
    draft,
    get,
    patient,
    submit,
)


async def test_a_complete_request_lacks_nothing_and_goes_to_who_it_says(call: Call, world: World) -> None:
    row = await complete(call)
    assert row["missing"] == []
    status, done = await submit(call, row)
    assert (status, done["number"], done["state"]) == (200, "HZ-20260302-001", "submitted")
    assert done["receiver"]["action"] == "endorse"
    assert {each.kind for each in await rows(world.db, WorkItem)} == {"endorse"}
    kinds = [each.type for each in await rows(world.db, EventRow)]
    assert "consultation.submitted" in kinds
    assert "case.opened" in kinds
    assert (await get(call, row["id"], "chief"))["packet_version"] == 1


async def test_what_is_missing_is_named_and_nothing_is_submitted(call: Call) -> None:
    row = await complete(call)
    row = await change(call, row, content={"purpose": "  ", "vitals_at": None})
    status, problem = await submit(call, row)
    assert (status, problem["reason"], problem["missing"]) == (409, "incomplete", ["purpose", "vitals"])
    assert (await get(call, row["id"]))["state"] == "draft"


async def test_two_clicks_submit_once(call: Call) -> None:
    row, key = await complete(call), {"Idempotency-Key": "click"}
    path = f"/requests/{row['id']}/submit"
    answers = await asyncio.gather(*(call("doctor", "POST", path, match=row["version"], headers=key) for _ in range(2)))
    assert answers[0] == answers[1]
    assert answers[0][1]["number"] == "HZ-20260302-001"


async def test_two_colleagues_submit_once(call: Call) -> None:
    row = await complete(call)
    assert (await submit(call, row))[0] == 200
    status, problem = await submit(call, row, "doctor2")
    assert (status, problem["reason"]) == (409, "wrong_state")


async def test_a_version_that_is_not_the_last_is_not_submitted(call: Call) -> None:
    row = await complete(call)
    await change(call, row, content={"bed": "4"})
    assert (await submit(call, row))[0] == 412


@pytest.mark.parametrize(("who", "expected"), [("jiashan_doctor", 404), ("chief", 403), (None, 401)])
async def test_nobody_else_submits(call: Call, who: str, expected: int) -> None:
    row = await complete(call)
    assert (await submit(call, row, who))[0] == expected


async def test_numbers_count_by_the_hubs_day(call: Call, clock: FakeClock) -> None:
    numbers = []
    for hours in (0, 0, 15):  # nine in the morning twice, then after midnight in Shanghai
        clock.move(hours=hours)
        row = await complete(call)
        row = await change(call, row, mode="written")
        numbers.append((await submit(call, row))[1]["number"])
    assert numbers == ["HZ-20260302-001", "HZ-20260302-002", "HZ-20260303-001"]


async def test_two_hubs_are_asked_on_one_day_under_two_numbers(call: Call, world: World) -> None:
    await open_second_hub(world)
    numbers = []
    for hub in ("ruijin", HUB, "ruijin"):
        row = await draft(call, urgency="stat", patient_id=(await patient(call))["id"])
        row = await change(call, row, content={"ward": "CCU", "purpose": "是否夹层？"})
        async with world.db.write() as db:
            (await db.get_one(Consultation, UUID(row["id"]))).hub_id = hub
        status, done = await submit(call, row)
        assert status == 200, done
        numbers.append(done["number"])
    assert numbers == ["HZ-20260302-001", "HZ-20260302-002", "HZ-20260302-003"]


async def test_a_returned_request_is_completed_and_keeps_its_number(call: Call) -> None:
    row = await complete(call)
    _, done = await submit(call, row)
    why = {"missing": ["tests"], "reason": "请补充肌钙蛋白"}
    status, _ = await call("chief", "POST", f"/consultations/{row['id']}/return", match=done["version"], json=why)
    assert status == 200
    row = await get(call, row["id"])
    assert (row["state"], row["returned_missing"], row["state_reason"]) == ("returned", ["tests"], "请补充肌钙蛋白")
    row = await change(call, row, content={"tests": [{"name": "hs-cTnT", "value": "0.018"}]})
    status, again = await submit(call, row)
    assert (status, again["number"], again["state"]) == (200, done["number"], "submitted")


async def test_after_submitting_the_text_stands(call: Call) -> None:
    row = await complete(call)
    _, done = await submit(call, row)
    status, problem = await call(
        "doctor", "PATCH", f"/requests/{row['id']}", match=done["version"], json={"content": {"bed": "9"}}
    )
    assert (status, problem["reason"]) == (409, "wrong_state")


async def test_what_is_wished_for_tomorrow_and_later_is_elective(call: Call) -> None:
    row = await complete(call, urgency="routine")
    assert row["elective"] is False
    wishes = [{"start": "2026-03-05T01:00:00Z", "end": "2026-03-05T04:00:00Z"}]
    row = await change(call, row, content={"wishes": wishes})
    assert row["elective"] is True
    assert (await change(call, row, mode="written"))["elective"] is False, "a written one waits for no time"


async def test_a_stat_request_needs_patient_place_and_question_only(call: Call, world: World) -> None:
    unknown = {"name": "无名氏 2026-01", "sex": "male", "estimated_age": 60, "temporary": True}
    _, someone = await call("doctor", "POST", "/patients", json=unknown)
    row = await draft(call, urgency="stat", patient_id=someone["id"])
    assert row["missing"] == ["ward", "purpose"]
    row = await change(call, row, content={"ward": "急诊抢救室", "purpose": "胸痛休克，是否夹层？"})
    status, done = await submit(call, row)
    assert (status, done["state"], done["receiver"]["action"]) == (200, "approved", "take")
    (consent,) = await rows(world.db, Consent)
    assert (consent.kind, consent.paper_due, consent.approved_at) == ("emergency", True, None)
    assert consent.reason == PAPERS_FOLLOW  # a word for each page to say, no sentence of one language
    _, pdf = await call("doctor", "GET", f"/consents/{consent.id}/form")
    (page,) = pdfium.PdfDocument(pdf)
    assert "紧急会诊，待补书面同意" in "".join(page.get_textpage().get_text_bounded().split())
    waiting = [each for each in await rows(world.db, WorkItem) if each.done_at is None]
    assert sorted((each.kind, each.role) for each in waiting if each.role) == [("approve_consent", "duty_officer")]
    mine = {each.kind for each in waiting if each.staff_id == world.ids["doctor"]}
    assert mine == {"complete", "consent"}  # the rest of the required set, and the paper
    asked = sorted(each.kind for each in await rows(world.db, WorkItem) if "consent" in each.kind)
    assert asked == ["approve_consent", "consent"], "asked once"


async def test_images_left_to_the_radiographer_become_their_work_item(call: Call, world: World) -> None:
    studies = [{"description": "主动脉 CTA", "taken_at": "2026-03-02T00:20:00Z"}]
    row = await complete(call)
    content = {"no_images": False, "studies": studies, "images_from_radiographer": True}
    row = await change(call, row, content=content)
    assert (await submit(call, row))[0] == 200
    (item,) = [each for each in await rows(world.db, WorkItem) if each.kind == "upload"]
    assert (item.role, item.note, item.patient_id is not None) == ("radiographer", {"studies": ["主动脉 CTA"]}, True)
    status, told = await call(
        "radiographer", "POST", f"/consultations/{row['id']}/uploaded", json={"study_uids": ["1.2.3"]}
    )
    assert status == 200, told
    assert [(each["uid"], each["description"]) for each in told["content"]["studies"]] == [("1.2.3", "主动脉 CTA")]
    (item,) = [each for each in await rows(world.db, WorkItem) if each.kind == "upload"]
    assert item.outcome == "done"
    assert [each for each in await rows(world.db, PacketItem) if each.kind == "study"] == []  # not confirmed yet


async def test_drafts_that_nobody_touched_for_a_month_are_discarded_and_their_doctor_is_told_before(
    call: Call, world: World, clock: FakeClock
) -> None:
    await draft(call)
    row = await complete(call)
    clock.move(days=27)
    assert await take_due(world.db, clock(), on_duty) == {}
    told = {(each.staff_id, each.ladder, str(each.when)) for each in await rows(world.db, Notice)}
    assert told == {(world.ids["doctor"], "draft", "before")}
    clock.move(days=4)
    assert await take_due(world.db, clock(), on_duty) == {}
    assert [(str(each.id), each.state) for each in await rows(world.db, Consultation)] == [(row["id"], "discarded")]
    assert [each for each in await rows(world.db, Deadline) if each.done_at is None] == []
    assert await told_that_it_was_discarded(world) == [world.ids["doctor"]] * 2  # of the one without a patient too


async def told_that_it_was_discarded(world: World) -> list[UUID]:
    return [each.staff_id for each in await rows(world.db, Notice) if each.ladder == "discarded"]


async def test_a_draft_that_was_changed_is_kept_for_thirty_days_from_then(
    call: Call, world: World, clock: FakeClock
) -> None:
    row = await draft(call)
    for by in (timedelta(days=20), timedelta(minutes=30)):  # the second change is too small to move its moment
        clock.now += by
        row = await change(call, row, content={"ward": "CCU"})
    changed = clock()
    for kept in (timedelta(days=29), timedelta(days=30) - timedelta(seconds=1)):
        assert await take_due(world.db, changed + kept, on_duty) == {}
        assert len(await rows(world.db, Consultation)) == 1
    assert await take_due(world.db, changed + timedelta(days=30), on_duty) == {}
    assert await rows(world.db, Consultation) == []
    assert await told_that_it_was_discarded(world) == [world.ids["doctor"]]


async def test_a_discarded_draft_waits_for_nothing(call: Call, world: World) -> None:
    row = await draft(call)
    assert (await call("doctor", "DELETE", f"/requests/{row['id']}", match=row["version"]))[0] in (200, 204)
    assert [each for each in await rows(world.db, Deadline) if each.done_at is None] == []
    assert await told_that_it_was_discarded(world) == []


async def test_a_stat_session_begins_with_who_asked_when_nobody_was_named_to_accompany(call: Call) -> None:
    row = await draft(call, urgency="stat", patient_id=(await patient(call))["id"])
    row = await change(call, row, accompanying_id=None, content={"ward": "急诊抢救室", "purpose": "是否溶栓？"})
    assert row["accompanying_id"] is None
    assert (await submit(call, row))[0] == 200
    _, page = await call("doctor", "GET", f"/consultations/{row['id']}")
    assert page["accompanying"]["id"] == page["requester"]["id"]
