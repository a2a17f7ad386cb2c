"""What was issued is added to or corrected by a senior: the issued text stays, the branch is told at once."""

from typing import Any
from uuid import UUID

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from sqlmodel import select

from telemed.access.model import Account, Role
from telemed.audit.model import AuditEvent
from telemed.people.model import Staff, Title
from telemed.reading.addenda import UNREVIEWED
from telemed.reading.model import Reading, Report
from telemed.reading.words import ReadingState as State
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, Call, World, rows
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading.helpers import TEXT, act, issued, listed, person, requested

SAID = {"kind": "correction", "text": "左肺更正为右肺上叶结节。"}


def pages_of(pdf: bytes) -> list[str]:
    return ["".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(pdf)]


async def test_an_addendum_is_read_at_the_branch_beside_what_was_issued(call: Call, world: World, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    _, seen = await call("chief_reader", "GET", f"/readings/{out['id']}")
    assert seen["actions"] == ["addend"]
    status, added = await act(call, "chief_reader", seen, "addendum", **SAID)
    assert (status, added["state"]) == (200, "addended"), added
    status, stale = await act(call, "chief_reader", seen, "addendum", **SAID)
    assert status == 412, "a double click adds one"
    status, added = await act(call, "chief_reader", added, "addendum", kind="addition", text="建议 3 个月后复查。")
    assert status == 200, stale
    report = (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["report"]
    assert (report["findings"], report["number"]) == (TEXT["findings"], 1), "what was issued stays"
    shown = [[each[name] for name in ("number", "kind", "text", "author", "damaged")] for each in report["addenda"]]
    assert shown == [
        [2, "correction", SAID["text"], "chief_reader", False],
        [3, "addition", "建议 3 个月后复查。", "chief_reader", False],
    ]
    assert len((await listed(call, "doctor", "issued"))["items"]) == 1
    told = {each.id: each.ladder for each in await rows(world.db, Deadline)}
    theirs = [told[each.deadline_id] for each in await rows(world.db, Notice) if each.staff_id == world.ids["doctor"]]
    assert theirs == ["report_issued"] * 3
    assert [each.action for each in await rows(world.db, AuditEvent)].count("reading.addend") == 2


async def test_its_print_names_the_report_it_belongs_to_and_stays(call: Call, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    _, added = await act(call, "chief_reader", out, "addendum", **SAID)
    first, [addendum] = added["report"], added["report"]["addenda"]
    status, pdf = await call("doctor", "GET", f"/reports/{addendum['id']}/record")
    assert status == 200
    text = "".join(text_of(pdf).split())
    assert "影像诊断报告（更正）" in text
    assert SAID["text"] in text
    assert first["sha256"] in text
    assert TEXT["findings"] not in text
    assert (await call("doctor", "GET", f"/reports/{addendum['id']}/record"))[1] == pdf


async def test_a_print_of_what_was_corrected_begins_with_its_correction(call: Call, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    path = f"/reports/{out['report']['id']}/record"
    alone = (await call("doctor", "GET", path))[1]
    for text in ("第一次更正。", "第二次更正。"):
        status, out = await act(call, "chief_reader", out, "addendum", **SAID | {"text": text})
        assert status == 200, out
    _, pdf = await call("doctor", "GET", path)
    pages = pages_of(pdf)
    assert len(pages) == len(pages_of(alone)) + 2
    assert ("第二次更正。" in pages[0], "第一次更正。" in pages[1]) == (True, True)
    assert TEXT["findings"] in pages[2]


async def test_only_whoever_may_review_it_adds_to_it(call: Call, world: World, study: UUID) -> None:
    asked = await requested(call, study)
    status, refused = await act(call, "chief_reader", asked, "addendum", **SAID)
    assert (status, refused["reason"]) == (409, "wrong_state")
    out = await issued(call, asked)
    status, refused = await act(call, "reader", out, "addendum", **SAID)
    assert (status, refused["reason"]) == (403, "not_senior")
    assert (await act(call, "doctor", out, "addendum", **SAID))[0] == 403
    await person(world, "other_chief", "jiashan", Role.radiologist, Title.chief)
    assert (await act(call, "other_chief", out, "addendum", **SAID))[0] == 404


async def leaves(world: World, who: str) -> None:
    async with world.db.write() as db:
        (await db.get_one(Account, world.ids[who])).disabled_at = NOW


async def test_its_author_corrects_it_where_the_hub_has_nobody_else_left_and_it_says_so(
    call: Call, world: World, study: UUID
) -> None:
    out = await issued(call, await requested(call, study))
    assert (await call("reader", "GET", f"/readings/{out['id']}"))[1]["actions"] == []
    await leaves(world, "chief_reader")
    assert (await call("reader", "GET", f"/readings/{out['id']}"))[1]["actions"] == ["addend"]
    status, refused = await act(call, "reader2", out, "addendum", **SAID)
    assert (status, refused["reason"]) == (403, "not_senior"), "a colleague of the same title has not written it"
    status, added = await act(call, "reader", out, "addendum", **SAID)
    assert (status, added["state"]) == (200, "addended"), added
    [addendum] = added["report"]["addenda"]
    assert addendum["text"] == f"{SAID['text']}\n{UNREVIEWED}"
    printed = text_of((await call("doctor", "GET", f"/reports/{addendum['id']}/record"))[1])
    assert "未经第二人审核" in "".join(printed.split())
    await person(world, "new_chief", "ruijin", Role.radiologist, Title.chief)
    status, refused = await act(call, "reader", added, "addendum", **SAID)
    assert (status, refused["reason"]) == (403, "not_senior"), "somebody may review it again"


@pytest.mark.parametrize("title", [Title.resident, Title.attending])
async def test_nothing_of_a_resident_goes_out_unread_and_a_provisional_report_waits(
    call: Call, world: World, study: UUID, title: Title
) -> None:
    out = await issued(call, await requested(call, study))
    for who in ("chief_reader", "reader2"):
        await leaves(world, who)
    async with world.db.write() as db:
        (await db.get_one(Staff, world.ids["reader"])).title = title
        row = await db.get_one(Reading, UUID(out["id"]))
        row.state = State.issued if title is Title.resident else State.provisional
    status, refused = await act(call, "reader", out, "addendum", **SAID)
    assert (status, refused["reason"]) == (403, "not_senior")


async def test_an_addendum_that_was_changed_in_the_database_is_not_shown(call: Call, world: World, study: UUID) -> None:
    out = await issued(call, await requested(call, study))
    assert (await act(call, "chief_reader", out, "addendum", **SAID))[0] == 200
    async with world.db.write() as db:
        stored: Any = (await db.exec(select(Report).where(Report.number == 2))).one()
        stored.canonical = stored.canonical.replace("右肺", "左肺")
    [shown] = (await call("doctor", "GET", f"/readings/{out['id']}"))[1]["report"]["addenda"]
    assert (shown["text"], shown["damaged"]) == ("", True)
    status, refused = await call("doctor", "GET", f"/reports/{shown['id']}/record")
    assert (status, refused["reason"]) == (409, "report_damaged")
