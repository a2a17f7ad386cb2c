"""An over-read: compared with the branch's own report before it is submitted, reviewed, issued, and on record."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from telemed.access.model import Role
from telemed.history.model import EventRow
from telemed.reading.model import Discrepancy, Reading, Report
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import BRANCH_REPORT, TEXT, act, issued, over_read, person, requested, save
from tests.telemed.reading.helpers import study as another_study

HUB = {**TEXT, "impression": "左肺上叶恶性结节可能大。\n双侧胸腔少量积液。"}
MAJOR: dict[str, Any] = {
    "grade": "major",
    "branch_report": 1,
    "branch_lines": ["左肺上叶结节，考虑良性。"],
    "hub_lines": ["左肺上叶恶性结节可能大。"],
}
AGREED: dict[str, Any] = {"grade": "agreement", "branch_report": 1}


async def written(call: Call, study: UUID, **report: Any) -> tuple[Any, int]:
    """Claimed and written, but not submitted; and the version of its report."""
    made = await over_read(call, study, **report)
    _, one = await call("reader", "POST", f"/readings/{made['id']}/claim", json={})
    return one, (await save(call, one["id"], 0, **HUB))[1]["version"]


async def submit(call: Call, one: Any, version: int, comparison: Any = MAJOR) -> Any:
    return await act(call, "reader", one, "submit", report_version=version, comparison=comparison)


async def submitted(call: Call, study: UUID, comparison: Any = MAJOR) -> Any:
    status, out = await submit(call, *await written(call, study), comparison)
    assert status == 200, out
    return out


async def discrepancies(call: Call, who: str, query: str = "") -> Any:
    status, found = await call(who, "GET", f"/discrepancies?{query}")
    assert status == 200, found
    return found


async def test_a_major_discrepancy_writes_itself_when_it_is_issued(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    assert (out["over_read"]["grade"], out["grade"]) == ("major", None)
    assert (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["over_read"] is None, "not issued yet"
    assert (await discrepancies(call, "chief_reader"))["items"] == []
    status, done = await act(call, "chief_reader", out, "issue", **HUB, comparison=MAJOR)
    assert (status, done["grade"]) == (200, "major")
    _, theirs = await call("doctor", "GET", f"/readings/{out['id']}")
    assert theirs["over_read"] == MAJOR | {"first": None, "corrections": [], "may_correct": False}
    for who in ("doctor", "chief_reader"):
        found = await discrepancies(call, who)
        (one,) = found["items"]
        assert (one["reading_id"], one["grade"], one["changed"]) == (out["id"], "major", False)
        assert (one["branch_lines"], one["hub_lines"]) == (MAJOR["branch_lines"], MAJOR["hub_lines"])
        assert (one["branch_author"], one["author"]["name"], one["reviewer"]["name"]) == (
            "顾秋分", "reader", "chief_reader",
        )  # fmt: skip
        assert found["grades"] == {"agreement": 0, "minor": 0, "additional": 0, "major": 1}
        assert found["branches"] == ["wuxi"]
    assert (await discrepancies(call, "jiashan_doctor"))["items"] == []
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "reading.discrepancy_recorded"]
    assert (event.data["grade"], event.data["branch_report"]) == ("major", 1)
    with pytest.raises(IntegrityError):
        async with world.db.write() as db:
            (await db.get_one(Discrepancy, UUID(one["id"]))).branch_lines = ["换掉"]


@pytest.mark.parametrize(
    ("comparison", "status", "reason"),
    [
        (None, 422, "grade_needed"),
        (MAJOR | {"branch_lines": [], "hub_lines": []}, 422, "lines_needed"),
        (AGREED | {"hub_lines": MAJOR["hub_lines"]}, 422, "lines_of_agreement"),
        (MAJOR | {"hub_lines": ["左肺未见异常。"]}, 422, "lines_gone"),
        (MAJOR | {"branch_lines": ["左肺"]}, 422, "lines_gone"),
        (MAJOR | {"hub_lines": MAJOR["hub_lines"] * 2}, 422, "lines_gone"),
        (MAJOR | {"branch_report": 2}, 409, "branch_report_changed"),
        (MAJOR | {"branch_report": 0}, 422, None),
        (MAJOR | {"grade": "none"}, 422, None),
    ],
)
async def test_it_is_not_submitted_without_a_whole_comparison(
    call: Call, study: UUID, comparison: Any, status: int, reason: str | None
) -> None:
    one, version = await written(call, study)
    got, answer = await submit(call, one, version, comparison)
    assert (got, answer.get("reason")) == (status, reason)
    assert (await call("reader", "GET", f"/readings/{one['id']}"))[1]["state"] == "claimed"


async def test_nothing_is_compared_before_the_branch_has_given_its_report(call: Call, study: UUID) -> None:
    made = await requested(call, study, purpose="over_read")
    _, one = await call("reader", "POST", f"/readings/{made['id']}/claim", json={})
    _, report = await save(call, one["id"], 0, **HUB)
    status, answer = await submit(call, one, report["version"], AGREED)
    assert (status, answer["reason"]) == (409, "branch_report_missing")


async def test_other_readings_are_compared_with_nothing(call: Call, study: UUID) -> None:
    made = await requested(call, study)
    _, one = await call("reader", "POST", f"/readings/{made['id']}/claim", json={})
    _, report = await save(call, one["id"], 0)
    assert (await submit(call, one, report["version"], AGREED))[1]["reason"] == "not_over_read"


async def test_agreement_leaves_no_discrepancy_and_is_counted(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study, AGREED)
    _, done = await act(call, "chief_reader", out, "issue", **HUB, comparison=AGREED)
    assert done["grade"] == "agreement"
    found = await discrepancies(call, "doctor")
    assert (found["items"], found["grades"]["agreement"]) == ([], 1)
    assert await rows(world.db, Discrepancy) == []


async def test_the_reviewer_changes_it_and_the_hub_alone_sees_from_what(call: Call, study: UUID) -> None:
    out = await submitted(call, study)
    minor = MAJOR | {"grade": "minor", "hub_lines": []}
    assert (await act(call, "chief_reader", out, "issue", **HUB))[1]["reason"] == "grade_needed"
    _, done = await act(call, "chief_reader", out, "issue", **HUB, comparison=minor)
    assert (done["over_read"]["grade"], done["over_read"]["first"]["grade"]) == ("minor", "major")
    assert (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["over_read"]["first"] is None
    assert (await discrepancies(call, "doctor"))["items"][0]["changed"] is True


async def test_a_line_that_the_reviewer_rewrites_must_be_ticked_as_it_is_issued(call: Call, study: UUID) -> None:
    out = await submitted(call, study)
    text = HUB | {"impression": "左肺上叶癌。\n双侧胸腔少量积液。"}
    assert (await act(call, "chief_reader", out, "issue", **text, comparison=MAJOR))[1]["reason"] == "lines_gone"
    rewritten = MAJOR | {"hub_lines": ["左肺上叶癌。"]}
    _, done = await act(call, "chief_reader", out, "issue", **text, comparison=rewritten)
    assert done["over_read"]["hub_lines"] == ["左肺上叶癌。"]


async def test_a_report_that_the_branch_changes_after_submitting_is_compared_again(
    call: Call, world: World, study: UUID
) -> None:
    out = await submitted(call, study)
    changed = BRANCH_REPORT | {"impression": "左肺上叶癌可能。"}
    assert (await act(call, "doctor", out, "branch-report", **changed))[0] == 200
    assert (await act(call, "chief_reader", out, "issue", **HUB, comparison=MAJOR))[0] == 412
    _, now = await call("chief_reader", "GET", f"/readings/{out['id']}")
    status, answer = await act(call, "chief_reader", now, "issue", **HUB, comparison=MAJOR)
    assert (status, answer["reason"]) == (409, "branch_report_changed")
    again = MAJOR | {"grade": "minor", "branch_report": 2, "branch_lines": ["左肺上叶癌可能。"]}
    status, done = await act(call, "chief_reader", now, "issue", **HUB, comparison=again)
    assert (status, done["over_read"]["branch_report"]) == (200, 2)
    assert (await discrepancies(call, "doctor"))["items"][0]["branch_report"] == 2
    late = await act(call, "doctor", done, "branch-report", **changed)
    assert (late[0], late[1]["reason"]) == (409, "wrong_state")


async def test_to_compare_with_a_newer_version_is_no_other_pick(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    await act(call, "doctor", out, "branch-report", **BRANCH_REPORT | {"author": "顾秋霜"})
    _, now = await call("chief_reader", "GET", f"/readings/{out['id']}")
    _, done = await act(call, "chief_reader", now, "issue", **HUB, comparison=MAJOR | {"branch_report": 2})
    assert done["over_read"]["first"] is None
    assert [each.changed for each in await rows(world.db, Discrepancy)] == [False]


async def test_two_reviewers_issue_it_once_and_one_discrepancy_is_on_record(
    call: Call, world: World, study: UUID
) -> None:
    out = await submitted(call, study)
    assert (await act(call, "chief_reader", out, "issue", **HUB, comparison=MAJOR))[0] == 200
    assert (await act(call, "chief_reader", out, "issue", **HUB, comparison=MAJOR))[0] == 412
    assert len(await rows(world.db, Discrepancy)) == 1


async def test_what_is_picked_survives_being_given_back(call: Call, study: UUID) -> None:
    out = await submitted(call, study)
    _, given = await act(call, "chief_reader", out, "revise", reason="请再看")
    assert given["over_read"]["grade"] == "major"
    _, one = await call("reader", "POST", f"/readings/{out['id']}/claim", json={})
    assert (await submit(call, one, one["report"]["version"], AGREED))[1]["over_read"]["grade"] == "agreement"


async def test_the_print_says_it_and_other_texts_are_as_they_were(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    await act(call, "chief_reader", out, "issue", **HUB, comparison=MAJOR)
    status, pdf = await call("doctor", "GET", f"/reports/{out['report']['id']}/record")
    assert status == 200
    shown = "".join(text_of(pdf).split())
    assert "复核结论" in shown
    assert "重大差异（与分院报告比较：顾秋分" in shown
    other = await issued(call, await requested(call, await another_study(world, "1.2.826.0.1.3680043.8.498.9")))
    texts = {each.reading_id: each.canonical or "" for each in await rows(world.db, Report)}
    assert '"over_read":{' in texts[UUID(out["id"])]
    assert "over_read" not in texts[UUID(other["id"])]
    assert {each.grade for each in await rows(world.db, Reading)} == {"major", None}


async def test_discrepancies_are_found_by_day_site_and_grade(
    call: Call, world: World, clock: FakeClock, study: UUID
) -> None:
    out = await submitted(call, study)
    await act(call, "chief_reader", out, "issue", **HUB, comparison=MAJOR)
    day = NOW.date()
    for query, many in (
        (f"since={day}&until={day}", 1),
        (f"until={day - timedelta(days=2)}", 0),
        ("branch=wuxi&grade=major", 1),
        ("branch=jiashan", 0),
        ("grade=minor", 0),
    ):
        assert len((await discrepancies(call, "chief_reader", query))["items"]) == many, query
    for query in (f"since={day}&until={day - timedelta(days=1)}", "since=1990-01-01", "until=9999-12-31"):
        assert (await call("chief_reader", "GET", f"/discrepancies?{query}"))[0] == 422
    await person(world, "officer", "ruijin", Role.quality_officer)
    numbers = await discrepancies(call, "officer")
    assert (numbers["items"], numbers["hidden"], numbers["grades"]["major"]) == ([], 1, 1), "numbers without patients"
    assert (await discrepancies(call, "officer", "branch=jiashan"))["hidden"] == 0
    clock.move(days=8)
    assert (await discrepancies(call, "chief_reader"))["items"] == [], "the hub's grant has ended"
    assert len((await discrepancies(call, "doctor"))["items"]) == 1
