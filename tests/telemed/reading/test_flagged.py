"""Images that are recalled or grow after a report was issued: a page, an event, who relies on it told; its print."""

from typing import Any
from uuid import UUID

import pytest

from telemed.history.model import EventRow
from telemed.reading.model import Report
from telemed.reading.page_model import ReportPage
from telemed.studies.model import LinkState
from telemed.work.model import Notice
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import TEXT, act, becomes, claimed, issued, requested, save


async def read(call: Call, out: Any, who: str = "doctor") -> Any:
    return (await call(who, "GET", f"/readings/{out['id']}"))[1]


async def told(world: World, ladder: str) -> set[UUID | None]:
    return {each.staff_id for each in await rows(world.db, Notice) if each.ladder == ladder}


async def events(world: World) -> list[str]:
    types = [each.type for each in await rows(world.db, EventRow)]
    return [each for each in types if each in ("reading.recalled", "reading.reinstated", "reading.outgrown")]


async def test_a_recalled_study_flags_its_issued_report_until_it_is_the_patients_again(
    call: Call, world: World, study: UUID
) -> None:
    out = await issued(call, await requested(call, study))
    record = f"/reports/{out['report']['id']}/record"
    before = text_of((await call("doctor", "GET", record))[1])
    await becomes(world, study, LinkState.rejected)
    relying = {world.ids[who] for who in ("doctor", "reader", "chief_reader")}
    assert await told(world, "report_recalled") == relying
    assert await events(world) == ["reading.recalled"]
    for who in ("doctor", "reader"):
        shown = await read(call, out, who)
        assert (shown["recalled"], [each["kind"] for each in shown["report"]["pages"]]) == (True, ["recalled"])
    text = text_of((await call("doctor", "GET", record))[1])
    assert text.index("不得作为诊疗依据") < text.index(TEXT["impression"]), "it is said on the first page"
    assert out["report"]["sha256"] in text
    assert before in text, "what was issued stays as it is"
    for form in ("sr", "fhir"):
        status, refused = await call("doctor", "GET", f"/reports/{out['report']['id']}/{form}")
        assert (status, refused["reason"]) == (409, "report_recalled"), form
    await becomes(world, study)
    assert await told(world, "report_reinstated") == relying
    assert await events(world) == ["reading.recalled", "reading.reinstated"]
    assert [each["kind"] for each in (await read(call, out))["report"]["pages"]] == ["recalled", "reinstated"]
    assert (await call("doctor", "GET", f"/reports/{out['report']['id']}/sr"))[0] == 200
    await becomes(world, study, LinkState.rejected)
    assert [each.number for each in await rows(world.db, ReportPage)] == [1, 2, 3]


async def test_the_hub_may_look_at_a_recalled_report_again(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await issued(call, await requested(call, study))
    clock.move(days=8)
    assert (await call("reader", "GET", f"/readings/{out['id']}"))[0] == 404
    await becomes(world, study, LinkState.rejected, minutes=8 * 24 * 60)
    assert (await read(call, out, "reader"))["recalled"] is True


async def test_images_that_come_after_issue_flag_the_report_once_until_it_is_added_to(
    call: Call, world: World, study: UUID
) -> None:
    out = await issued(call, await requested(call, study))
    assert [each.image_count for each in await rows(world.db, Report)] == [200]
    await becomes(world, study, received=212)
    await becomes(world, study, received=215)
    assert await told(world, "report_outgrown") == {world.ids["reader"], world.ids["chief_reader"]}
    shown = (await read(call, out))["report"]
    assert ([each["kind"] for each in shown["pages"]], shown["came_since"]) == (["grown"], 15)
    text = text_of((await call("doctor", "GET", f"/reports/{out['report']['id']}/record"))[1])
    assert "报告据200幅影像发布，截至本页出具已有212幅" in text
    assert (await call("doctor", "GET", f"/reports/{out['report']['id']}/sr"))[0] == 200
    now = await read(call, out, "chief_reader")
    _, added = await act(call, "chief_reader", now, "addendum", kind="addition", text="新到影像未见异常。")
    assert added["report"]["came_since"] == 0
    await becomes(world, study, received=220)
    assert [(each.kind, each.about) for each in await rows(world.db, ReportPage)] == [("grown", "1"), ("grown", "2")]
    assert await events(world) == ["reading.outgrown"] * 2


async def test_images_that_come_while_it_is_written_are_said(call: Call, world: World, study: UUID) -> None:
    out = await claimed(call, study)
    _, report = await save(call, out["id"], 0)
    await becomes(world, study, received=212)
    assert (await read(call, out, "reader"))["report"]["came_since"] == 12
    _, saved = await save(call, out["id"], report["version"])
    assert saved["came_since"] == 12, "typing on is not looking at them"
    assert await events(world) == []
    assert await rows(world.db, ReportPage) == []


@pytest.mark.parametrize("column", ["canonical", "sha256"])
async def test_a_page_that_was_changed_is_not_printed(call: Call, world: World, study: UUID, column: str) -> None:
    out = await issued(call, await requested(call, study))
    await becomes(world, study, LinkState.rejected)
    async with world.db.write() as db:
        [page] = await rows(world.db, ReportPage)
        setattr(await db.get_one(ReportPage, page.id), column, "{}")
    status, refused = await call("doctor", "GET", f"/reports/{out['report']['id']}/record")
    assert (status, refused["reason"]) == (409, "page_damaged")
