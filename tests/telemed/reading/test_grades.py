"""A wrong grade of an issued over-read is corrected with a reason; every one is kept, and figures follow."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from telemed.access.model import Role
from telemed.history.model import EventRow
from telemed.people.model import Title
from telemed.reading.grade_model import GradeCorrection
from tests.telemed.conftest import Call, World, rows
from tests.telemed.reading.helpers import TEXT, act, issued, over_read, person, requested

MAJOR: dict[str, Any] = {"grade": "major", "hub_lines": [TEXT["impression"]], "reason": "漏看毛刺征"}
AGREED: dict[str, Any] = {"grade": "agreement", "reason": "只是措辞不同"}


@pytest.fixture
async def done(call: Call, study: UUID) -> Any:
    """Issued with a minor difference by the chief, of an attending's report."""
    return await issued(call, await over_read(call, study))


async def listed(call: Call, who: str = "doctor", query: str = "") -> Any:
    return (await call(who, "GET", f"/discrepancies?{query}"))[1]


async def test_who_set_it_corrects_it_and_the_figures_follow(call: Call, world: World, done: Any) -> None:
    assert (await listed(call))["grades"]["minor"] == 1
    status, out = await act(call, "chief_reader", done, "grade", **MAJOR)
    assert (status, out["grade"], out["over_read"]["grade"]) == (200, "major", "major")
    (one,) = out["over_read"]["corrections"]
    assert (one["before"], one["grade"], one["by"], one["reason"]) == ("minor", "major", "chief_reader", "漏看毛刺征")
    for who in ("doctor", "chief_reader"):
        found = await listed(call, who)
        assert (found["grades"]["minor"], found["grades"]["major"]) == (0, 1)
        assert [(each["grade"], each["corrected"]) for each in found["items"]] == [("major", "漏看毛刺征")]
    assert (await listed(call, query="grade=minor"))["items"] == []
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "reading.grade_corrected"]
    assert (event.data["before"], event.data["grade"]) == ("minor", "major")
    assert out["report"]["sha256"] == done["report"]["sha256"], "what was issued stays"


async def test_one_corrected_to_agree_leaves_the_list_and_comes_back(call: Call, world: World, done: Any) -> None:
    _, out = await act(call, "chief_reader", done, "grade", **AGREED)
    found = await listed(call)
    assert (found["items"], found["hidden"], found["grades"]["agreement"]) == ([], 0, 1)
    _, out = await act(call, "chief_reader", out, "grade", **MAJOR)
    assert [each["grade"] for each in (await listed(call))["items"]] == ["major"]
    assert [each["before"] for each in out["over_read"]["corrections"]] == ["agreement", "minor"]
    with pytest.raises(IntegrityError):
        async with world.db.write() as db:
            (await db.get_one(GradeCorrection, (await rows(world.db, GradeCorrection))[0].id)).reason = "换掉"


async def test_agreement_that_was_wrong_becomes_a_discrepancy(call: Call, study: UUID) -> None:
    made = await over_read(call, study)
    out = (await call("reader", "POST", f"/readings/{made['id']}/claim", json={}))[1]
    _, report = await call("reader", "PUT", f"/readings/{out['id']}/report", match=0, json=TEXT)
    agreed = {"comparison": {"grade": "agreement", "branch_report": 1}}
    out = (await act(call, "reader", out, "submit", report_version=report["version"], **agreed))[1]
    _, out = await act(call, "chief_reader", out, "issue", **TEXT, **agreed)
    assert (await listed(call))["items"] == []
    await act(call, "chief_reader", out, "grade", **MAJOR)
    (row,) = (await listed(call))["items"]
    assert (row["grade"], row["hub_lines"], row["issued_at"]) == ("major", [TEXT["impression"]], out["issued_at"])


async def test_only_who_set_it_or_their_senior(call: Call, world: World, done: Any) -> None:
    for who in ("reader", "reader2"):
        status, refused = await act(call, who, done, "grade", **MAJOR)
        assert (status, refused["reason"]) == (403, "grade_correctors"), who
        assert (await call(who, "GET", f"/readings/{done['id']}"))[1]["over_read"]["may_correct"] is False
    assert (await act(call, "doctor", done, "grade", **MAJOR))[0] == 403
    await person(world, "wuxi_reader", "wuxi", Role.radiologist, Title.chief)
    assert (await act(call, "wuxi_reader", done, "grade", **MAJOR))[1]["reason"] == "grade_correctors"
    await person(world, "jiashan_reader", "jiashan", Role.radiologist, Title.chief)
    assert (await act(call, "jiashan_reader", done, "grade", **MAJOR))[0] == 404
    await person(world, "chief2", "ruijin", Role.radiologist, Title.chief)
    assert (await act(call, "chief2", done, "grade", **MAJOR))[0] == 200, "of two chiefs each reviews the other"


async def test_it_says_something_new_of_what_was_issued(call: Call, done: Any) -> None:
    same = {"grade": "minor", "hub_lines": [TEXT["impression"]], "reason": "x"}
    assert (await act(call, "chief_reader", done, "grade", **same))[1]["reason"] == "grade_unchanged"
    gone = MAJOR | {"hub_lines": ["从未写过"]}
    assert (await act(call, "chief_reader", done, "grade", **gone))[1]["reason"] == "lines_gone"
    assert (await act(call, "chief_reader", done, "grade", **MAJOR | {"reason": " "}))[0] == 422
    assert (await act(call, "chief_reader", {**done, "version": 1}, "grade", **MAJOR))[0] == 412


async def test_before_it_is_issued_there_is_no_grade_to_correct(call: Call, study: UUID) -> None:
    made = await over_read(call, study)
    assert (await act(call, "chief_reader", made, "grade", **MAJOR))[1]["reason"] == "wrong_state"


async def test_a_primary_reading_has_none(call: Call, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    assert (await act(call, "chief_reader", out, "grade", **MAJOR))[1]["reason"] == "wrong_state"
