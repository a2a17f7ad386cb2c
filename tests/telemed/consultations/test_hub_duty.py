"""The hub's duty officer: opens what a ladder tells them of, and does what no coordinator has done."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from telemed.access.model import CaseGrant
from telemed.consultations.sharing import with_whom_is_told
from telemed.consultations.words import State
from telemed.rooms.model import DeviceTest
from telemed.work import acts
from telemed.work.model import Deadline
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    act,
    booking_body,
    instead,
    make_approved,
    make_scheduled,
    state_of,
    tell_fact,
    told,
)
from tests.telemed.consultations.conftest import Made, everything_ready

LATE = NOW + timedelta(hours=4, minutes=10)  # ten minutes after an approved one should have been accepted


async def test_until_they_are_told_of_a_planned_one_it_is_closed_to_them(call: Call, submitted: Made) -> None:
    id = await make_approved(call, submitted)
    assert (await call("hub_duty", "GET", f"/consultations/{id}"))[0] == 404
    assert (await call("hub_duty", "GET", "/consultations"))[1]["items"] == []


async def test_once_they_are_told_they_open_it_and_accept_it_replace_the_lead_and_book_it(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_approved(call, submitted)
    assert "hub_duty" in await told(world, clock, LATE, "acceptance")
    status, shown = await call("hub_duty", "GET", f"/consultations/{id}")
    assert status == 200
    assert {"accept", "return", "decline", "cancel"} <= {*shown["actions"]}
    assert (await act(call, "hub_duty", id, "accept", {"lead_id": str(world.ids["expert"])}))[0] == 200
    assert (await act(call, "hub_duty", id, "lead/substitute", instead(world, "expert2")))[0] == 200
    assert (await call("hub_duty", "GET", f"/consultations/{id}/proposals"))[0] == 200
    starts = LATE + timedelta(hours=1)
    assert (await act(call, "hub_duty", id, "booking", booking_body(world, venue, starts) | {"lead_id": None}))[
        0
    ] == 200
    assert await state_of(call, id) == State.scheduling


async def test_a_rung_waits_for_whoever_is_redirecting_it_and_then_opens_it_to_nobody(
    world: World, clock: FakeClock, call: Call, submitted: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_approved(call, submitted)

    async def redirected_meanwhile(db: AsyncSession, of: UUID) -> None:
        running = update(Deadline).where(col(Deadline.activity_id) == of, col(Deadline.ladder) == "acceptance")
        await db.exec(running.values(done_at=NOW).execution_options(synchronize_session=False))

    monkeypatch.setitem(acts._openings, "consultation", acts.Opening(redirected_meanwhile, with_whom_is_told))
    assert await told(world, clock, LATE, "acceptance") == set()
    assert {each.grantee for each in await rows(world.db, CaseGrant)} == {"role:ruijin:coordinator"}


async def test_of_a_meeting_that_did_not_begin_and_of_which_one_side_came_they_are_told_after_the_coordinator(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await told(world, clock, AT)
    assert await told(world, clock, AT + timedelta(minutes=10), "meeting") == {"coordinator"}
    assert await told(world, clock, AT + timedelta(minutes=20), "meeting") == {"hub_duty"}
    await tell_fact(world, id, "doctor", "member.joined", AT + timedelta(minutes=21))
    await tell_fact(world, id, "doctor", "member.left", AT + timedelta(minutes=40))
    missed = AT + timedelta(minutes=40, hours=2)
    assert await told(world, clock, missed, "missed") == {"coordinator"}
    assert await told(world, clock, missed + timedelta(minutes=10), "missed") == {"hub_duty"}
    shown = (await call("hub_duty", "GET", f"/consultations/{id}"))[1]
    assert {"book", "miss"} <= {*shown["actions"]}


async def test_those_of_a_branch_accept_nothing(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    id = await make_approved(call, submitted)
    await told(world, clock, LATE)
    status, said = await act(call, "duty", id, "accept", {"lead_id": str(world.ids["expert"])})
    assert (status, said["reason"]) == (403, "capacity")


async def test_once_both_are_in_the_room_the_centre_may_start_it_though_something_is_missing(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    async with world.db.write() as db:
        await db.exec(delete(DeviceTest))

    async def may_start() -> list[str]:
        everybody = ("expert", "coordinator", "hub_duty", "doctor")
        shown = {who: (await call(who, "GET", f"/consultations/{id}"))[1] for who in everybody}
        return [who for who, page in shown.items() if "start" in page.get("actions", [])]

    for minutes in (0, 10, 20):
        await told(world, clock, AT + timedelta(minutes=minutes))
    await tell_fact(world, id, "doctor", "member.joined", clock())
    assert await may_start() == []
    await tell_fact(world, id, "expert", "member.joined", clock())
    assert await state_of(call, id) == State.scheduled
    assert await may_start() == ["expert", "coordinator", "hub_duty"]
    assert (await act(call, "hub_duty", id, "start", {"reason": "设备现场可用"}))[1]["state"] == State.in_progress


async def test_nobody_is_offered_to_start_it_without_consent(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    clock.now = AT
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", AT)
    assert "start" not in (await call("expert", "GET", f"/consultations/{id}"))[1]["actions"]
