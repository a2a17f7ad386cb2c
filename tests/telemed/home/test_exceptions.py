"""What is late at a hub, whom it waits for, and the coordinator's nudge."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from telemed.consultations.words import Urgency
from telemed.history.model import EventRow
from telemed.home import service
from telemed.kit.table import new_id
from telemed.people.duty import on_duty
from telemed.work import late as late_ones
from telemed.work.clock import take_due
from telemed.work.model import RING, Channel, Deadline, Notice, When
from telemed.work.outgoing import Delivery, DeliveryState
from telemed.work.service import withdraw
from tests.telemed.conftest import NOW, Call, FakeClock, World, add_hub, rows
from tests.telemed.consultations.actions import AT, make_approved, make_scheduled, tell_fact
from tests.telemed.consultations.conftest import Made, everything_ready, submitted, venue

__all__ = ["submitted", "venue"]
pytestmark = pytest.mark.usefixtures("world")


async def later(world: World, clock: FakeClock, **by: float) -> None:
    clock.move(**by)
    assert await take_due(world.db, clock(), on_duty) == {}


async def test_what_is_late_says_whom_it_waits_for_and_how_far_it_has_climbed(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    id = await make_approved(call, submitted)
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []
    await later(world, clock, hours=4, minutes=1)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert (late["activity_id"], late["ladder"], late["climbed"]) == (str(id), "acceptance", 0)
    assert [(each["name"], each["role"]) for each in late["waits_for"]] == [("", "coordinator")]
    await later(world, clock, minutes=10)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert late["climbed"] == 1


async def test_a_nudge_tells_those_who_are_asked_and_is_on_record(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    nudge = f"/home/exceptions/{late['id']}/nudge"
    assert (await call("coordinator", "POST", nudge))[0] == 204
    found = (await call("coordinator", "GET", "/home/notices"))[1]
    assert ([each["when"] for each in found["items"]], found["new"]) == (["after"], 1), "the unseen one is told anew"
    (event,) = [each for each in await rows(world.db, EventRow) if each.type == "deadline.nudged"]
    assert event.actor_id == world.ids["coordinator"]
    status, problem = await call("coordinator", "POST", nudge)
    assert (status, problem["reason"]) == (409, "nudged")
    await later(world, clock, minutes=5)
    assert (await call("coordinator", "POST", nudge))[0] == 204


async def test_nobody_but_the_hub_s_centre_sees_and_reminds(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    for who in ("chief", "expert", "jiashan_reviewer"):
        assert (await call(who, "GET", "/home/exceptions"))[0] == 403
        assert (await call(who, "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 403


async def test_the_hub_s_duty_officer_sees_and_reminds_of_what_they_have_been_told(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    nudge = f"/home/exceptions/{late['id']}/nudge"
    assert (await call("hub_duty", "GET", "/home/exceptions"))[1]["items"] == []
    assert (await call("hub_duty", "POST", nudge))[0] == 404
    await later(world, clock, minutes=10)
    assert [each["id"] for each in (await call("hub_duty", "GET", "/home/exceptions"))[1]["items"]] == [late["id"]]
    assert (await call("hub_duty", "POST", nudge))[0] == 204
    assert (await call("duty", "GET", "/home/exceptions"))[1]["items"] == []  # the branch's has nothing of the hub
    assert (await call("duty", "POST", nudge))[0] == 404


async def test_another_hubs_coordinator_sees_and_reminds_of_nothing(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await add_hub(world, "zhongshan")
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert (await call("zhongshan", "GET", "/home/exceptions"))[1]["items"] == []
    assert (await call("zhongshan", "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 404
    assert "deadline.nudged" not in {each.type for each in await rows(world.db, EventRow)}


async def test_what_is_late_and_did_not_reach_somebody_is_late_on_whichever_page_it_stands(
    world: World, clock: FakeClock, call: Call, submitted: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_EXCEPTIONS", 2)
    monkeypatch.setattr(late_ones, "PAGE", 1)
    first = await make_approved(call, submitted)
    await later(world, clock, hours=4)
    async with world.db.write() as db:
        (told,) = (await db.exec(select(Notice).where(Notice.activity_id == first))).all()
        db.add(
            Delivery(
                deadline_id=told.deadline_id,
                notice_id=told.id,
                channel=Channel.mail,
                to_id=told.staff_id,
                when=When.due,
                state=DeliveryState.failed,
                queued_at=clock(),
                done_at=clock(),
            )
        )
        deadline = await db.get_one(Deadline, told.deadline_id)
        for minutes in (1, 2):  # less late, so they come before it
            db.add(
                Deadline(**deadline.model_dump(exclude={"id", "due_at"}), due_at=clock() - timedelta(minutes=minutes))
            )
            deadline.due_at = clock() - timedelta(minutes=3)
    found = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    others = [(False, True), (False, True)]
    assert [(each["id"] == str(deadline.id), each["late"]) for each in found] == [(True, True), *others]
    assert [each["role"] for each in found[0]["waits_for"]] == ["coordinator"]
    assert (await call("coordinator", "POST", f"/home/exceptions/{deadline.id}/nudge"))[0] == 204


async def test_what_is_not_late_is_not_nudged(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    clock.move(**{"seconds": -timedelta(hours=2).total_seconds()})
    assert (await call("coordinator", "POST", f"/home/exceptions/{late['id']}/nudge"))[0] == 404


async def test_before_the_branch_has_approved_it_is_not_the_hub_s(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    await submitted()
    await later(world, clock, hours=3)
    assert (await call("coordinator", "GET", "/home/exceptions"))[1]["items"] == []
    (deadline,) = [each for each in await rows(world.db, Deadline) if each.ladder == "approval"]
    assert (await call("coordinator", "POST", f"/home/exceptions/{deadline.id}/nudge"))[0] == 404


async def nudged(world: World, call: Call, clock: FakeClock, ladder: str) -> set[str]:
    """Who is told by a nudge of what is late of this ladder."""
    found = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    (id,) = [each["id"] for each in found if each["ladder"] == ladder]
    before = {each.id for each in await rows(world.db, Notice)}
    assert (await call("coordinator", "POST", f"/home/exceptions/{id}/nudge"))[0] == 204
    names = {id: name for name, id in world.ids.items()}
    return {names[each.staff_id] for each in await rows(world.db, Notice) if each.id not in before}


async def test_of_a_meeting_that_is_not_ready_or_has_not_begun_those_who_meet_are_reminded(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    await make_scheduled(call, submitted, world, venue)
    for ladder, at in (("readiness", AT - timedelta(minutes=1)), ("meeting", AT)):
        clock.now = at
        assert await take_due(world.db, clock(), on_duty) == {}
        (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
        assert {each["name"] for each in late["waits_for"]} == {"doctor", "expert"}
        assert await nudged(world, call, clock, ladder) == {"doctor", "expert"}


async def test_where_nobody_is_found_it_says_so(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    id = await make_approved(call, submitted)
    await later(world, clock, hours=4)
    async with world.db.write() as db:
        await withdraw(db, id, clock())
    (late,) = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    status, problem = await call("coordinator", "POST", f"/home/exceptions/{late['id']}/nudge")
    assert (status, problem["reason"]) == (409, "nobody_to_remind")


async def test_what_rings_is_not_nudged(world: World, clock: FakeClock, call: Call, submitted: Made) -> None:
    await submitted(urgency=Urgency.stat)
    (deadline,) = [each for each in await rows(world.db, Deadline) if each.kind == RING]
    clock.move(minutes=1)
    assert (await call("coordinator", "POST", f"/home/exceptions/{deadline.id}/nudge"))[0] == 404


async def test_the_urgent_come_first_and_then_what_is_late_since_just_now(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    first = await make_approved(call, submitted)
    clock.move(hours=1)
    second = await make_approved(call, submitted)
    async with world.db.write() as db:
        deadline = (
            await db.exec(select(Deadline).where(Deadline.activity_id == first, Deadline.ladder == "acceptance"))
        ).one()
        of_urgent = Deadline(**deadline.model_dump(exclude={"id"}) | {"urgency": "urgent", "due_at": deadline.began_at})
        db.add(of_urgent)
    await later(world, clock, hours=8)
    found = (await call("coordinator", "GET", "/home/exceptions"))[1]["items"]
    assert [each["activity_id"] for each in found] == [str(first), str(second), str(first)]
    assert found[0]["id"] == str(of_urgent.id)


async def test_reading_the_bell_marks_what_was_listed_up_to_there(
    world: World, clock: FakeClock, call: Call, submitted: Made
) -> None:
    """An id made earlier by another process may be told later."""
    await make_approved(call, submitted)
    await later(world, clock, hours=4)
    (told,) = [each for each in await rows(world.db, Notice) if each.staff_id == world.ids["coordinator"]]
    async with world.db.write() as db:
        for id, at in ((UUID(int=1), told.told_at + timedelta(seconds=1)), (new_id(), told.told_at - timedelta(1))):
            db.add(Notice(**told.model_dump(exclude={"id", "told_at"}), id=id, told_at=at))
    path = f"/home/notices/{told.id}/seen"
    assert (await call("coordinator", "POST", path, json={"device": "phone"}))[0] == 204
    assert {each.id for each in await rows(world.db, Notice) if each.seen_at is None} == {UUID(int=1)}


async def test_of_an_interrupted_meeting_its_two_sides_are_reminded(
    world: World, clock: FakeClock, call: Call, submitted: Made, venue: UUID
) -> None:
    id = await make_scheduled(call, submitted, world, venue)
    await everything_ready(world, id)
    for who in ("doctor", "expert"):
        await tell_fact(world, id, who, "member.joined", NOW)
    await tell_fact(world, id, "doctor", "member.left", NOW + timedelta(minutes=1))
    await later(world, clock, hours=1)
    assert await nudged(world, call, clock, "resumption") == {"doctor", "expert"}
