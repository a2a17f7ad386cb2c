"""A critical finding that was a mistake is withdrawn: nothing is asked any more, whoever was told is told, it stays."""

from io import BytesIO
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from telemed.history.model import EventRow
from telemed.people.model import Staff
from telemed.reading.model import Reading
from telemed.work.model import Deadline, WorkItem
from tests.telemed.conftest import Call, FakeClock, World, rows
from tests.telemed.critical_findings.helpers import act, acted, climb, raised, shown, told
from tests.telemed.opinions.helpers import text_of
from tests.telemed.reading import helpers as desk

WHY = {"reason": "看错患者"}


async def test_whoever_was_told_is_told_and_nothing_is_asked_any_more(
    call: Call, world: World, reading: Any, clock: FakeClock
) -> None:
    out = await raised(call, reading)
    await climb(world, clock)
    informed = {*await told(world), *await told(world, "critical_raised")}
    status, out = await act(call, "reader", out, "withdraw", **WHY)
    assert (status, out["state"], out["withdrawn_words"], out["actions"]) == (200, "withdrawn", "看错患者", [])
    assert out["withdrawn_by"]["name"] == "reader"
    assert set(await told(world, "critical_withdrawn")) == informed
    assert [
        each for each in await rows(world.db, WorkItem) if each.activity == "critical_finding" and not each.done_at
    ] == []
    open_ = [
        each for each in await rows(world.db, Deadline) if each.activity == "critical_finding" and not each.done_at
    ]
    assert open_ == []
    await climb(world, clock, 30)
    assert set(await told(world)) <= informed, "the ladder climbs no further"
    assert "critical_finding.withdrawn" in {each.type for each in await rows(world.db, EventRow)}
    for who in ("doctor", "duty", "reader"):
        assert (await call(who, "GET", "/critical-findings"))[1]["items"] == [], who


@pytest.mark.parametrize("first", ["withdraw", "read-back"])
async def test_of_a_withdrawal_and_a_read_back_at_once_the_second_reads_anew(
    call: Call, reading: Any, first: str
) -> None:
    out = await raised(call, reading)
    does = {"withdraw": ("reader", WHY), "read-back": ("doctor", {"value": "30"})}
    second = next(each for each in does if each != first)
    assert (await act(call, does[first][0], out, first, **does[first][1]))[0] == 200
    assert (await act(call, does[second][0], out, second, **does[second][1]))[0] == 412
    now = await shown(call, out["id"])
    status, answer = await act(call, does[second][0], now, second, **does[second][1])
    if first == "withdraw":
        assert (status, answer["reason"]) == (409, "wrong_state"), "what is withdrawn is not read back"
    else:
        assert (status, answer["state"], answer["read_back_at"] is not None) == (200, "withdrawn", True)


async def test_a_reviewer_withdraws_it_and_others_do_not(call: Call, reading: Any, clock: FakeClock) -> None:
    out = await raised(call, reading)
    assert "withdraw" not in (await shown(call, out["id"], "reader2"))["actions"]
    status, refused = await act(call, "reader2", out, "withdraw", **WHY)
    assert (status, refused["reason"]) == (403, "capacity")
    assert (await act(call, "doctor", out, "withdraw", **WHY))[0] == 403
    assert (await act(call, "chief_reader", out, "withdraw", reason=" "))[0] == 422
    status, out = await act(call, "chief_reader", out, "withdraw", **WHY)
    assert (status, out["withdrawn_by"]["name"]) == (200, "chief_reader")
    again = await raised(call, reading)
    assert again["id"] != out["id"], "the same finding may be raised anew"


async def test_what_was_closed_is_not_withdrawn(call: Call, reading: Any, clock: FakeClock) -> None:
    out = (await act(call, "doctor", await raised(call, reading), "read-back", value="30"))[1]
    out = (await act(call, "doctor", await acted(call, clock, out), "close"))[1]
    status, refused = await act(call, "reader", out, "withdraw", **WHY)
    assert (status, refused["reason"]) == (409, "wrong_state")


async def test_a_report_prints_it_no_more_and_one_that_was_issued_with_it_is_named(
    call: Call, world: World, reading: Any
) -> None:
    first = await raised(call, reading)
    second = await raised(call, reading, code="", finding="气胸", value="40", unit="%")
    out = (await act(call, "reader", first, "withdraw", **WHY))[1]
    assert out["printed"] is False
    assert [each.critical_words for each in await rows(world.db, Reading)] == ["气胸，关键值 40 %"]
    await desk.issued(call, (await call("reader", "GET", f"/readings/{reading['id']}"))[1])
    out = (await act(call, "reader", await shown(call, second["id"], "reader"), "withdraw", **WHY))[1]
    assert out["printed"] is True


async def test_the_register_keeps_it_struck_with_who_when_and_why(call: Call, world: World, reading: Any) -> None:
    out = await raised(call, reading)
    await act(call, "reader", out, "withdraw", **WHY)
    _, listed = await call("duty", "GET", "/critical-findings?show=register&day=2026-03-02")
    assert [(each["state"], each["withdrawn_words"]) for each in listed["items"]] == [("withdrawn", "看错患者")]
    _, pdf = await call("duty", "GET", "/critical-findings/register?day=2026-03-02")
    pages = [page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(BytesIO(pdf))]
    said = "".join("".join(pages).split())
    [reader] = [each.name for each in await rows(world.db, Staff) if each.number == "reader"]
    assert "已撤回" in said
    assert f"{reader}：看错患者" in said


async def withdrawn(call: Call, reading: Any) -> None:
    """By the branch; who was reading it may raise for an hour what they have seen."""
    path = f"/readings/{reading['id']}"
    assert (await call("doctor", "POST", f"{path}/withdraw", json={"reason": "转院"}, match=reading["version"]))[
        0
    ] == 200


async def test_who_found_it_sees_it_until_it_is_closed_whatever_becomes_of_the_reading(
    call: Call, world: World, reading: Any, clock: FakeClock
) -> None:
    path = f"/readings/{reading['id']}"
    await withdrawn(call, reading)
    out = await raised(call, reading)
    clock.move(minutes=61)
    assert (await call("reader2", "GET", path))[0] == 404
    for _ in range(2):
        out = await shown(call, out["id"])
        assert (await act(call, "doctor", out, "read-back", value="3"))[0] == 200
    assert (await shown(call, out["id"], "reader"))["must_telephone"] is True
    mine = (await call("reader", "GET", "/critical-findings?show=mine"))[1]["items"]
    assert [each["id"] for each in mine] == [out["id"]]


async def test_a_register_counts_what_a_hub_sees_no_longer(
    call: Call, world: World, reading: Any, clock: FakeClock
) -> None:
    await withdrawn(call, reading)
    await raised(call, reading)
    day = clock().date().isoformat()
    register = f"/critical-findings?show=register&day={day}"
    seen = (await call("chief_reader", "GET", register))[1]
    assert (len(seen["items"]), seen["hidden"]) == (1, 0)
    clock.move(minutes=61)
    later = (await call("chief_reader", "GET", register))[1]
    assert (later["items"], later["hidden"]) == ([], 1)
    _, pdf = await call("chief_reader", "GET", f"/critical-findings/register?day={day}")
    assert "另有1条当日危急值未列出" in text_of(pdf)
    assert (await call("chief", "GET", register))[1]["hidden"] == 0, "the branch sees its own"
