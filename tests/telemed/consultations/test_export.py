"""The list of consultations, and its file for a spreadsheet."""

import asyncio
import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from telemed.audit.model import AuditEvent
from telemed.consultations import export
from telemed.consultations.export_words import CHINESE, ENGLISH, Words
from telemed.consultations.model import Consultation
from telemed.consultations.words import Mode, State, Urgency
from telemed.kit.spreadsheet import MARK, table
from telemed.people.model import Sex
from tests.telemed.conftest import Call, FakeClock, World, beside, rows
from tests.telemed.consultations.actions import make_approved
from tests.telemed.consultations.conftest import Made

WEB = Path(__file__).resolve().parents[3] / "web" / "src" / "i18n"


def lines(data: bytes) -> list[dict[str, str]]:
    text = data.decode()
    assert text.startswith(MARK), "without it Excel takes UTF-8 for the local code page"
    return list(csv.DictReader(io.StringIO(text.removeprefix(MARK))))


async def test_a_stranger_and_an_administrator_take_no_list_along(call: Call) -> None:
    assert (await call(None, "POST", "/consultations/export", json={}))[0] == 401
    assert (await call("admin", "POST", "/consultations/export", json={}))[0] == 403
    assert (await call("doctor", "POST", "/consultations/export", json={"state": "nonsense"}))[0] == 422


async def test_the_file_has_the_rows_that_one_may_see_and_the_audit_log_says_so(
    call: Call, submitted: Made, world: World
) -> None:
    await make_approved(call, submitted)
    status, data = await call("doctor", "POST", "/consultations/export", json={"open": True})
    (line,) = lines(data)
    assert status == 200
    assert (line["患者"], line["状态"], line["邀请方"]) == ("陈远山", "待受理", "wuxi")
    _, nothing = await call("jiashan_doctor", "POST", "/consultations/export", json={})
    assert lines(nothing) == []
    (noted, other) = [each for each in await rows(world.db, AuditEvent) if each.action == "consultations.exported"]
    assert (noted.actor_id, noted.target, other.target) == (world.ids["doctor"], "1 rows", "0 rows")


async def test_the_file_speaks_the_language_of_the_page(call: Call, submitted: Made) -> None:
    await make_approved(call, submitted)
    _, data = await call("doctor", "POST", "/consultations/export", json={"language": "en"})
    (line,) = lines(data)
    assert (line["State"], line["Urgency"], line["Sex"]) == ("To be accepted", "Routine", "M")


@pytest.mark.parametrize(("most", "taken"), [(2, 2), (3, 3), (4, 3)])
async def test_a_list_that_is_too_long_says_that_the_older_ones_are_not_in_it(
    call: Call, submitted: Made, world: World, monkeypatch: pytest.MonkeyPatch, most: int, taken: int
) -> None:
    monkeypatch.setattr(export, "MOST", most)
    monkeypatch.setattr(export, "PAGE", 1)
    ids = [await submitted() for _ in range(3)]
    async with world.db.write() as db:
        for n, id in enumerate(ids):
            (await db.get_one(Consultation, id)).number = f"HZ-{n}"
    _, data = await call("doctor", "POST", "/consultations/export", json={"language": "en"})
    listed = lines(data)
    assert [each["Number"] for each in listed[:taken]] == ["HZ-2", "HZ-1", "HZ-0"][:taken]
    said = [each["Number"] for each in listed[taken:]]
    (noted,) = [each for each in await rows(world.db, AuditEvent) if each.action == "consultations.exported"]
    if most < len(ids):
        assert said == ["Only the newest 2 are listed, older ones are not; please filter further and export again."]
        assert noted.target == "2 rows, cut"
    else:
        assert (said, noted.target) == ([], "3 rows")


async def test_while_the_list_is_read_others_write_and_while_its_file_is_made_the_server_answers(
    call: Call, submitted: Made, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_approved(call, submitted)
    loop = asyncio.get_running_loop()

    async def answers() -> int:
        return (await call("doctor", "GET", "/session"))[0]

    def made(*given: Any) -> bytes:
        assert asyncio.run_coroutine_threadsafe(answers(), loop).result(timeout=10) == 200
        return table(*given)

    monkeypatch.setattr(export, "table", made)
    wrote = beside(world, monkeypatch, export, "departments_en")
    status, data = await call("doctor", "POST", "/consultations/export", json={})
    assert (status, len(lines(data)), wrote) == (200, 1, ["departments_en"])


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_cell_is_a_formula(begins: str) -> None:
    cell = f"{begins}HYPERLINK(1)"
    text = table(["a"], iter([[cell]])).decode().removeprefix(MARK)
    (_, (found,)) = csv.reader(io.StringIO(text, newline=""))
    assert found == f"'{cell}"


async def test_booked_lists_what_is_ready_too(call: Call, submitted: Made, world: World) -> None:
    booked, ready, other = [await submitted() for _ in range(3)]
    async with world.db.write() as db:
        (await db.get_one(Consultation, booked)).state = State.scheduled
        (await db.get_one(Consultation, ready)).state = State.ready
    _, found = await call("doctor", "GET", "/consultations?state=scheduled,ready")
    assert {each["id"] for each in found["items"]} == {str(booked), str(ready)}
    assert str(other) not in str(found)
    assert (await call("doctor", "GET", "/consultations?state=scheduled,nonsense"))[0] == 422


async def test_what_is_open_is_counted_by_state_and_the_list_behind_each_count_has_as_many(
    call: Call, submitted: Made, world: World, clock: FakeClock
) -> None:
    ids = [await submitted() for _ in range(3)]
    async with world.db.write() as db:
        for id in ids[:2]:
            row = await db.get_one(Consultation, id)
            row.state, row.state_due_at = State.executing, clock() + timedelta(hours=1)
        (await db.get_one(Consultation, ids[0])).state_due_at = clock()
    _, counts = await call("doctor", "GET", "/consultations/counts")
    assert (counts["states"], counts["late"]) == ({"executing": 2, "submitted": 1}, {"executing": 1})
    for query, many in (("state=executing", 2), ("state=executing&late=true", 1), ("late=true&open=true", 1)):
        _, found = await call("doctor", "GET", f"/consultations?{query}")
        assert len(found["items"]) == many
    assert (await call("jiashan_doctor", "GET", "/consultations/counts"))[1] == {"states": {}, "late": {}}
    assert (await call("admin", "GET", "/consultations/counts"))[0] == 403


@pytest.mark.parametrize(("language", "words"), [("zh-CN", CHINESE), ("en", ENGLISH)])
def test_the_file_and_the_pages_call_things_the_same(language: str, words: Words) -> None:
    pages = (WEB / language / "consultation.ts").read_text() + (WEB / language / "common.ts").read_text()
    for name, kind, said in (
        ("state", State, words.state),
        ("urgency", Urgency, words.urgency),
        ("mode", Mode, words.mode),
        ("sex", Sex, words.sex),
    ):
        block = re.search(rf"^  {name}: \{{(.*?)\}}", pages, re.DOTALL | re.MULTILINE)
        assert block
        assert dict(re.findall(r"(\w+): '([^']*)'", block[1])) == said
        assert set(said) == set(kind)
