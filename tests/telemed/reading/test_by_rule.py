"""Readings by rule: what a rule matches and draws, that a study is handled once, and what stands in its way."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.access.model import Account
from telemed.app import kinds
from telemed.bridge import packets
from telemed.bridge.grants import by_activity
from telemed.history.consumers import Heard
from telemed.history.events import About
from telemed.kit.table import new_id
from telemed.people.model import Agreement
from telemed.reading import by_rule, matching
from telemed.reading.model import Reading, ReadingClause, ReadingRule, RuleDraw
from telemed.reading.sides import side_of
from telemed.reading.words import Drawn, Part, ReadingPurpose, Side, Urgency
from telemed.studies.events import StudyCompleted
from telemed.studies.model import LinkState, StudyLink, StudyView
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import STUDY, issued, listed, requested
from tests.telemed.reading.helpers import study as another_study
from tests.telemed.reading.rule_helpers import CLAUSE, RULE, clause, made


async def came(world: World, uid: str = STUDY, now: datetime = NOW) -> None:
    async with world.db.write() as db:
        await by_rule.study_came(db, "wuxi", uid, now)


async def outcomes(world: World) -> list[Drawn]:
    return [each.outcome for each in await rows(world.db, RuleDraw)]


async def test_a_rule_is_written_anonymous_forbidden_invalid_good(call: Call, world: World) -> None:
    body = RULE | {"branch_id": "wuxi", "contact_id": str(world.ids["radiographer"])}
    ask = ("POST", "/admin/reading-rules")
    assert (await call(None, *ask, json=body))[0] == 401
    assert (await call("reader", *ask, json=body))[0] == 403
    assert (await call("wuxi_admin", *ask, json=body))[1]["reason"] == "hub_administrator"
    for wrong in ({"share": 101}, {"days": "0000000"}, {"starts": "24:00"}, {"modality": "ct"}):
        assert (await call("admin", *ask, json=body | wrong))[0] == 422, wrong
    nobody = body | {"contact_id": str(world.ids["expert"])}
    assert (await call("admin", *ask, json=nobody))[1]["reason"] == "contact_of_branch"
    async with world.db.write() as db:
        for each in await rows(world.db, Agreement):
            (await db.get_one(Agreement, each.id)).services = ["consultation"]
    assert (await call("admin", *ask, json=body))[1]["reason"] == "no_reading_agreement"


async def test_two_administrators_at_one_rule_the_second_is_told(call: Call, world: World) -> None:
    rule = await made(call, world)
    body = RULE | {"contact_id": str(world.ids["radiographer"]), "share": 20}
    path = f"/admin/reading-rules/{rule['id']}"
    assert (await call("admin", "PUT", path, match=1, json=body))[1]["version"] == 2
    status, answer = await call("admin", "PUT", path, match=1, json=body)
    assert (status, answer["current"]["share"]) == (412, 20)


async def test_a_complete_study_is_read_once(call: Call, world: World, study: UUID) -> None:
    await made(call, world)
    await clause(call, world)
    await came(world)
    await came(world, now=NOW + timedelta(minutes=5))
    (row,) = (await listed(call, "reader"))["items"]
    assert (row["urgency"], row["part"], row["due_at"]) == ("routine", "chest", "2026-03-03T01:00:00Z")
    _, out = await call("reader", "GET", f"/readings/{row['id']}")
    assert (out["by_rule"], out["question"], out["requester"]) == (True, "常规诊断", "radiographer")
    assert out["basis"] == f"合作协议 A-wuxi 阅片知情条款第 1 版（2026-01-01 起）：{CLAUSE}"
    async with world.db.read() as db:
        found = await by_activity(db, kinds(), NOW, {})
    assert [grant.study_uid for grant in found[UUID(row["id"])].values()] == [STUDY], "as of a requested one"
    out = await issued(call, out)
    text = "".join(text_of((await call("doctor", "GET", f"/reports/{out['report']['id']}/record"))[1]).split())
    assert f"知情依据合作协议A-wuxi阅片知情条款第1版（2026-01-01起）：{CLAUSE}" in text
    await came(world, now=NOW + timedelta(days=1))
    assert len(await rows(world.db, Reading)) == 1, "images that come late make no second one"
    assert await outcomes(world) == [Drawn.made]


async def test_it_is_heard_of_by_the_archives_events(call: Call, world: World, study: UUID) -> None:
    await made(call, world)
    await clause(call, world)
    news = StudyCompleted(id=study, study_uid=STUDY, state=LinkState.confirmed, rev=1)
    for _ in range(2):
        async with world.db.write() as db:
            await packets.consume(db, Heard(new_id(), news, About("wuxi"), NOW, NOW))
    assert len(await rows(world.db, Reading)) == 1


@pytest.mark.parametrize(
    "view", [{"received": 3, "expected": 5, "complete": False}, {"expected": None, "complete": False}]
)
async def test_it_waits_for_all_images(call: Call, world: World, view: dict[str, Any]) -> None:
    await made(call, world)
    await clause(call, world)
    await another_study(world, **view)
    await came(world)
    assert await outcomes(world) == []
    async with world.db.write() as db:
        (await db.get_one(StudyView, ("wuxi", STUDY))).complete = True
    await came(world)
    assert await outcomes(world) == [Drawn.made]


async def test_what_is_not_confirmed_or_from_before_the_rule_is_left_alone(
    call: Call, world: World, clock: FakeClock, study: UUID
) -> None:
    await clause(call, world)
    clock.move(minutes=1)
    await made(call, world)
    await came(world, now=clock())
    assert await outcomes(world) == [], "it was there before the rule"
    await another_study(world, STUDY + ".1")
    async with world.db.write() as db:
        (await db.get_one(StudyView, ("wuxi", STUDY + ".1"))).received_at = clock()
        (link,) = [each for each in await rows(world.db, StudyLink) if each.study_uid == STUDY + ".1"]
        (await db.get_one(StudyLink, link.id)).state = LinkState.proposed
    await came(world, STUDY + ".1", clock())
    assert await outcomes(world) == []


async def test_without_a_clause_nothing_is_made_and_the_administrator_sees_it(
    call: Call, world: World, study: UUID
) -> None:
    await made(call, world)
    await clause(call, world, valid_from="2026-03-03")
    await came(world)
    assert await rows(world.db, Reading) == []
    _, table = await call("admin", "GET", "/admin/reading-rules")
    assert table["rules"][0]["drawn"] == {"no_clause": 1}
    assert [each["clause"] for each in table["agreements"] if each["branch_id"] == "wuxi"] == [False]
    _, theirs = await call("wuxi_admin", "GET", "/admin/reading-rules")
    assert (len(theirs["rules"]), theirs["may_edit"]) == (1, False)
    assert (await call("jiashan_admin", "GET", "/admin/reading-rules"))[1]["rules"] == []


async def test_what_a_person_has_requested_is_not_read_twice(call: Call, world: World, study: UUID) -> None:
    await made(call, world)
    await clause(call, world)
    await requested(call, study)
    await came(world)
    assert await outcomes(world) == [Drawn.asked_already]
    assert len(await rows(world.db, Reading)) == 1


async def test_where_the_agreement_no_longer_covers_reading_nothing_is_made(
    call: Call, world: World, study: UUID
) -> None:
    await made(call, world)
    async with world.db.write() as db:
        for each in await rows(world.db, Agreement):
            (await db.get_one(Agreement, each.id)).services = ["consultation"]
    await came(world)
    assert await outcomes(world) == [Drawn.no_agreement]


async def test_the_first_rule_that_matches_counts(call: Call, world: World, study: UUID) -> None:
    await clause(call, world)
    await made(call, world, name="磁共振", modality="MR", urgency="stat")
    none = await made(call, world, name="不抽", share=0)
    await made(call, world, name="其余", modality="")
    await came(world)
    (drawn,) = await rows(world.db, RuleDraw)
    assert (str(drawn.rule_id), drawn.outcome) == (none["id"], Drawn.not_drawn)


async def test_a_later_version_of_the_clause_changes_no_reading(call: Call, world: World, study: UUID) -> None:
    await made(call, world)
    await clause(call, world)
    await came(world)
    await clause(call, world, text="新条款。")
    (row,) = await rows(world.db, Reading)
    (first,) = [each for each in await rows(world.db, ReadingClause) if each.number == 1]
    assert row.clause_id == first.id
    second = await another_study(world, STUDY + ".2")
    assert "第 2 版" in (await requested(call, second))["basis"], "a requested one rests on it too"


def rule(**more: Any) -> ReadingRule:
    columns: dict[str, Any] = {
        "id": UUID(int=7), "hub_id": "ruijin", "branch_id": "wuxi", "name": "", "purpose": ReadingPurpose.primary,
        "modality": "CT", "days": "1111100", "starts": "17:30", "ends": "08:00", "share": 5,
        "urgency": Urgency.routine, "part": Part.chest, "question": "", "contact_id": UUID(int=1),
        "saved_by": UUID(int=1), "created_at": NOW, "saved_at": NOW, "seed": "seed",
    }  # fmt: skip
    return ReadingRule(**columns | more)


@pytest.mark.parametrize(
    ("local", "holds"),
    [
        ("2026-03-02T17:29", False),
        ("2026-03-02T17:30", True),
        ("2026-03-03T07:59", True),
        ("2026-03-03T08:00", False),
        ("2026-03-07T03:00", True),  # Saturday: the night that began on Friday
        ("2026-03-07T20:00", False),
        ("2026-03-02T03:00", False),  # Monday: that night began on Sunday
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_begins(local: str, holds: bool) -> None:
    at = datetime.fromisoformat(f"{local}:00+08:00")
    assert matching.matches(rule(), "CT", at, "Asia/Shanghai") is holds
    assert not matching.matches(rule(), "MR", at, "Asia/Shanghai")
    assert not matching.matches(rule(retired=True), "CT", at, "Asia/Shanghai")


def test_a_share_is_drawn_alike_each_time_and_is_kept() -> None:
    uids = [f"1.2.{number}" for number in range(10_000)]
    drawn = [uid for uid in uids if matching.draws(rule(), uid)]
    assert 400 < len(drawn) < 600, "five in a hundred"
    assert drawn == [uid for uid in uids if matching.draws(rule(version=9), uid)]
    assert set(drawn) <= {uid for uid in uids if matching.draws(rule(share=10), uid)}, "more, and the same"
    assert not [uid for uid in uids if matching.draws(rule(share=0), uid)]
    assert all(matching.draws(rule(share=100), uid) for uid in uids)


def test_nobody_who_does_not_know_the_seed_can_work_out_a_draw() -> None:
    uids = [f"1.2.{number}" for number in range(1000)]
    one, other = ([matching.draws(rule(seed=seed, share=50), uid) for uid in uids] for seed in ("one", "other"))
    assert 400 < sum(a == b for a, b in zip(one, other, strict=True)) < 600


def test_a_studys_name_says_its_side() -> None:
    said = {"右膝关节": Side.right, "双手正位": Side.both, "left hand": Side.left, "胸部平扫": Side.none}
    assert {name: side_of(name, "") for name in said} == said
    assert [side_of("膝关节", each) for each in ("R", "L", "B")] == [Side.right, Side.left, Side.both]
    assert side_of("右膝关节", "L") is Side.right, "the name before the images"


async def test_a_rules_hours_are_those_in_which_the_last_image_came(call: Call, world: World, study: UUID) -> None:
    await made(call, world, starts="08:00", ends="12:00")  # it came at nine
    await clause(call, world)
    await came(world, now=NOW + timedelta(hours=12))  # whose it is was said in the evening
    assert await outcomes(world) == [Drawn.made]


async def test_where_its_contact_has_left_somebody_of_the_branch_who_may_act_is_asked(
    call: Call, world: World, study: UUID
) -> None:
    await clause(call, world)
    await made(call, world, contact_id=str(world.ids["doctor"]))
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids["doctor"])).disabled_at = NOW
    await came(world)
    [row] = await rows(world.db, Reading)
    assert row.requester_id == world.ids["radiographer"]
