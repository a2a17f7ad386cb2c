"""Who is told when a state lasts too long, and of a meeting before it begins."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from telemed.access.model import Role
from telemed.consultations.clock import sweep
from telemed.consultations.model import Consultation, activity
from telemed.consultations.service import sign
from telemed.consultations.words import State, Urgency
from telemed.work import deadlines
from telemed.work.model import Deadline, WorkKind
from telemed.work.service import ask, finish, open_items
from tests.telemed.conftest import NOW, Call, FakeClock, World, rows
from tests.telemed.consultations.actions import act, make_approved, make_scheduled, told
from tests.telemed.consultations.conftest import Made, everything_ready


async def due(world: World) -> datetime:
    (running,) = [each for each in await rows(world.db, Deadline) if each.done_at is None and each.kind == "state"]
    return running.due_at


async def first_due(world: World) -> datetime:
    return min(each.due_at for each in await rows(world.db, Deadline) if each.done_at is None and each.kind == "state")


async def test_whoever_should_approve_is_told_when_it_is_due_and_then_the_duty_officer(
    world: World, clock: FakeClock, submitted: Made
) -> None:
    await submitted()
    at = await due(world)
    assert await told(world, clock, at - timedelta(seconds=1)) == set()
    assert await told(world, clock, at) == {"chief"}
    assert await told(world, clock, at + timedelta(minutes=10)) == {"duty"}
    by_day, after_hours = {"chief"}, {"chief", "duty"}  # of both it is asked by then
    for hours, whom in ((4, by_day), (8, after_hours), (12, after_hours)):
        later = at + timedelta(hours=hours, minutes=10)
        assert await told(world, clock, later - timedelta(seconds=1), "approval") == set()
        assert await told(world, clock, later, "approval") == whom


async def test_an_urgent_approval_is_told_again_each_hour_and_the_duty_officer_after_it(
    world: World, clock: FakeClock, submitted: Made
) -> None:
    await submitted(urgency=Urgency.urgent)
    at = await due(world)
    await told(world, clock, at + timedelta(minutes=10))
    for again in (1, 2):  # by day the one may approve, by night the other
        later = at + timedelta(minutes=70 * again)
        assert await told(world, clock, later, "approval") == {"chief"}
        assert await told(world, clock, later + timedelta(minutes=10), "approval") == {"duty"}


@pytest.mark.parametrize(("urgency", "minutes", "again"), [(Urgency.routine, 120, 240), (Urgency.urgent, 5, 60)])
async def test_after_hours_the_duty_officer_who_is_asked_is_told_once_in_each_round(
    world: World, clock: FakeClock, submitted: Made, urgency: Urgency, minutes: int, again: int
) -> None:
    evening = NOW + timedelta(hours=11)
    await submitted(urgency=urgency, now=evening)
    assert await told(world, clock, evening, "closing") == {"duty"}, "that it is asked of them now"
    late = evening + timedelta(minutes=minutes)
    assert await told(world, clock, late, "approval") == {"chief", "duty"}
    assert await told(world, clock, late + timedelta(minutes=10), "approval") == set()
    for n in (1, 2):
        next_round = late + timedelta(minutes=10) + n * timedelta(minutes=again)
        next_round += (n - 1) * timedelta(minutes=10 if urgency is Urgency.urgent else 0)
        assert await told(world, clock, next_round, "approval") == {"chief", "duty"}


@pytest.mark.parametrize(("urgency", "hours"), [(Urgency.urgent, 1), (Urgency.routine, 4)])
async def test_the_hub_is_told_again_each_hour_and_of_a_routine_one_each_four(
    world: World, clock: FakeClock, call: Call, submitted: Made, urgency: Urgency, hours: int
) -> None:
    await make_approved(call, submitted, urgency=urgency)
    at = await due(world)
    assert await told(world, clock, at, "acceptance") == {"coordinator"}
    for _ in range(3):
        at += timedelta(minutes=10)
        assert await told(world, clock, at, "acceptance") == {"hub_duty"}
        at += timedelta(hours=hours)
        assert await told(world, clock, at - timedelta(seconds=1), "acceptance") == set()
        assert await told(world, clock, at, "acceptance") == {"coordinator"}


async def test_a_state_that_was_left_tells_nobody(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    id = await submitted()
    former = await due(world)
    await act(call, "chief", id, "endorse")
    await act(call, "reviewer", id, "approve")
    assert await due(world) > former
    assert await told(world, clock, former + timedelta(hours=1)) == set()
    assert await told(world, clock, await due(world)) == {"coordinator"}
    assert await told(world, clock, await due(world) + timedelta(minutes=10)) == {"hub_duty"}


async def test_those_who_meet_are_reminded_before_it_begins(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    at = await due(world)
    assert await told(world, clock, at - timedelta(minutes=60)) == {"doctor", "expert"}
    assert await told(world, clock, at - timedelta(minutes=59)) == set()
    assert await told(world, clock, at - timedelta(minutes=10)) >= {"doctor", "expert"}


async def test_the_coordinator_is_told_half_an_hour_before_a_meeting_that_is_not_ready(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    at = await due(world)
    await told(world, clock, at - timedelta(minutes=31))
    assert await told(world, clock, at - timedelta(minutes=30)) == {"coordinator"}
    assert await told(world, clock, at - timedelta(minutes=20)) == {"hub_duty"}
    await everything_ready(world, id)
    assert await sweep(world.db, clock()) == {}
    (notice,) = (await call("coordinator", "GET", "/home/notices"))[1]["items"]
    assert (notice["ladder"], notice["ended_at"] is not None) == ("readiness", True)


async def test_of_a_meeting_that_is_ready_the_coordinator_is_not_told(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    assert await sweep(world.db, clock()) == {}
    assert "coordinator" not in await told(world, clock, await due(world) - timedelta(minutes=20))


async def test_what_a_person_was_told_is_listed_and_seen_and_nobody_else_reads_it(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await submitted()
    await told(world, clock, await due(world))
    _, found = await call("chief", "GET", "/home/notices")
    (notice,) = found["items"]
    assert (notice["activity_id"], notice["ladder"], notice["when"], found["new"]) == (str(id), "approval", "due", 1)
    assert notice["patient"]["name"] == "陈远山"
    assert (await call("reviewer", "GET", "/home/notices"))[1] == {"items": [], "new": 0}
    path = f"/home/notices/{notice['id']}/seen"
    assert (await call("reviewer", "POST", path, json={"device": "phone"}))[0] == 204
    assert (await call("chief", "GET", "/home/notices"))[1]["new"] == 1
    assert (await call("chief", "POST", path, json={"device": "phone"}))[0] == 204
    assert (await call("chief", "GET", "/home/notices"))[1]["new"] == 0


async def test_whoever_looks_at_one_case_has_seen_what_is_about_it_and_nothing_else(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    async def unseen() -> list[str]:
        _, found = await call("chief", "GET", "/home/notices")
        left = [each["activity_id"] for each in found["items"] if not each["seen_at"]]
        assert found["new"] == len(left)
        return left

    first, second = str(await submitted()), str(await submitted())
    await told(world, clock, await first_due(world))
    assert await unseen() == [second, first]
    _, found = await call("chief", "GET", "/home/notices")
    path = f"/home/notices/{found['items'][0]['id']}/seen"
    assert (await call("chief", "POST", path, json={"device": "phone", "about": second}))[0] == 204
    assert await unseen() == [first]


async def test_who_was_told_first_still_reads_of_it_when_others_are_told(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await submitted()
    at = await due(world)
    await told(world, clock, at)
    await told(world, clock, at + timedelta(minutes=10))
    _, found = await call("chief", "GET", "/home/notices")
    assert (found["new"], [each["ended_at"] for each in found["items"]]) == (1, [None])


async def test_what_was_dealt_with_is_not_new_any_more(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await submitted()
    await told(world, clock, await due(world))
    await act(call, "chief", id, "endorse")
    await act(call, "reviewer", id, "approve")
    _, found = await call("chief", "GET", "/home/notices")
    assert (found["new"], found["items"][0]["ended_at"] is not None) == (0, True)


async def test_a_stat_call_is_not_told_twice(world: World, submitted: Made) -> None:
    await submitted(urgency=Urgency.stat)
    running = {(each.kind, each.ladder) for each in await rows(world.db, Deadline) if each.done_at is None}
    assert running == {("ring", "stat"), ("work", "stat_completion"), ("signing", "signing")}


async def test_of_unanswered_advice_the_doctor_is_told_and_the_senior_doctor_again_and_again(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    for urgency, hours in ((Urgency.urgent, 2), (Urgency.routine, 24)):
        id = await make_approved(call, submitted, urgency=urgency)
        async with world.db.write() as db:
            row = await db.get_one(Consultation, id)
            row.state, row.lead_id = State.answering, world.ids["expert"]
            await finish(db, id, [WorkKind.accept], None, NOW)
            await sign(db, world.actor("expert"), row, NOW, opinion_id=id)
        at = NOW + timedelta(hours=hours)
        assert await told(world, clock, at - timedelta(seconds=1), "feedback") == set()
        assert await told(world, clock, at, "feedback") == {"doctor"}
        assert await told(world, clock, at + timedelta(hours=1), "feedback") == {"chief"}
        for days in (1, 2):
            again = at + timedelta(days=days)
            assert await told(world, clock, again - timedelta(seconds=1), "feedback") == set()
            assert await told(world, clock, again, "feedback") == {"doctor"}
            assert await told(world, clock, again + timedelta(hours=1), "feedback") == {"chief"}
        clock.now = NOW
        async with world.db.write() as db:
            await deadlines.end(db, id, "state", NOW)


async def test_approved_ones_have_a_deadline_of_their_state_and_one_of_the_whole(
    world: World, call: Call, submitted: Made
) -> None:
    await make_approved(call, submitted)
    running = [each for each in await rows(world.db, Deadline) if each.done_at is None]
    assert {(each.ladder, each.began_at) for each in running} == {("acceptance", NOW), ("signing", NOW)}
    assert len(running) == 2


async def test_only_of_whom_the_state_s_work_is_asked_is_told(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    async with world.db.write() as db:
        ask(db, WorkKind.upload, id, "wuxi", NOW, role=Role.radiographer, due_at=NOW, activity=activity(id))
        for item in await open_items(db, id, WorkKind.accept):
            item.due_at = None
    assert await told(world, clock, await due(world)) == {"coordinator"}


async def test_where_nobody_joins_a_stat_one_that_was_taken_its_two_sides_are_told_and_the_centre(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await submitted(urgency=Urgency.stat)
    await act(call, "expert2", id, "take", {"lead_id": None})
    assert await told(world, clock, await due(world)) == {"expert2", "doctor", "coordinator"}


async def test_who_is_added_to_a_meeting_is_reminded_and_who_is_taken_out_or_declines_is_not(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    for who in ("expert2", "neurologist"):
        path = f"/consultations/{id}/experts"
        assert (await call("coordinator", "POST", path, json={"staff_id": str(world.ids[who])}))[0] == 200
    at = await due(world)
    assert {"expert2", "neurologist"} <= await told(world, clock, at - timedelta(minutes=60))
    path = f"/consultations/{id}/experts/{world.ids['neurologist']}"
    assert (await call("coordinator", "DELETE", path))[0] == 200
    assert (await act(call, "expert2", id, "answer", {"answer": "declined", "words": "在手术"}))[0] == 200
    assert await told(world, clock, at - timedelta(minutes=10), "meeting") == {"doctor", "expert"}
