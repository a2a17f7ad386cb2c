"""A branch's own report, written at the desk by its radiologist; and over-reads drawn only once it stands."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from telemed.access.model import Role
from telemed.people.model import Title
from telemed.reading import by_rule, own_lists
from telemed.reading.model import BranchReport, OwnReport, Reading, RuleDraw
from telemed.reading.words import Drawn
from telemed.studies.model import LinkState, StudyLink
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.reading.helpers import BRANCH_REPORT, STUDY, TEXT, act, issued, listed, person, requested
from tests.telemed.reading.helpers import study as another_study
from tests.telemed.reading.rule_helpers import clause, made

PATH = f"/own-reports/{STUDY}"


@pytest.fixture(autouse=True)
async def branch_readers(world: World) -> None:
    await person(world, "gu", "wuxi", Role.radiologist)
    await person(world, "qian", "wuxi", Role.radiologist, Title.resident)
    await person(world, "jiashan_reader", "jiashan", Role.radiologist)


async def typed(call: Call, who: str = "gu", **text: str) -> Any:
    """Claimed and saved; returns the draft."""
    status, page = await call(who, "POST", f"{PATH}/claim")
    assert status == 200, page
    status, draft = await call(who, "PUT", PATH, match=page["draft"]["version"], json=TEXT | text)
    assert status == 200, draft
    return draft


async def signed(call: Call, who: str = "gu", **text: str) -> Any:
    draft = await typed(call, who, **text)
    status, page = await call(who, "POST", f"{PATH}/sign", match=draft["version"])
    assert status == 200, page
    return page


async def came(world: World, uid: str = STUDY) -> None:
    async with world.db.write() as db:
        await by_rule.study_came(db, "wuxi", uid, NOW)


async def test_it_is_written_and_signed_anonymous_forbidden_invalid_good(call: Call, study: UUID) -> None:
    assert (await call(None, "GET", PATH))[0] == 401
    assert (await call("doctor", "GET", PATH))[0] == 403
    assert (await call("gu", "GET", "/own-reports/1.2.3"))[0] == 404
    _, page = await call("gu", "GET", PATH)
    assert (page["draft"], page["mine"], page["part"], page["modality"]) == (None, False, "chest", "CT")
    draft = await typed(call, impression="")
    status, refused = await call("gu", "POST", f"{PATH}/sign", match=draft["version"])
    assert (status, refused["reason"], refused["missing"]) == (422, "report_incomplete", ["impression"])
    text = TEXT | {"findings": "双肺【清晰|增多】。"}
    _, draft = await call("gu", "PUT", PATH, match=draft["version"], json=text)
    assert (await call("gu", "POST", f"{PATH}/sign", match=1))[0] == 412
    _, page = await call("gu", "POST", f"{PATH}/sign", match=draft["version"])
    (one,) = page["signed"]
    assert (one["signer"], one["findings"], one["signed_at"]) == ("gu", "双肺清晰。", "2026-03-02T01:00:00Z")
    assert page["draft"] is None


async def test_it_does_not_exist_for_another_hospital(call: Call, study: UUID) -> None:
    await signed(call)
    nothing = {"items": [], "to_write": 0, "signed": 0, "more": False}
    for who in ("jiashan_reader", "reader"):
        assert (await call(who, "GET", PATH))[0] == 404
        assert (await call(who, "POST", f"{PATH}/claim"))[0] == 404
        assert (await call(who, "GET", "/own-reports?show=signed"))[1] == nothing


async def test_two_do_not_write_at_once_and_what_is_left_is_gone_on_with(
    call: Call, study: UUID, clock: FakeClock
) -> None:
    draft = await typed(call, "qian")
    status, refused = await call("gu", "POST", f"{PATH}/claim")
    assert (status, refused["reason"]) == (409, "own_report_held")
    assert (await call("gu", "GET", PATH))[1]["writer"] == "qian"
    assert (await call("gu", "PUT", PATH, match=draft["version"], json=TEXT))[1]["reason"] == "not_claimed"
    clock.move(minutes=10)
    _, page = await call("gu", "POST", f"{PATH}/claim")
    assert (page["mine"], page["draft"]["impression"], page["draft"]["author"]) == (True, TEXT["impression"], "qian")
    assert (await call("qian", "PUT", PATH, match=draft["version"], json=TEXT))[1]["reason"] == "not_claimed"


async def test_a_resident_leaves_it_to_whoever_may_sign_and_both_are_named(
    call: Call, world: World, study: UUID
) -> None:
    await requested(call, study, purpose="over_read")
    draft = await typed(call, "qian")
    status, refused = await call("qian", "POST", f"{PATH}/sign", match=draft["version"])
    assert (status, refused["reason"]) == (403, "own_report_senior")
    _, page = await call("qian", "POST", f"{PATH}/release")
    assert (page["mine"], page["writer"], page["may_sign"]) == (False, "", False)
    _, page = await call("gu", "POST", f"{PATH}/claim")
    _, page = await call("gu", "POST", f"{PATH}/sign", match=page["draft"]["version"])
    assert (page["signed"][0]["author"], page["signed"][0]["signer"]) == ("qian", "gu")
    (theirs,) = await rows(world.db, BranchReport)
    assert theirs.author == "qian（书写）、gu（审签）"


async def test_an_over_read_that_was_requested_is_given_it_and_its_clock_begins(call: Call, study: UUID) -> None:
    made_ = await requested(call, study, purpose="over_read")
    assert made_["due_at"] is None
    await signed(call)
    _, out = await call("reader", "GET", f"/readings/{made_['id']}")
    (theirs,) = out["branch_reports"]
    assert (theirs["author"], theirs["written_here"], theirs["written_at"]) == ("gu", True, "2026-03-02T01:00:00Z")
    assert (theirs["technique"], theirs["lines"]) == (TEXT["technique"], [TEXT["impression"]])
    assert out["due_at"] == "2026-03-02T05:00:00Z"
    await signed(call, impression="左肺上叶结节，较前增大。")
    _, out = await call("reader", "GET", f"/readings/{made_['id']}")
    assert [each["number"] for each in out["branch_reports"]] == [2, 1]
    assert out["branch_reports"][0]["lines"] == ["左肺上叶结节，较前增大。"]


async def test_an_over_read_that_is_requested_later_has_it_at_once(call: Call, study: UUID) -> None:
    await signed(call)
    made_ = await requested(call, study, purpose="over_read")
    assert (made_["branch_report"], made_["due_at"]) == (1, "2026-03-02T05:00:00Z")
    out = await issued(call, made_)
    await signed(call, impression="改了。")
    _, after = await call("doctor", "GET", f"/readings/{out['id']}")
    assert after["branch_report"] == 1, "after issuing no version is taken"


async def test_what_is_signed_never_changes(call: Call, world: World, study: UUID) -> None:
    await signed(call)
    (row,) = await rows(world.db, OwnReport)
    with pytest.raises(IntegrityError):
        async with world.db.write() as db:
            (await db.get_one(OwnReport, row.id)).impression = "换掉"


async def test_it_is_of_the_patient_whose_study_it_is(call: Call, world: World, study: UUID) -> None:
    await signed(call)
    other = await another_study(world, STUDY + ".9", name="吕惊蛰")
    async with world.db.write() as db:
        patient = (await db.get_one(StudyLink, other)).patient_id
        link = await db.get_one(StudyLink, study)
        link.state = LinkState.rejected
        db.add(StudyLink(hospital_id="wuxi", study_uid=STUDY, state=LinkState.proposed, at=NOW))
    assert (await call("gu", "GET", PATH))[1]["reason"] == "study_not_confirmed"
    async with world.db.write() as db:
        db.add(StudyLink(hospital_id="wuxi", study_uid=STUDY, patient_id=patient, state=LinkState.confirmed, at=NOW))
    _, page = await call("gu", "GET", PATH)
    assert (page["identity"]["name"], page["signed"]) == ("吕惊蛰", [])
    assert (await signed(call))["signed"][0]["number"] == 2


async def test_the_desks_list_says_how_far_each_is(call: Call, world: World, study: UUID) -> None:
    await another_study(world, STUDY + ".9", name="吕惊蛰")
    await typed(call)
    _, found = await call("gu", "GET", "/own-reports")
    assert {each["patient"]["name"]: (each["state"], each["who"]) for each in found["items"]} == {
        "陈远山": ("draft", "gu"),
        "吕惊蛰": ("unwritten", ""),
    }
    await signed(call)
    _, found = await call("gu", "GET", "/own-reports?show=signed")
    assert [(each["patient"]["name"], each["state"]) for each in found["items"]] == [("陈远山", "signed")]
    assert (found["to_write"], found["signed"]) == (1, 1)
    assert found["more"] is False


async def test_what_came_long_ago_is_found_by_name_and_number(
    call: Call, world: World, study: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await another_study(world, STUDY + ".9", name="吕惊蛰", accession_number="CT20260302")
    monkeypatch.setattr(own_lists, "AT_ONCE", 1)
    _, found = await call("gu", "GET", "/own-reports")
    assert (len(found["items"]), found["more"]) == (1, True)
    for q, names in (("惊蛰", ["吕惊蛰"]), ("CT20260302", ["吕惊蛰"]), ("CT2027", []), ("陈", ["陈远山"]), ("赵", [])):
        _, found = await call("gu", "GET", f"/own-reports?q={q}")
        assert [each["patient"]["name"] for each in found["items"]] == names, q


@pytest.mark.parametrize(("share", "outcome"), [(100, Drawn.made), (0, Drawn.not_drawn)])
async def test_an_over_read_is_drawn_only_once_the_report_stands(
    call: Call, world: World, study: UUID, share: int, outcome: Drawn
) -> None:
    """Until then nothing, in rows, lists, counts or the audit, differs between what will be drawn and what will not."""
    await made(call, world, purpose="over_read", share=share)
    await clause(call, world)
    await came(world)
    await came(world)
    assert await rows(world.db, Reading) == []
    assert [each.outcome for each in await rows(world.db, RuleDraw)] == [Drawn.awaits_report]
    _, table = await call("wuxi_admin", "GET", "/admin/reading-rules")
    assert table["rules"][0]["drawn"] == {"awaits_report": 1}
    assert "seed" not in table["rules"][0]
    draft = await typed(call)
    assert await rows(world.db, Reading) == []
    await call("gu", "POST", f"{PATH}/sign", match=draft["version"])
    assert [each.outcome for each in await rows(world.db, RuleDraw)] == [outcome]
    items = (await listed(call, "reader"))["items"]
    assert [(each["purpose"], each["branch_report"]) for each in items] == [("over_read", 1)] * (share // 100)
    await came(world)
    assert len(await rows(world.db, Reading)) == share // 100


async def test_a_report_that_was_there_first_is_drawn_when_the_images_are_complete(
    call: Call, world: World, study: UUID
) -> None:
    await made(call, world, purpose="over_read")
    await clause(call, world)
    await signed(call)
    assert await rows(world.db, RuleDraw) == []
    await came(world)
    assert [each.outcome for each in await rows(world.db, RuleDraw)] == [Drawn.made]


async def test_a_drawn_over_read_keeps_the_report_that_stood_then(call: Call, world: World, study: UUID) -> None:
    await made(call, world, purpose="over_read")
    await clause(call, world)
    await came(world)
    await signed(call)
    (row,) = (await listed(call, "reader"))["items"]
    _, theirs = await call("doctor", "GET", f"/readings/{row['id']}")
    assert theirs["takes_branch_report"] is False
    status, refused = await act(call, "doctor", theirs, "branch-report", **BRANCH_REPORT)
    assert (status, refused["reason"]) == (409, "sampled_report")
    status, refused = await act(call, "doctor", theirs, "withdraw", reason="不想比")
    assert (status, refused["reason"]) == (409, "sampled_stays")
    await signed(call, impression="知道被抽中后改的。")
    _, out = await call("reader", "GET", f"/readings/{row['id']}")
    assert [each["lines"] for each in out["branch_reports"]] == [[TEXT["impression"]]]


async def test_a_rule_that_was_taken_out_of_use_draws_nothing_more(call: Call, world: World, study: UUID) -> None:
    rule = await made(call, world, purpose="over_read")
    await clause(call, world)
    await came(world)
    body = {
        name: rule[name] for name in rule if name not in ("id", "hub_id", "branch_id", "version", "drawn", "saved_at")
    }
    status, _ = await call("admin", "PUT", f"/admin/reading-rules/{rule['id']}", match=1, json=body | {"retired": True})
    assert status == 200
    await signed(call)
    assert [each.outcome for each in await rows(world.db, RuleDraw)] == [Drawn.awaits_report]


async def test_a_draft_is_kept_as_long_as_one_is_here(call: Call, study: UUID, clock: FakeClock) -> None:
    await typed(call)
    for _ in range(3):
        clock.move(minutes=6)
        assert (await call("gu", "POST", f"{PATH}/claim"))[1]["mine"]
    clock.move(minutes=11)
    _, page = await call("qian", "POST", f"{PATH}/claim")
    assert (page["mine"], page["draft"]["impression"]) == (True, TEXT["impression"])
    assert timedelta(minutes=11) < clock.now - NOW
