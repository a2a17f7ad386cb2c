"""Provisional reports (急诊临时报告): issued by one radiologist out of hours, reviewed by a senior in working hours."""

import io
from typing import Any
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from pydicom import dcmread

from telemed.people.model import Hospital, Title
from telemed.reading import rules
from telemed.reading.model import Reading
from telemed.reading.words import Part, ReadingPurpose, Side, Urgency
from telemed.reading.words import ReadingState as State
from telemed.work.model import WORK_DUE, Deadline, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.reading.helpers import act, claimed, listed, requested, save

NIGHT = {"hours": 11}  # from nine in the morning to eight in the evening


@pytest.fixture
async def allowed(world: World) -> None:
    async with world.db.write() as db:
        (await db.get_one(Hospital, "ruijin")).single_signature = True


async def written(call: Call, study: UUID, **more: Any) -> tuple[Any, int]:
    out = await claimed(call, study, **more)
    return out, (await save(call, out["id"], 0))[1]["version"]


async def alone(call: Call, study: UUID) -> Any:
    out, version = await written(call, study)
    status, out = await act(call, "reader", out, "issue-alone", report_version=version)
    assert status == 200, out
    return out


@pytest.mark.parametrize(
    ("urgency", "title", "allowed", "at_work", "enough"),
    [
        (Urgency.stat, Title.attending, True, False, True),
        (Urgency.urgent, Title.chief, True, False, True),
        (Urgency.routine, Title.chief, True, False, False),
        (Urgency.stat, Title.resident, True, False, False),
        (Urgency.stat, Title.nurse, True, False, False),
        (Urgency.stat, Title.attending, False, False, False),
        (Urgency.stat, Title.attending, True, True, False),
    ],
)
def test_one_signature_is_enough_for_what_presses_at_night(
    urgency: Urgency, title: Title, allowed: bool, at_work: bool, enough: bool
) -> None:
    row = Reading(
        branch_id="wuxi", hub_id="ruijin", study_uid="1.1", rank=1, state=State.claimed, urgency=urgency,
        modality="CT", part=Part.chest, side=Side.none, examination="", question="", purpose=ReadingPurpose.primary,
    )  # fmt: skip
    assert rules.signs_alone(row, title, allowed=allowed, at_work=at_work) is enough
    row.purpose = ReadingPurpose.over_read
    assert not rules.signs_alone(row, title, allowed=allowed, at_work=at_work)


async def test_by_day_or_where_the_hospital_does_not_allow_it_two_sign(
    call: Call, world: World, clock: FakeClock, study: UUID
) -> None:
    out, version = await written(call, study)
    assert "issue_alone" not in out["actions"]
    status, answer = await act(call, "reader", out, "issue-alone", report_version=version)
    assert (status, answer["reason"]) == (403, "not_alone")
    async with world.db.write() as db:
        (await db.get_one(Hospital, "ruijin")).single_signature = True
    status, answer = await act(call, "reader", out, "issue-alone", report_version=version)
    assert (status, answer["reason"]) == (403, "not_alone"), "it is working time"


@pytest.mark.usefixtures("allowed")
async def test_at_night_the_branch_has_it_at_once_and_a_senior_reviews_it_in_the_morning(
    call: Call, world: World, clock: FakeClock, study: UUID
) -> None:
    clock.move(**NIGHT)
    out, version = await written(call, study)
    assert "issue_alone" in out["actions"]
    assert (await act(call, "reader", out, "issue-alone", report_version=version + 1))[0] == 412
    status, out = await act(call, "reader", out, "issue-alone", report_version=version)
    assert (status, out["state"], out["report"]["reviewer"]) == (200, "provisional", "")
    assert out["report"]["reviewed_at"] is None

    _, theirs = await call("doctor", "GET", f"/readings/{out['id']}")
    assert theirs["report"]["impression"] == "左肺上叶结节。"
    (asked,) = [each for each in await rows(world.db, WorkItem) if each.kind == "review_report"]
    assert str(asked.due_at) == "2026-03-03 04:00:00+00:00", "four hours after the hub begins to work"
    (due,) = [each for each in await rows(world.db, Deadline) if each.kind == WORK_DUE and each.done_at is None]
    assert due.due_at == asked.due_at
    (waiting,) = (await listed(call, "chief_reader", "to_review"))["items"]
    assert (waiting["id"], waiting["due_at"]) == (out["id"], "2026-03-03T04:00:00Z"), "behind what nobody has yet"
    assert (await act(call, "reader", out, "addendum", kind="review", text="同意。"))[0] == 403, "not by its author"
    assert (await act(call, "reader2", out, "addendum", kind="review", text="同意。"))[0] == 403, "not by an equal"

    clock.move(hours=13)
    status, out = await act(call, "chief_reader", out, "addendum", kind="review", text="同意临时报告。")
    assert (status, out["state"], out["only_reviewed"]) == (200, "addended", True)
    assert [(each["kind"], each["text"]) for each in out["report"]["addenda"]] == [("review", "同意临时报告。")]
    assert out["report"]["reviewed_at"] == "2026-03-03T01:00:00Z"
    assert (await listed(call, "chief_reader", "to_review"))["items"] == []
    assert [each for each in await rows(world.db, WorkItem) if each.kind == "review_report" and not each.done_at] == []
    status, answer = await act(call, "chief_reader", out, "addendum", kind="review", text="同意。")
    assert (status, answer["reason"]) == (409, "wrong_state")


@pytest.mark.usefixtures("allowed")
async def test_its_forms_say_that_it_is_provisional(call: Call, clock: FakeClock, study: UUID) -> None:
    clock.move(**NIGHT)
    out = await alone(call, study)
    printed, sr, fhir = [
        (await call("doctor", "GET", f"/reports/{out['report']['id']}/{form}"))[1] for form in ("record", "sr", "fhir")
    ]
    text = "".join("".join(each.get_textpage().get_text_bounded().split()) for each in pdfium.PdfDocument(printed))
    assert "急诊临时报告" in text
    assert "待审核" in text
    assert dcmread(io.BytesIO(sr)).PreliminaryFlag == "PRELIMINARY"
    assert fhir["status"] == "preliminary"


@pytest.mark.usefixtures("allowed")
async def test_nothing_is_issued_that_is_incomplete_or_that_nobody_could_review(
    call: Call, world: World, clock: FakeClock, study: UUID
) -> None:
    clock.move(**NIGHT)
    out = await claimed(call, study)
    version = (await save(call, out["id"], 0, impression=""))[1]["version"]
    status, answer = await act(call, "reader", out, "issue-alone", report_version=version)
    assert (status, answer["reason"]) == (422, "report_incomplete")
    _, shown = await call("doctor", "GET", f"/readings/{out['id']}")
    assert (shown["state"], shown["report"]) == ("claimed", None)


@pytest.mark.usefixtures("allowed")
async def test_once_it_is_issued_the_study_may_be_requested_again(call: Call, clock: FakeClock, study: UUID) -> None:
    clock.move(**NIGHT)
    await alone(call, study)
    assert (await requested(call, study))["state"] == "requested"
