"""Whoever asked for a consultation or was to come is told when it ends without an opinion, and nobody else."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from telemed.consultations.words import Mode, State, Urgency
from telemed.people.duty import on_duty
from telemed.work.clock import take_due
from telemed.work.model import Deadline, Notice
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import (
    AT,
    INSTEAD_OF_LEAD,
    act,
    instead,
    make_approved,
    make_booked,
    make_scheduled,
    pass_time,
    state_of,
    tell_fact,
)
from tests.telemed.consultations.conftest import Made, everything_ready
from tests.telemed.consultations.owed import withdraw_consent
from tests.telemed.consultations.second_hub import HUB, open_second_hub

CANCEL = {"code": "changed"}
DECLINE = {"code": "no_expert", "reason": "请改请外科"}


async def of_end(world: World) -> dict[str, set[str]]:
    """By ladder, who was told that it has ended."""
    names = {id: name for name, id in world.ids.items()}
    found: dict[str, set[str]] = {}
    for each in await rows(world.db, Notice):
        if each.kind == "called_off":
            assert names[each.staff_id] not in found.setdefault(each.ladder, set()), "told twice"
            found[each.ladder].add(names[each.staff_id])
    return found


async def bell(call: Call, who: str) -> tuple[int, dict[str, Any]]:
    """How much is new, and the latest."""
    _, found = await call(who, "GET", "/home/notices")
    return found["new"], found["items"][0]


async def test_of_a_declined_request_the_branch_is_told_also_who_stands_in_for_its_doctor(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    assert (await act(call, "coordinator", id, "decline", DECLINE))[1]["state"] == "declined"
    assert await of_end(world) == {"declined": {"doctor", "chief"}}
    new, told = await bell(call, "doctor")
    assert (new, told["title"], told["due_at"]) == (1, "急性主动脉夹层", told["told_at"])


async def test_of_a_cancelled_meeting_everybody_is_told_who_was_to_come_and_the_centre(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    added = {"staff_id": str(world.ids["expert2"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    assert (await act(call, "doctor", id, "cancel", CANCEL))[0] == 200
    assert await of_end(world) == {"cancelled": {"expert", "expert2"}, "cancelled_centre": {"coordinator"}}
    new, told = await bell(call, "expert")  # who sees the case no more, but knows which meeting it was
    assert (new, told["title"], datetime.fromisoformat(told["due_at"])) == (1, "", AT)


async def test_who_cancels_it_is_not_told_and_of_the_hubs_own_act_the_branch_is(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await act(call, "coordinator", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"doctor", "chief", "expert"}}


async def test_who_could_not_come_or_was_replaced_is_not_told(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_booked(call, submitted, world, venue)
    await act(call, "coordinator", id, INSTEAD_OF_LEAD, instead(world, "expert2", agreed=True))
    added = {"staff_id": str(world.ids["neurologist"])}
    assert (await call("coordinator", "POST", f"/consultations/{id}/experts", json=added))[0] == 200
    assert (await act(call, "neurologist", id, "answer", {"answer": "declined", "words": "门诊"}))[0] == 200
    await act(call, "reviewer", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"doctor", "expert2"}, "cancelled_centre": {"coordinator"}}


async def test_who_is_asked_to_name_the_lead_expert_is_told_that_nobody_need(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted)
    await act(call, "coordinator", id, "accept", {"department_id": str(world.departments["ruijin", "cardiology"])})
    await act(call, "doctor", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"dispatcher"}, "cancelled_centre": {"coordinator"}}


async def test_before_the_hub_knows_of_it_only_the_branch_is_told(call: Call, submitted: Made, world: World) -> None:
    id = await submitted()
    await act(call, "reviewer", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"doctor"}}


async def test_a_written_one_has_no_meeting_and_its_lead_expert_is_told(
    call: Call, submitted: Made, world: World
) -> None:
    id = await make_approved(call, submitted, mode=Mode.written)
    await act(call, "coordinator", id, "accept", {"lead_id": str(world.ids["expert"])})
    await act(call, "doctor", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"expert"}, "cancelled_centre": {"coordinator"}}
    _, told = await bell(call, "expert")
    assert told["due_at"] == told["told_at"]


async def test_a_call_that_is_cancelled_falls_silent_and_those_at_whom_it_rang_are_told(
    call: Call, submitted: Made, world: World, clock: FakeClock
) -> None:
    id = await submitted(urgency=Urgency.stat)
    clock.move(minutes=1)
    assert await take_due(world.db, clock(), on_duty) == {}  # the coordinators are rung
    await act(call, "doctor", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"expert", "expert2", "coordinator"}}
    ringing = [each for each in await rows(world.db, Notice) if each.kind == "ring" and each.ended_at is None]
    assert ringing == []


async def test_a_call_that_was_taken_and_is_cancelled_is_told_to_who_took_it(
    call: Call, submitted: Made, world: World
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert", id, "take", {})
    await act(call, "doctor", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"expert"}, "cancelled_centre": {"coordinator"}}


async def test_of_a_meeting_to_which_nobody_came_its_people_and_the_centre_are_told(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await pass_time(world, AT + timedelta(hours=3))
    assert await state_of(call, id) == State.no_show
    assert await of_end(world) == {"no_show": {"doctor", "chief", "expert"}, "no_show_centre": {"coordinator"}}


async def test_a_no_show_that_a_coordinator_records_is_told_to_who_came(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await tell_fact(world, id, "expert", "member.joined", AT)
    assert (await act(call, "coordinator", id, "miss"))[1]["state"] == "no_show"
    assert await of_end(world) == {"no_show": {"doctor", "chief", "expert"}}


async def test_of_a_returned_request_that_expires_its_doctor_is_told(call: Call, submitted: Made, world: World) -> None:
    id = await submitted()
    await act(call, "chief", id, "return", {"reason": "请补充心电图"})
    await pass_time(world, NOW + timedelta(days=8))
    assert await state_of(call, id) == "expired"
    assert await of_end(world) == {"expired": {"doctor"}}


async def test_though_a_consent_was_withdrawn_those_who_would_come_are_told(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    await withdraw_consent(world, call, id)
    assert (await call("expert", "GET", f"/consultations/{id}"))[0] == 404
    await act(call, "doctor", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"expert"}, "cancelled_centre": {"coordinator"}}


async def test_a_hub_that_never_saw_it_is_told_nothing_nor_one_that_passed_it_on(
    call: Call, submitted: Made, world: World
) -> None:
    await open_second_hub(world)
    id = await make_approved(call, submitted)
    await everything_ready(world, id)
    assert (await act(call, "coordinator", id, "redirect", {"hub_id": HUB, "code": "no_expert"}))[0] == 200
    await act(call, "reviewer", id, "cancel", CANCEL)
    assert await of_end(world) == {"cancelled": {"doctor"}}


async def test_the_notice_is_new_until_it_is_seen_and_nothing_climbs_or_is_late(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await act(call, "doctor", id, "cancel", CANCEL)
    before = len(await rows(world.db, Notice))
    clock.move(days=3)
    assert await take_due(world.db, clock(), on_duty) == {}
    assert len(await rows(world.db, Notice)) == before
    assert [each for each in await rows(world.db, Deadline) if each.done_at is None] == []
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []
    new, told = await bell(call, "expert")
    assert new == 1
    assert (await call("expert", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"}))[0] == 204
    assert (await bell(call, "expert"))[0] == 0


async def test_who_may_not_see_the_case_any_more_reads_what_became_of_it_and_strangers_nothing(
    call: Call, submitted: Made, world: World, venue: UUID
) -> None:
    id, other = await make_scheduled(call, submitted, world, venue), await make_approved(call, submitted)
    for each in (id, other):
        await act(call, "doctor", each, "cancel", CANCEL)
    assert (await call("expert", "GET", f"/consultations/{id}"))[0] == 404
    for who, expected in (("expert", ["cancelled"]), ("neurologist", []), ("jiashan_doctor", [])):
        _, found = await call(who, "GET", f"/home/notices?about={id}")
        ladders = [each["ladder"] for each in found["items"]]
        assert [each for each in ladders if each == "cancelled"] == expected
        assert all(each["activity_id"] == str(id) for each in found["items"])


async def test_who_cancels_it_sees_for_a_day_who_was_told_and_who_has_seen_it(
    call: Call, submitted: Made, world: World, venue: UUID, clock: FakeClock
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await act(call, "doctor", id, "cancel", CANCEL)
    _, told = await bell(call, "expert")
    await call("expert", "POST", f"/home/notices/{told['id']}/seen", json={"device": "phone"})
    _, found = await call("doctor", "GET", f"/home/told/{id}")
    seen = {(of["ladder"], each["name"], each["seen_at"] is not None) for of in found["items"] for each in of["people"]}
    assert seen == {("cancelled", "expert", True), ("cancelled_centre", "coordinator", False)}
    clock.move(days=1)
    assert (await call("doctor", "GET", f"/home/told/{id}"))[1]["items"] == []
