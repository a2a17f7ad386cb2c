"""Readings on both databases: what two people do at the same moment, and the whole way of a report."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.access.model import Role
from telemed.people.model import Title
from telemed.reading.model import Reading, Report
from telemed.reading.words import ReadingState as State
from tests.contracts.waiting import until_blocked
from tests.telemed.conftest import Call, World, rows
from tests.telemed.reading import helpers
from tests.telemed.reading.helpers import STUDY, TEXT, act, claimed, issued, requested, save


@pytest.fixture(autouse=True)
async def study(world: World) -> UUID:
    await helpers.desk(world)
    return await helpers.study(world)


async def submitted(call: Call, study: UUID) -> Any:
    out = await claimed(call, study)
    _, report = await save(call, out["id"], 0)
    status, out = await act(call, "reader", out, "submit", report_version=report["version"])
    assert status == 200, out
    return out


async def test_a_report_goes_from_request_to_addendum(call: Call, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    assert out["state"] == "issued"
    status, more = await act(call, "chief_reader", out, "addendum", kind="addition", text="随访。")
    assert (status, more["state"]) == (200, "addended")
    for form in ("record", "sr", "fhir"):
        assert (await call("doctor", "GET", f"/reports/{out['report']['id']}/{form}"))[0] == 200


async def test_two_readers_who_ask_for_the_next_at_once_get_two(call: Call, world: World, study: UUID) -> None:
    await requested(call, study)
    await requested(call, await helpers.study(world, STUDY + ".2", "李"))
    answers = await asyncio.gather(*(call(who, "POST", "/readings/next") for who in ("reader", "reader2")))
    assert [status for status, _ in answers] == [200, 200], answers
    assert len({out["id"] for _, out in answers}) == 2
    assert {each.reader_id for each in await rows(world.db, Reading)} == {world.ids["reader"], world.ids["reader2"]}


async def test_the_last_one_is_given_to_one_of_many(call: Call, world: World, study: UUID) -> None:
    await requested(call, study)
    asked = [call(who, "POST", "/readings/next") for who in ("reader", "reader2", "chief_reader")]
    answers = await asyncio.gather(*asked)
    assert sorted(status for status, _ in answers) == [200, 409, 409]
    assert {out["reason"] for status, out in answers if status == 409} == {"nothing_to_read"}


async def test_of_two_who_claim_the_same_at_once_one_has_it(call: Call, world: World, study: UUID) -> None:
    out = await requested(call, study)
    path = f"/readings/{out['id']}/claim"
    async with world.db.write() as db:
        row = (await db.exec(select(Reading).with_for_update())).one()
        trying = asyncio.ensure_future(call("reader", "POST", path, json={}))
        await until_blocked(world.db, trying)
        row.state, row.reader_id = State.claimed, world.ids["reader2"]
        row.claimed_at = row.active_at = row.requested_at
        row.version += 1
    status, refused = await trying
    assert (status, refused["reason"]) == (409, "claimed")


async def test_of_two_reviewers_one_issues_and_the_other_is_told(call: Call, world: World, study: UUID) -> None:
    await helpers.person(world, "chief2", "ruijin", Role.radiologist, Title.chief)
    out = await submitted(call, study)
    both = [act(call, who, out, "issue", **TEXT | {"impression": who}) for who in ("chief_reader", "chief2")]
    answers = await asyncio.gather(*both)
    assert sorted(status for status, _ in answers) == [200, 412], answers
    [report] = await rows(world.db, Report)
    [row] = await rows(world.db, Reading)
    won = next(out for status, out in answers if status == 200)
    assert (report.impression, row.reviewer_id) == (won["report"]["impression"], world.ids[report.impression])


async def test_it_is_issued_or_taken_back_but_not_both(call: Call, world: World, study: UUID) -> None:
    out = await submitted(call, study)
    answers = await asyncio.gather(
        act(call, "chief_reader", out, "issue", **TEXT), act(call, "reader", out, "take-back")
    )
    assert sorted(status for status, _ in answers) == [200, 412], answers
    [row] = await rows(world.db, Reading)
    [report] = await rows(world.db, Report)
    assert (row.state is State.issued) is (report.canonical is not None)


async def test_a_study_is_requested_once_however_often_at_once(call: Call, world: World, study: UUID) -> None:
    body = helpers.asked(study)
    answers = await asyncio.gather(*(call(who, "POST", "/readings", json=body) for who in ("doctor", "radiographer")))
    assert sorted(status for status, _ in answers) == [201, 409], answers
    assert len(await rows(world.db, Reading)) == 1


async def test_who_gets_the_second_most_pressing_gives_no_reason(call: Call, world: World, study: UUID) -> None:
    stat = await requested(call, study, urgency="stat")
    routine = await requested(call, await helpers.study(world, STUDY + ".2", "李"), urgency="routine")
    async with world.db.write() as db:
        row = (await db.exec(select(Reading).where(Reading.id == UUID(stat["id"])).with_for_update())).one()
        asking = asyncio.ensure_future(call("reader2", "POST", "/readings/next"))
        if world.db.writer.dialect.name == "postgresql":
            status, out = await asking
            assert (status, out["id"]) == (200, routine["id"]), "a colleague is just taking the stat one"
        row.state, row.reader_id = State.claimed, world.ids["reader"]
        row.claimed_at = row.active_at = row.requested_at
        row.version += 1
    status, out = await asking
    assert (status, out["id"]) == (200, routine["id"])


async def test_two_who_begin_the_own_report_at_once_do_not_both_write(call: Call, world: World, study: UUID) -> None:
    for who in ("gu", "qian"):
        await helpers.person(world, who, "wuxi", Role.radiologist)
    path = f"/own-reports/{STUDY}"
    answers = await asyncio.gather(*(call(who, "POST", f"{path}/claim") for who in ("gu", "qian")))
    assert sorted(status for status, _ in answers) == [200, 409], answers
    assert [out["reason"] for status, out in answers if status == 409] == ["own_report_held"]


async def test_two_pages_that_save_the_same_draft_at_once_lose_nothing(call: Call, world: World, study: UUID) -> None:
    await helpers.person(world, "gu", "wuxi", Role.radiologist)
    path = f"/own-reports/{STUDY}"
    _, page = await call("gu", "POST", f"{path}/claim")
    version = page["draft"]["version"]
    texts = ("左肺结节。", "右肺结节。")
    saving = [call("gu", "PUT", path, match=version, json=TEXT | {"findings": text}) for text in texts]
    assert sorted(status for status, _ in await asyncio.gather(*saving)) == [200, 412]
