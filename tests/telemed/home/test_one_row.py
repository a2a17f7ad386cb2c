"""Of one trouble of a case there is one row, which says what is missing; another trouble has its own."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from telemed.activities.words import Urgency
from telemed.home.rows import one_a_trouble
from telemed.home.schemas import ExceptionOut
from telemed.kit.table import new_id
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.schemas import WaitsFor
from tests.telemed.conftest import NOW, Call, FakeClock, World
from tests.telemed.consultations.actions import AT, act, make_scheduled, pass_time, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready, submitted, venue

__all__ = ["submitted", "venue"]
MINUTE = timedelta(minutes=1)
CASE = new_id()


async def listed(call: Call) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    return items


async def test_of_a_meeting_that_does_not_begin_there_is_one_row_which_says_who_is_missing(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, AT)
    await pass_time(world, AT - 5 * MINUTE)
    clock.now = AT + 6 * MINUTE
    assert await take_due(world.db, clock(), on_duty) == {}
    (row,) = await listed(call)
    assert (row["ladder"], row["also"]) == ("meeting", ["bedside"])
    assert {each["name"] for each in row["waits_for"]} == {"doctor", "expert"}
    await tell_fact(world, id, "expert", "member.waiting", clock())
    clock.move(minutes=3)
    assert await take_due(world.db, clock(), on_duty) == {}
    (row,) = await listed(call)
    assert (row["ladder"], row["also"]) == ("one_sided", ["meeting", "bedside"])
    assert [each["name"] for each in row["waits_for"]] == ["doctor"]
    assert (await call("coordinator", "POST", f"/home/exceptions/{row['id']}/nudge"))[0] == 204


async def test_once_it_should_have_begun_its_row_says_beside_that_it_is_not_ready(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    await pass_time(world, AT - 5 * MINUTE)
    clock.now = AT - 4 * MINUTE
    assert [row["ladder"] for row in await listed(call)] == ["readiness"]
    await pass_time(world, AT + 2 * MINUTE)
    clock.now = AT + 2 * MINUTE
    (row,) = await listed(call)
    assert (row["ladder"], row["also"]) == ("meeting", ["readiness"])


async def test_of_an_interrupted_meeting_there_is_one_row_which_says_that_the_branch_s_side_is_away(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id, AT)
    for who in ("expert", "doctor"):
        await tell_fact(world, id, who, "member.joined", AT)
    await tell_fact(world, id, "doctor", "member.left", AT)
    await pass_time(world, AT + MINUTE)
    clock.now = AT + 2 * MINUTE
    (row,) = await listed(call)
    assert (row["ladder"], row["also"]) == ("resumption", [])
    await pass_time(world, AT + 7 * MINUTE)
    clock.now = AT + 7 * MINUTE
    (row,) = await listed(call)
    assert (row["ladder"], row["also"]) == ("resumption", ["bedside"])
    assert {each["name"] for each in row["waits_for"]} == {"doctor", "expert"}


async def test_of_an_emergency_that_was_taken_and_does_not_begin_there_is_one_row(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await submitted(urgency=Urgency.stat)
    assert (await act(call, "expert", id, "take", {}))[0] == 200
    await pass_time(world, NOW + 6 * MINUTE)
    clock.now = NOW + 6 * MINUTE
    assert [(row["ladder"], row["also"]) for row in await listed(call)] == [("arrangement", ["bedside"])]


def row(ladder: str, *missed: WaitsFor, late: bool = True, of: UUID | None = CASE, climbed: int = 0) -> ExceptionOut:
    return ExceptionOut(
        id=new_id(),
        ladder=ladder,
        urgency=Urgency.routine,
        began_at=NOW,
        due_at=NOW,
        climbed=climbed,
        nudged_at=None,
        activity="consultation" if of else None,
        activity_id=of,
        title="",
        patient=None,
        place=None,
        waits_for=[],
        advice=[],
        late=late,
        undelivered=list(missed),
        also=[],
    )


def said(*rows: ExceptionOut) -> list[tuple[str, list[str]]]:
    return [(each.ladder, each.also) for each in one_a_trouble(rows)]


def test_another_trouble_and_another_case_have_rows_of_their_own() -> None:
    other = new_id()
    found = said(row("bedside"), row("images"), row("meeting"), row("signing"), row("meeting", of=other))
    assert found == [("meeting", ["bedside"]), ("images", []), ("signing", []), ("meeting", [])]
    assert said(row("identity", of=None), row("identity", of=None)) == [("identity", []), ("identity", [])]


def test_the_row_keeps_how_far_it_has_climbed_and_whom_it_did_not_reach() -> None:
    one, two = (WaitsFor(name=each, name_en="", phone="", role="", hospital_id="wuxi") for each in ("叶一", "季二"))
    (found,) = one_a_trouble([row("meeting", one, climbed=2), row("one_sided", one, two)])
    assert (found.ladder, found.climbed, found.undelivered) == ("one_sided", 2, [one, two])


def test_what_is_late_is_worse_than_what_only_did_not_reach_somebody() -> None:
    assert said(row("one_sided", late=False), row("meeting")) == [("meeting", [])]
