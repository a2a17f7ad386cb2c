"""A reader's figures: of their own work alone, honest when few; heads of the desk see what was taken over."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from telemed.reading.turnaround import Took, turnaround
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.reading.helpers import STUDY, TEXT, act, another, claimed, requested, save
from tests.telemed.reading.helpers import study as another_study

FIGURES = "GET", "/reading-figures"


def took(minutes: int, within: int = 60, began: datetime = NOW) -> Took:
    return Took(began, began + timedelta(minutes=within), began + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ([], None),
        ([1, 2, 3, 4], None),
        ([5, 1, 4, 2, 3], (5, 3, 5, 5)),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90, 100], (10, 55, 90, 6)),
        ([60] * 7, (7, 60, 60, 7)),
        ([61] * 7, (7, 61, 61, 0)),
    ],
)
def test_the_middle_the_slowest_tenth_and_what_was_in_time(
    minutes: list[int], said: tuple[int, int, int, int] | None
) -> None:
    found = turnaround([took(each) for each in minutes])
    assert (found and (found.reports, found.median // 60, found.ninetieth // 60, found.in_time)) == said


async def figures(call: Call, who: str) -> Any:
    status, said = await call(who, *FIGURES)
    assert status == 200, said
    return said


async def issued_after(call: Call, clock: FakeClock, reading: Any, minutes: int) -> Any:
    clock.move(minutes=minutes)
    out = (await call("reader", "POST", f"/readings/{reading['id']}/claim", json={}))[1]
    report = (await save(call, out["id"], 0))[1]
    out = (await act(call, "reader", out, "submit", report_version=report["version"]))[1]
    status, out = await act(call, "chief_reader", out, "issue", **TEXT)
    assert status == 200, out
    return out


async def test_they_are_for_radiologists(call: Call) -> None:
    assert (await call(None, *FIGURES))[0] == 401
    for who in ("doctor", "coordinator", "expert"):
        assert (await call(who, *FIGURES))[0] == 403, who


async def test_from_complete_to_issued_is_measured_of_ones_own_reports_once_there_are_five(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    for n, minutes in enumerate((10, 20, 30, 40, 300)):
        said = await figures(call, "reader")
        assert (said["issued"], said["turnaround"]) == (n, None)
        each = await another_study(world, f"{STUDY}.{n}1", f"甲{n}")
        await issued_after(call, clock, await requested(call, each), minutes)
    said = await figures(call, "reader")
    assert said["turnaround"] == {"reports": 5, "median": 1800, "ninetieth": 18000, "in_time": 4}, "urgent: four hours"
    other = await figures(call, "chief_reader")
    assert (other["issued"], other["turnaround"]) == (0, None), "who reviewed them has not read them"
    clock.move(days=31)
    said = await figures(call, "reader")
    assert (said["issued"], said["turnaround"]) == (0, None)


async def test_a_clock_that_began_anew_counts_from_then(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await claimed(call, study)
    clock.move(minutes=5)
    out = (await act(call, "reader", out, "return", code="quality"))[1]
    clock.move(hours=9)
    status, out = await call("doctor", "POST", f"/readings/{out['id']}/resend", json={}, match=out["version"])
    assert status == 200, out
    await issued_after(call, clock, out, 15)
    began = sorted(each.began_at for each in await rows(world.db, Deadline) if each.ladder == "desk")
    assert began == [NOW, NOW + timedelta(hours=9, minutes=5)]
    for n in range(4):
        each = await another_study(world, f"{STUDY}.{n}1", f"甲{n}")
        await issued_after(call, clock, await requested(call, each), 15)
    said = await figures(call, "reader")
    assert said["turnaround"] == {"reports": 5, "median": 900, "ninetieth": 900, "in_time": 5}


async def test_unfinished_work_is_ones_own(call: Call, world: World, study: UUID) -> None:
    out = await claimed(call, study)
    assert (await figures(call, "reader"))["to_write"] == 1
    assert (await figures(call, "reader2"))["to_write"] == 0
    report = (await save(call, out["id"], 0))[1]
    await act(call, "reader", out, "submit", report_version=report["version"])
    said = await figures(call, "reader")
    assert (said["to_write"], said["in_review"]) == (0, 1)


async def test_what_was_taken_over_is_counted_for_the_heads_of_the_desk_alone(
    call: Call, world: World, study: UUID, clock: FakeClock
) -> None:
    out = await claimed(call, study)
    await claimed(call, await another(world, study, STUDY + ".1"))
    body = {"reason": "他去手术室"}
    assert (await call("reader2", "POST", f"/readings/{out['id']}/claim", json=body))[0] == 200
    assert (await figures(call, "chief_reader"))["desk"] == {"claims": 3, "taken_over": 1, "out_of_order": 0}
    assert (await figures(call, "reader2"))["desk"] is None
    clock.move(days=31)
    assert (await figures(call, "chief_reader"))["desk"] == {"claims": 0, "taken_over": 0, "out_of_order": 0}
