"""The branch's own report of a study, given with the request of an over-read or until the hub's is issued."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from telemed.reading.model import BranchReport
from telemed.work.model import WORK_DUE, Deadline
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.reading.helpers import BRANCH_REPORT, act, issued, listed, over_read, pdf_of, requested, study


async def test_it_is_given_with_the_request_and_the_hub_reads_it(call: Call, study: UUID) -> None:
    made = await over_read(call, study)
    (theirs,) = (await call("reader", "GET", f"/readings/{made['id']}"))[1]["branch_reports"]
    assert (theirs["author"], theirs["lines"]) == ("顾秋分", ["左肺上叶结节，考虑良性。", "双侧胸腔少量积液。"])
    assert (theirs["number"], theirs["added_by"], theirs["findings"]) == (1, "doctor", BRANCH_REPORT["findings"])
    assert made["takes_branch_report"] is True
    assert (await call("reader", "GET", f"/readings/{made['id']}"))[1]["takes_branch_report"] is False


async def test_a_further_version_leaves_the_first_as_it_was(call: Call, world: World, study: UUID) -> None:
    made = await over_read(call, study)
    status, now = await act(call, "doctor", made, "branch-report", **BRANCH_REPORT | {"impression": "左肺上叶结节。"})
    assert (status, [each["number"] for each in now["branch_reports"]]) == (200, [2, 1])
    assert now["branch_reports"][1]["impression"] == BRANCH_REPORT["impression"]
    assert (await act(call, "doctor", made, "branch-report", **BRANCH_REPORT))[0] == 412, "a second click"
    with pytest.raises(IntegrityError):
        async with world.db.write() as db:
            (await db.get_one(BranchReport, (await rows(world.db, BranchReport))[0].id)).impression = "换掉"


async def test_it_comes_later_and_is_taken_next_only_then(call: Call, study: UUID) -> None:
    made = await requested(call, study, purpose="over_read")
    assert made["branch_reports"] == []
    assert (await call("reader", "POST", "/readings/next"))[1]["reason"] == "nothing_to_read"
    await act(call, "doctor", made, "branch-report", **BRANCH_REPORT)
    assert (await call("reader", "POST", "/readings/next"))[1]["id"] == made["id"]


async def test_the_hub_has_no_time_running_for_what_it_cannot_compare_yet(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    made = await requested(call, study, purpose="over_read")
    assert (made["due_at"], made["waits_for_images"]) == (None, False)
    clock.move(hours=9)
    _, now = await act(call, "doctor", made, "branch-report", **BRANCH_REPORT)
    assert now["due_at"] == "2026-03-02T14:00:00Z", "urgent: four hours from then"
    (due,) = [each for each in await rows(world.db, Deadline) if each.kind == WORK_DUE and each.done_at is None]
    assert due.due_at == clock.now + timedelta(hours=4)
    _, again = await act(call, "doctor", now, "branch-report", **BRANCH_REPORT | {"author": "顾秋霜"})
    assert again["due_at"] == now["due_at"], "a further version gives no more time"


async def test_the_list_is_filtered_by_it(call: Call, world: World, study: UUID) -> None:
    made = await over_read(call, study)
    other = await requested(call, await second(world))
    for purpose, ids in (("over_read", [made["id"]]), ("primary", [other["id"]])):
        assert [each["id"] for each in (await listed(call, "reader", purpose=purpose))["items"]] == ids


async def second(world: World) -> UUID:
    return await study(world, "1.2.826.0.1.3680043.8.498.8", "赵天枢")


@pytest.mark.parametrize(
    ("more", "status", "reason"),
    [
        ({"impression": " "}, 422, "branch_report_empty"),
        ({"written_at": (NOW + timedelta(minutes=1)).isoformat()}, 422, "branch_report_time"),
        ({"findings": "肺" * 100_000}, 422, None),
        ({"author": " "}, 422, None),
    ],
)
async def test_what_is_no_report_is_refused_and_nothing_is_requested(
    call: Call, study: UUID, more: dict[str, Any], status: int, reason: str | None
) -> None:
    said = {"study_id": str(study), "hub_id": "ruijin", "urgency": "routine", "part": "chest", "question": "复核"}
    body = said | {"purpose": "over_read", "branch_report": BRANCH_REPORT | more}
    got, answer = await call("doctor", "POST", "/readings", json=body)
    assert (got, answer.get("reason")) == (status, reason)
    assert (await listed(call, "doctor", "open"))["items"] == []


async def test_a_pdf_is_read_at_the_hub_and_by_nobody_else(call: Call, study: UUID) -> None:
    sent = await pdf_of(call, "doctor")
    made = await over_read(call, study, findings="", impression="", file_id=sent["id"])
    assert made["branch_reports"][0]["file_id"] == sent["id"]
    path = f"/files/{sent['id']}/content"
    assert (await call("reader", "GET", path))[0] == 200
    assert (await call("jiashan_doctor", "GET", path))[0] == 404


async def test_a_picture_or_somebody_elses_file_is_no_report(call: Call, study: UUID) -> None:
    made = await over_read(call, study)
    status, answer = await call("doctor", "POST", "/files?kind=attachment&name=a.pdf", data=b"no PDF at all")
    assert (status, answer["reason"]) == (422, "not_allowed_type")
    picture = await pdf_of(call, "doctor", picture=True)
    body = BRANCH_REPORT | {"file_id": picture["id"]}
    assert (await act(call, "doctor", made, "branch-report", **body))[1]["reason"] == "not_a_pdf"
    theirs = await pdf_of(call, "jiashan_doctor")
    body = BRANCH_REPORT | {"file_id": theirs["id"]}
    assert (await act(call, "doctor", made, "branch-report", **body))[0] == 404


async def test_only_the_branch_gives_one_and_only_to_an_over_read_before_it_is_issued(call: Call, study: UUID) -> None:
    made = await requested(call, study)
    assert (await act(call, "doctor", made, "branch-report", **BRANCH_REPORT))[1]["reason"] == "not_over_read"
    assert (await act(call, "jiashan_doctor", made, "branch-report", **BRANCH_REPORT))[0] == 404
    done = await issued(call, made)
    again = await over_read(call, study)
    assert done["state"] == "issued"
    assert (await act(call, "reader", again, "branch-report", **BRANCH_REPORT))[1]["reason"] == "capacity"
