"""A ringing that is passed on, and one whose specialty changes: at whom it rings then, and who sees it no longer."""

from uuid import UUID

import pytest

from telemed.consultations.model import Consultation
from telemed.consultations.words import Urgency
from telemed.history.model import EventRow
from telemed.people.duty import on_duty
from telemed.work import passing
from telemed.work.model import Notice, PassedFor
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act
from tests.telemed.consultations.calls import Here, complete, later, rung, seen_by_caller, shown
from tests.telemed.consultations.conftest import Made


@pytest.fixture
async def stat(submitted: Made) -> UUID:
    return await submitted(urgency=Urgency.stat)


async def test_when_all_who_are_rung_pass_it_rings_at_the_next_at_once(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    assert (await call("expert2", "POST", f"/home/ringing/{stat}/seen", json={"device": "phone"}))[0] == 204
    assert (await call("expert", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"}))[0] == 204
    assert await rung(call) == {"expert2"}
    assert (await call("expert", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"}))[0] == 404
    assert (await call("expert2", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"}))[0] == 204
    assert await rung(call) == {"coordinator"}
    await later(world, clock, 59)
    assert await rung(call) == {"coordinator"}  # their minute is whole
    await later(world, clock, 1)


async def test_at_the_end_of_the_ladder_nobody_passes_it_on_to_themselves(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    assert (await seen_by_caller(call, stat))["next"]["again"] is False
    await later(world, clock, 120)
    assert await rung(call) == {"hub_duty"}
    following = (await seen_by_caller(call, stat))["next"]
    assert (following["role"], following["again"]) == ("duty_officer", True)
    status, refused = await call("hub_duty", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"})
    assert (status, refused["reason"]) == (409, "nobody_next")
    assert await rung(call) == {"hub_duty"}


async def test_why_it_was_passed_on_is_kept_and_shown_and_must_be_said(world: World, call: Call, stat: UUID) -> None:
    assert (await call("expert", "POST", f"/home/ringing/{stat}/pass", json={"why": "tired"}))[0] == 422
    why = {"why": "other_emergency"}
    assert (await call("expert", "POST", f"/home/ringing/{stat}/pass", json=why))[0] == 204
    people = {each["name"]: each for each in (await seen_by_caller(call, stat))["people"]}
    assert people["expert"]["passed_for"] == "other_emergency"
    assert people["coordinator"]["passed_for"] is None
    (said,) = [each for each in await rows(world.db, EventRow) if each.type == "notice.passed"]
    assert said.data["why"] == "other_emergency"


async def test_it_waits_for_nobody_who_does_not_hear_it(call: Call, stat: UUID) -> None:
    """The other expert has no page open and has not seen it."""
    assert (await call("expert", "POST", f"/home/ringing/{stat}/pass", json={"why": "operating"}))[0] == 204
    assert await rung(call) == {"coordinator"}


async def test_it_waits_for_whom_has_a_page_open(world: World, stat: UUID) -> None:
    async with world.db.write() as db:
        expert = world.actor("expert")
        await passing.pass_on(db, expert, stat, PassedFor.operating, NOW, on_duty, Here(world.ids["expert2"]))
    left = [each.staff_id for each in await rows(world.db, Notice) if each.kind == "ring" and each.ended_at is None]
    assert left == [world.ids["expert2"]]


async def test_another_specialty_while_it_rings_is_rung_instead_and_the_former_sees_it_no_longer(
    world: World, call: Call, clock: FakeClock, submitted: Made
) -> None:
    id = await submitted(urgency=Urgency.stat, specialty="")
    assert await rung(call) == {"expert", "expert2", "neurologist"}
    clock.move(seconds=30)
    await complete(call, id, specialty="neurology")
    assert await rung(call) == {"neurologist"}
    assert await shown(call) == {"neurologist", "coordinator", "hub_duty"}
    assert (await call("expert", "GET", f"/consultations/{id}"))[0] == 404
    await later(world, clock, 59)
    assert await rung(call) == {"neurologist"}  # their minute is whole
    await complete(call, id, specialty="cardiology")
    assert await rung(call) == {"expert", "expert2"}
    assert (await call("expert", "GET", f"/consultations/{id}"))[0] == 200
    assert (await call("neurologist", "GET", f"/consultations/{id}"))[0] == 404


async def test_what_else_is_written_while_it_rings_lets_it_go_on(
    world: World, call: Call, clock: FakeClock, stat: UUID
) -> None:
    await later(world, clock, 60)
    await complete(call, stat, history="两小时前发病。")
    assert await rung(call) == {"coordinator"}


async def test_once_it_is_taken_no_department_reads_on(
    world: World, call: Call, clock: FakeClock, submitted: Made
) -> None:
    """Whichever was wanted when it rang."""
    id = await submitted(urgency=Urgency.stat, specialty="")
    async with world.db.write() as db:
        row = await db.get_one(Consultation, id)
        row.request = row.request | {"specialty": "cardiology"}  # as an earlier version of the product left it
    await act(call, "expert", id, "take", {"lead_id": None})
    clock.move(minutes=10)
    for who in ("expert2", "neurologist"):
        assert (await call(who, "GET", f"/consultations/{id}"))[0] == 404
