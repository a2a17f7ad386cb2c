"""Two radiologists sign a report: one writes, a more senior one reviews and issues; the branch then has it."""

from typing import Any
from uuid import UUID

from sqlmodel import select

from telemed.access.model import CaseGrant
from telemed.documents.anyway import NO_GLYPH
from telemed.files.model import File
from telemed.reading.model import Reading, Report
from telemed.studies.model import LinkState, StudyLink
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import TEXT, act, claimed, listed, save


async def submitted(call: Call, study: UUID) -> Any:
    one = await claimed(call, study)
    status, report = await save(call, one["id"], 0)
    assert status == 200, report
    status, out = await act(call, "reader", one, "submit", report_version=report["version"])
    assert status == 200, out
    return out


async def kinds(call: Call, who: str) -> list[str]:
    return [each["kind"] for each in (await call(who, "GET", "/home"))[1]["work"]["items"]]


async def test_it_is_written_reviewed_and_read_at_the_branch(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    assert (out["state"], out["report"]["submitted"]["findings"]) == ("written", TEXT["findings"])
    assert [await kinds(call, who) for who in ("reader", "reader2", "chief_reader")] == [[], [], ["review_report"]]
    assert [each.done_at for each in await rows(world.db, Deadline)] == [None], "it is due until it is issued"
    assert (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["report"] is None
    _, seen = await call("chief_reader", "GET", f"/readings/{out['id']}")
    assert seen["actions"] == ["revise", "issue"]
    status, issued = await act(call, "chief_reader", seen, "issue", **TEXT | {"impression": "左肺上叶结节，随访。"})
    assert (status, issued["state"]) == (200, "issued")
    _, theirs = await call("doctor", "GET", f"/readings/{out['id']}")
    report = theirs["report"]
    assert (report["impression"], report["author"], report["reviewer"], report["submitted"], report["damaged"]) == (
        "左肺上叶结节，随访。", "reader", "chief_reader", None, False,
    )  # fmt: skip
    assert await kinds(call, "chief_reader") == []
    assert (await listed(call, "doctor", "issued"))["items"][0]["issued_at"]
    told = {each.id: each.ladder for each in await rows(world.db, Deadline)}
    theirs = [told[each.deadline_id] for each in await rows(world.db, Notice) if each.staff_id == world.ids["doctor"]]
    assert theirs == ["report_issued"]
    [grant] = await rows(world.db, CaseGrant)
    assert (grant.until - NOW).days == 7
    assert all(each.done_at for each in await rows(world.db, Deadline))


async def test_only_who_holds_the_claim_writes_and_what_was_saved_stays(
    call: Call, clock: FakeClock, study: UUID
) -> None:
    one = await claimed(call, study)
    assert (await save(call, one["id"], 0, who="reader2"))[1]["reason"] == "not_claimed"
    assert (await save(call, one["id"], 0))[0] == 200
    status, stale = await save(call, one["id"], 0, findings="另一窗口")
    assert (status, stale["current"]["findings"]) == (412, TEXT["findings"])
    clock.move(minutes=11)
    assert (await save(call, one["id"], 1))[1]["reason"] == "not_claimed"
    assert (await call("reader2", "POST", f"/readings/{one['id']}/claim", json={}))[0] == 200
    _, kept = await call("reader2", "GET", f"/readings/{one['id']}")
    assert (kept["report"]["findings"], kept["report"]["author"]) == (TEXT["findings"], "reader")
    assert (await save(call, one["id"], 1, who="reader2"))[1]["author"] == "reader2"


async def test_nobody_reviews_themselves_or_a_senior(call: Call, study: UUID) -> None:
    out = await submitted(call, study)
    for who, reason in (("reader", "capacity"), ("reader2", "not_senior")):
        status, answer = await act(call, who, out, "issue", **TEXT)
        assert (status, answer["reason"]) == (403, reason), who
    assert (await act(call, "chief_reader", out, "issue", **TEXT | {"impression": " "}))[1]["missing"] == ["impression"]


async def test_a_chief_without_another_is_told_before_it_waits_for_nobody(call: Call, study: UUID) -> None:
    one = await claimed(call, study, "chief_reader")
    _, report = await save(call, one["id"], 0, who="chief_reader")
    status, answer = await act(call, "chief_reader", one, "submit", report_version=report["version"])
    assert (status, answer["reason"]) == (409, "no_reviewer")
    assert (await call("chief_reader", "GET", f"/readings/{one['id']}"))[1]["state"] == "claimed"


async def test_who_submits_what_a_colleague_began_is_its_author(call: Call, clock: FakeClock, study: UUID) -> None:
    one = await claimed(call, study)
    _, report = await save(call, one["id"], 0)
    clock.move(minutes=11)
    _, mine = await call("reader2", "POST", f"/readings/{one['id']}/claim", json={})
    _, out = await act(call, "reader2", mine, "submit", report_version=report["version"])
    assert (out["state"], out["report"]["author"]) == ("written", "reader2")


async def test_two_reviewers_issue_it_once(call: Call, study: UUID) -> None:
    out = await submitted(call, study)
    assert (await act(call, "chief_reader", out, "issue", **TEXT))[0] == 200
    assert (await act(call, "chief_reader", out, "issue", **TEXT))[0] == 412


async def test_it_is_given_back_with_reasons_and_taken_back_without(call: Call, study: UUID) -> None:
    out = await submitted(call, study)
    _, again = await act(call, "reader", out, "take-back")
    assert again["state"] == "claimed"
    _, out = await act(call, "reader", again, "submit", report_version=again["report"]["version"])
    assert (await act(call, "chief_reader", out, "revise", reason=" "))[0] == 422
    _, given = await act(call, "chief_reader", out, "revise", reason="请测量最大径")
    assert (given["state"], given["report"]["revise_words"]) == ("assigned", "请测量最大径")
    assert [await kinds(call, who) for who in ("reader", "chief_reader")] == [["read"], []]
    assert (await call("reader", "POST", f"/readings/{out['id']}/claim", json={}))[1]["state"] == "claimed"


async def test_an_empty_one_is_not_submitted(call: Call, study: UUID) -> None:
    one = await claimed(call, study)
    _, report = await save(call, one["id"], 0, findings="", impression="")
    status, answer = await act(call, "reader", one, "submit", report_version=report["version"])
    assert (status, answer["reason"], answer["missing"]) == (422, "report_incomplete", ["findings", "impression"])


async def test_reports_of_earlier_days_are_found_by_number_and_name(
    call: Call, clock: FakeClock, world: World, study: UUID
) -> None:
    out = await submitted(call, study)
    assert (await act(call, "chief_reader", out, "issue", **TEXT))[0] == 200
    clock.move(days=3)
    assert (await listed(call, "doctor", "issued"))["items"] == []
    number = out["identity"]["identifiers"][0]["value"]
    for q in (number, "远山"):
        assert [each["id"] for each in (await listed(call, "doctor", "issued", q=q))["items"]] == [out["id"]], q
    assert (await listed(call, "jiashan_doctor", "issued", q=number))["items"] == []


async def test_nothing_is_issued_on_a_study_that_is_not_the_patients(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    async with world.db.write() as db:
        (await db.get_one(StudyLink, study)).state = LinkState.proposed
    status, answer = await act(call, "chief_reader", out, "issue", **TEXT)
    assert (status, answer["reason"]) == (409, "study_recalled")


async def test_what_was_changed_after_issuing_is_not_shown(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    await act(call, "chief_reader", out, "issue", **TEXT)
    async with world.db.write() as db:
        report = (await db.exec(select(Report))).one()
        report.findings, report.canonical = "换掉", (report.canonical or "").replace("左肺", "右肺")
        assert (await db.exec(select(Reading))).one().issued_at == NOW
    _, seen = await call("doctor", "GET", f"/readings/{out['id']}")
    assert (seen["report"]["damaged"], seen["report"]["findings"]) == (True, "")


async def test_the_other_side_is_a_doubt(call: Call, study: UUID) -> None:
    one = await claimed(call, study, side="right")
    assert (await save(call, one["id"], 0))[1]["other_side"] is True


async def test_the_print_is_made_once_and_says_what_was_issued(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    path = f"/reports/{out['report']['id']}/record"
    assert (await call("doctor", "GET", path))[0] == 404, "not issued yet"
    await act(call, "chief_reader", out, "issue", **TEXT | {"findings": "左肺上叶见结节。\n边界清𪚥。"})
    status, pdf = await call("doctor", "GET", path)
    assert status == 200
    shown = text_of(pdf)
    for words in (
        *("影像诊断报告", "陈远山", "左肺上叶结节。", "reader", "chief_reader", "主任医师"),
        *("左肺结节性质？", "未登记"),
    ):
        assert words in shown, words
    assert NO_GLYPH in shown, "a rare character does not prevent the print"
    async with world.db.write() as db:
        (await db.exec(select(Reading))).one().question = "改过"
    assert (await call("chief_reader", "GET", path))[1] == pdf
    assert (await call("jiashan_doctor", "GET", path))[0] == 404
    assert [each.kind for each in await rows(world.db, File)] == ["print"]


async def test_a_damaged_text_is_not_printed(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    await act(call, "chief_reader", out, "issue", **TEXT)
    async with world.db.write() as db:
        report = (await db.exec(select(Report))).one()
        report.canonical = (report.canonical or "").replace("左肺", "右肺")
    status, answer = await call("doctor", "GET", f"/reports/{out['report']['id']}/record")
    assert (status, answer["reason"]) == (409, "report_damaged")
